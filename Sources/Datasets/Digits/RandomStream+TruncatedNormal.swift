import Primitives

extension RandomStream {
  /// The next number of a normal distribution with mean 0 and deviation 1, cut off at 2.2 on both sides, so
  /// that no digit is written beyond recognition.
  mutating func truncatedNormal() -> Double {
    min(max(normal(), -2.2), 2.2)
  }
}
