import Primitives

extension RandomStream {
  /// Returns the next number of the standard normal distribution, clamped to ±2.2 to keep digits
  /// recognisable.
  mutating func truncatedNormal() -> Double {
    min(max(normal(), -2.2), 2.2)
  }
}
