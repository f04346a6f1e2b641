/// Conversions between numbers and bytes, the most significant byte first.
enum BigEndian {
  /// The value of `bytes`.
  static func number(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

  /// The low 32 bits of `number`.
  static func bytes(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
