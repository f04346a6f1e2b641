/// The two parts of a data set.
public enum Split: Sendable, Hashable, CaseIterable {
  /// The images to learn from.
  case training
  /// The images to measure with.
  case test
}
