/// What a stream of random numbers is for, so that one seed gives independent streams for each.
public enum RandomPurpose: UInt64, Sendable {
  /// A network's first weights.
  case weights = 1
  /// The order of the images in an epoch.
  case order
  /// The transform of each image in an epoch.
  case transforms
  /// What a measurement draws.
  case evaluation
  /// The images of a data set that is drawn.
  case drawing
  /// What a person asks for at random.
  case exploring
}

extension RandomStream {
  /// The stream of `purpose` that `seed` and `path` name.
  public init(seed: UInt64, purpose: RandomPurpose, _ path: Int...) {
    self.init(seed: seed, purpose: purpose, path: path)
  }

  /// The stream of `purpose` that `seed` and `path` name.
  public init(seed: UInt64, purpose: RandomPurpose, path: [Int]) {
    self.init(seed: seed, [purpose.rawValue] + path.map { UInt64(bitPattern: Int64($0)) })
  }
}
