/// Converts half-precision floats (IEEE 754 binary16) in bulk: x86-64 without extensions converts them one
/// call at a time.
enum HalfPrecision {
  /// The exact single-precision values; NaN stays NaN.
  static func floats(_ patterns: [UInt16]) -> [Float] {
    guard !patterns.isEmpty else { return [] }
    return [Float](unsafeUninitializedCapacity: patterns.count) { floats, initializedCount in
      for index in patterns.indices { floats[index] = float(patterns[index]) }
      initializedCount = patterns.count
    }
  }

  @inline(__always)
  private static func float(_ pattern: UInt16) -> Float {
    let magnitude = UInt32(pattern & 0x7FFF)
    // Exponent and fraction are shifted into place; the product adds the difference of the biases, 127 − 15,
    // to the exponent and normalizes subnormal halves.
    let finite = (Float(bitPattern: magnitude << 13) * 0x1p112).bitPattern
    let infinite: UInt32 = magnitude << 13 | 0x7F80_0000
    let sign = UInt32(pattern & 0x8000) << 16
    return Float(bitPattern: sign | (magnitude >= 0x7C00 ? infinite : finite))
  }
}
