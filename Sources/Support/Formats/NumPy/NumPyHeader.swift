import Primitives

/// The header of a NumPy file (NEP 1, "A simple file format for NumPy arrays").
///
///     0x93, "NUMPY", major, minor, length of the text in 2 bytes (version 1) or 4, then the text:
///     {'descr': '<f4', 'fortran_order': False, 'shape': (10000, 17), }
public struct NumPyHeader: Sendable, Equatable {
  /// The element type.
  public var type: NumPyType
  /// Tells whether the first index varies fastest.
  public var isFortranOrder: Bool
  /// The extents; empty for a scalar.
  public var shape: [Int]

  /// Creates a header.
  public init(type: NumPyType = NumPyType(.float32), isFortranOrder: Bool = false, shape: [Int]) {
    (self.type, self.isFortranOrder, self.shape) = (type, isFortranOrder, shape)
  }

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// NumPy's limit on the length of the text.
  static let longestText = 10_000

  /// Reads the header at the beginning of `stream`.
  static func read(_ stream: ByteStream) throws(FormatError<NumPyFault>) -> NumPyHeader {
    func fail(_ fault: NumPyFault) -> FormatError<NumPyFault> { .invalid(path: stream.path, fault) }
    let start = try stream.read(upTo: magic.count + 2, faults: NumPyFault.self)
    guard start.starts(with: magic.prefix(start.count)), !start.isEmpty else { throw fail(.notNumPy) }
    guard start.count == magic.count + 2 else {
      throw fail(.headerCut(expected: magic.count + 4, found: start.count))
    }
    let (major, minor) = (start[magic.count], start[magic.count + 1])
    guard (1...3).contains(major), minor == 0 else { throw fail(.unknownVersion(major: major, minor: minor)) }
    let lengthWidth = major == 1 ? 2 : 4
    let lengthBytes = try stream.read(upTo: lengthWidth, faults: NumPyFault.self)
    guard lengthBytes.count == lengthWidth else {
      throw fail(.headerCut(expected: start.count + lengthWidth, found: start.count + lengthBytes.count))
    }
    let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= longestText else { throw fail(.headerTooLong(length: length, limit: longestText)) }
    let text = try stream.read(upTo: length, faults: NumPyFault.self)
    guard text.count == length else { throw fail(.headerCut(expected: length, found: text.count)) }
    do {
      var parser = NumPyHeaderParser(text)
      return try parser.header()
    } catch { throw fail(error) }
  }

  /// The bytes before the elements: version 1.0, padded to a multiple of 64.
  public var encoded: [UInt8] {
    let extents = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = "{'descr': '\(type.text)', 'fortran_order': \(isFortranOrder ? "True" : "False"), "
    text += "'shape': (\(extents)), }"
    let unpadded = Self.magic.count + 4 + text.utf8.count + 1
    text += String(repeating: " ", count: -unpadded & 63) + "\n"
    let length = text.utf8.count
    return Self.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
  }
}

/// The element type of a NumPy array.
public struct NumPyType: Sendable, Hashable {
  /// The supported kinds of numbers.
  public enum Kind: String, Sendable, CaseIterable {
    case uint8 = "u1"
    case float16 = "f2"
    case float32 = "f4"
    case float64 = "f8"
  }

  /// The kind of number.
  public var kind: Kind
  /// Tells whether the most significant byte comes first.
  public var isBigEndian: Bool

  /// Creates a type, little-endian by default.
  public init(_ kind: Kind, isBigEndian: Bool = false) {
    (self.kind, self.isBigEndian) = (kind, isBigEndian && kind != .uint8)
  }

  /// Parses NumPy's notation; a byte may have any byte order.
  init?(text: String) {
    guard let order = text.first, let kind = Kind(rawValue: String(text.dropFirst())) else { return nil }
    guard "<>".contains(order) || (order == "|" && kind == .uint8) else { return nil }
    self.init(kind, isBigEndian: order == ">")
  }

  /// NumPy's notation.
  public var text: String { (kind == .uint8 ? "|" : isBigEndian ? ">" : "<") + kind.rawValue }

  /// The size of an element in bytes.
  var size: Int {
    switch kind {
    case .uint8: 1
    case .float16: 2
    case .float32: 4
    case .float64: 8
    }
  }

  /// Converts whole elements to 32-bit floats.
  func numbers(in bytes: [UInt8]) -> [Float] {
    switch kind {
    case .uint8: bytes.map { Float($0) }
    case .float16: integers(in: bytes, UInt16.self).map { Float(Float16(bitPattern: $0)) }
    case .float32: integers(in: bytes, UInt32.self).map { Float(bitPattern: $0) }
    case .float64: integers(in: bytes, UInt64.self).map { Float(Double(bitPattern: $0)) }
    }
  }

  private func integers<Bits: FixedWidthInteger>(in bytes: [UInt8], _ type: Bits.Type) -> [Bits] {
    bytes.withUnsafeBytes { buffer in
      stride(from: 0, to: buffer.count - size + 1, by: size).map { offset in
        let stored = buffer.loadUnaligned(fromByteOffset: offset, as: Bits.self)
        return isBigEndian ? Bits(bigEndian: stored) : Bits(littleEndian: stored)
      }
    }
  }
}
