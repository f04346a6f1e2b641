/// Conversions between numbers and bytes, the most significant byte first.
enum BigEndian {
  /// The value of `bytes`.
  static func number(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

  /// The low 32 bits of `number`.
  static func bytes(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}

/// Numbers with the least significant byte first.
enum LittleEndian {
  /// The value of the `width` bytes at `offset`; nil beyond the end or 63 bits.
  static func number(_ bytes: [UInt8], at offset: Int, width: Int) -> Int? {
    guard offset >= 0, offset <= bytes.count - width else { return nil }
    let value = bytes[offset..<offset + width].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(exactly: value)
  }
}
