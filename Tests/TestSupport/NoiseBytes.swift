/// Bytes below `limit` in no order, always the same ones for a seed, by a linear congruence.
public func noiseBytes(_ count: Int, below limit: Int = 256, seed: UInt64) -> [UInt8] {
  var state = seed &* 0x9E37_79B9_7F4A_7C15
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8((state >> 40) % UInt64(limit))
  }
}
