/// The element type of a NumPy array.
public struct NumPyType: Sendable, Hashable {
  /// The supported kinds of numbers.
  public enum Kind: String, Sendable, CaseIterable {
    case bool = "b1"
    case uint8 = "u1"
    case int8 = "i1"
    case uint16 = "u2"
    case int16 = "i2"
    case uint32 = "u4"
    case int32 = "i4"
    case uint64 = "u8"
    case int64 = "i8"
    case float16 = "f2"
    case float32 = "f4"
    case float64 = "f8"

    /// The size of an element in bytes.
    public var size: Int {
      switch self {
      case .bool, .uint8, .int8: 1
      case .uint16, .int16, .float16: 2
      case .uint32, .int32, .float32: 4
      case .uint64, .int64, .float64: 8
      }
    }

    /// Tells whether the numbers are floats.
    public var isFloat: Bool {
      switch self {
      case .float16, .float32, .float64: true
      default: false
      }
    }
  }

  /// The kind of number.
  public var kind: Kind
  /// Tells whether the most significant byte comes first.
  public var isBigEndian: Bool

  /// Creates a type, little-endian by default.
  public init(_ kind: Kind, isBigEndian: Bool = false) {
    (self.kind, self.isBigEndian) = (kind, isBigEndian && kind.size > 1)
  }

  /// Parses NumPy's notation; a byte may have any byte order.
  init?(text: String) {
    guard let order = text.first, let kind = Kind(rawValue: String(text.dropFirst())) else { return nil }
    guard "<>".contains(order) || (order == "|" && kind.size == 1) else { return nil }
    self.init(kind, isBigEndian: order == ">")
  }

  /// NumPy's notation.
  public var text: String { (kind.size == 1 ? "|" : isBigEndian ? ">" : "<") + kind.rawValue }

  /// The size of an element in bytes.
  public var size: Int { kind.size }

  /// Converts whole elements to 32-bit floats.
  public func numbers(in bytes: [UInt8]) -> [Float] {
    switch kind {
    case .bool: bytes.map { $0 == 0 ? 0 : 1 }
    case .uint8: bytes.map { Float($0) }
    case .int8: bytes.map { Float(Int8(bitPattern: $0)) }
    case .uint16: map(bytes) { (bits: UInt16) in Float(bits) }
    case .int16: map(bytes) { (bits: Int16) in Float(bits) }
    case .uint32: map(bytes) { (bits: UInt32) in Float(bits) }
    case .int32: map(bytes) { (bits: Int32) in Float(bits) }
    case .uint64: map(bytes) { (bits: UInt64) in Float(bits) }
    case .int64: map(bytes) { (bits: Int64) in Float(bits) }
    case .float16: map(bytes) { (bits: UInt16) in Float(Float16(bitPattern: bits)) }
    case .float32: map(bytes) { (bits: UInt32) in Float(bitPattern: bits) }
    case .float64: map(bytes) { (bits: UInt64) in Float(Double(bitPattern: bits)) }
    }
  }

  /// Converts whole elements to integers; nil for a number that is none of 64 bits.
  public func integers(in bytes: [UInt8]) -> [Int?] {
    switch kind {
    case .bool: bytes.map { $0 == 0 ? 0 : 1 }
    case .uint8: bytes.map { Int($0) }
    case .int8: bytes.map { Int(Int8(bitPattern: $0)) }
    case .uint16: map(bytes) { (bits: UInt16) in Int(bits) }
    case .int16: map(bytes) { (bits: Int16) in Int(bits) }
    case .uint32: map(bytes) { (bits: UInt32) in Int(bits) }
    case .int32: map(bytes) { (bits: Int32) in Int(bits) }
    case .uint64: map(bytes) { (bits: UInt64) in Int(exactly: bits) }
    case .int64: map(bytes) { (bits: Int64) in Int(bits) }
    case .float16: map(bytes) { (bits: UInt16) in Int(exactly: Float16(bitPattern: bits)) }
    case .float32: map(bytes) { (bits: UInt32) in Int(exactly: Float(bitPattern: bits)) }
    case .float64: map(bytes) { (bits: UInt64) in Int(exactly: Double(bitPattern: bits)) }
    }
  }

  private func map<Bits: FixedWidthInteger, Number>(
    _ bytes: [UInt8], _ number: (Bits) -> Number
  ) -> [Number] {
    bytes.withUnsafeBytes { buffer in
      stride(from: 0, to: buffer.count - size + 1, by: size).map { offset in
        let stored = buffer.loadUnaligned(fromByteOffset: offset, as: Bits.self)
        return number(isBigEndian ? Bits(bigEndian: stored) : Bits(littleEndian: stored))
      }
    }
  }
}
