/// A part of a data set.
public enum Split: Sendable, Hashable, CaseIterable {
  /// The training images.
  case training
  /// The test images.
  case test
}
