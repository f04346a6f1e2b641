/// The use of a random stream; one seed gives an independent stream for each.
public enum RandomPurpose: UInt64, Sendable {
  /// Initial weights.
  case weights = 1
  /// The order of the images in an epoch.
  case order
  /// The transform of each image in an epoch.
  case transforms
  /// Random values in evaluations.
  case evaluation
  /// Images of the built-in data set.
  case drawing
  /// Random choices in the explorer.
  case exploring
  /// The choice of images for testing and for subsets.
  case splitting
}

extension RandomStream {
  /// The stream for `purpose`, identified by `seed` and `path`.
  public init(seed: UInt64, purpose: RandomPurpose, _ path: Int...) {
    self.init(seed: seed, purpose: purpose, path: path)
  }

  /// The stream for `purpose`, identified by `seed` and `path`.
  public init(seed: UInt64, purpose: RandomPurpose, path: [Int]) {
    self.init(seed: seed, [purpose.rawValue] + path.map { UInt64(bitPattern: Int64($0)) })
  }
}
