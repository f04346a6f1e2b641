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

  /// The number of elements, and of their bytes; nil beyond 63 bits.
  public var sizes: (elements: Int, bytes: Int)? {
    var product = type.size
    for extent in shape {
      let (next, overflows) = product.multipliedReportingOverflow(by: extent)
      guard !overflows else { return nil }
      product = next
    }
    return (product / type.size, product)
  }

  /// Reads the header at the beginning of `stream`.
  ///
  /// - Returns: The header, and its size in bytes.
  static func read(
    _ stream: ByteStream
  ) throws(FormatError<NumPyFault>) -> (header: NumPyHeader, size: Int) {
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
      return (try parser.header(), start.count + lengthWidth + length)
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
