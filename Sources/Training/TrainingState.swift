import Networks

/// What a training run is about, from its first to its last step.
public struct TrainingConfiguration: Sendable, Hashable {
  /// The network's coordinates and widths.
  public var architecture: NetworkArchitecture
  /// The phases.
  public var recipe: Recipe
  /// Where all random numbers come from.
  public var seed: UInt64
  /// The number of the last training images that are held out and never learnt from; nil for the default,
  /// which a run replaces by its number.
  public var heldOutCount: Int?

  /// Names the choices.
  public init(architecture: NetworkArchitecture, recipe: Recipe, seed: UInt64, heldOutCount: Int? = nil) {
    self.architecture = architecture
    self.recipe = recipe
    self.seed = seed
    self.heldOutCount = heldOutCount
  }

  /// The number of images that are held out of `imageCount` by default: 1000, but never more than a fifth.
  public static func defaultHeldOutCount(of imageCount: Int) -> Int { min(1000, imageCount / 5) }
}

/// The next batch: which phase, which of its epochs, and which batch of the epoch, all counted from 0.
public struct TrainingPosition: Sendable, Hashable, Codable {
  /// The phase; equal to the number of phases when all is done.
  public var phase: Int
  /// The epoch of the phase.
  public var epoch: Int
  /// The batch of the epoch.
  public var batch: Int

  /// The first batch of a phase.
  public init(phase: Int = 0, epoch: Int = 0, batch: Int = 0) {
    self.phase = phase
    self.epoch = epoch
    self.batch = batch
  }
}

extension Recipe {
  /// Whether `position` is the start of a phase, one of its batches, or the end of everything.
  func contains(_ position: TrainingPosition, batchesPerEpoch: Int) -> Bool {
    guard (0...phases.count).contains(position.phase) else { return false }
    if position == TrainingPosition(phase: position.phase) { return true }
    return position.phase < phases.count && position.epoch >= 0
      && position.epoch < phases[position.phase].epochs && (0..<batchesPerEpoch).contains(position.batch)
  }
}

/// Everything that the next step depends on, besides the images.
public struct TrainingState: Sendable, Hashable {
  /// Architecture, recipe and seed.
  public var configuration: TrainingConfiguration
  /// The next batch.
  public var position: TrainingPosition
  /// The weights.
  public var weights: [NamedTensor]
  /// The moments of the phase's optimizer; empty when it has not taken a step.
  public var moments: [NamedTensor]
  /// How many steps the phase's optimizer has taken.
  public var optimizerSteps: Int

  /// The start of a phase, with the given weights.
  public init(_ configuration: TrainingConfiguration, phase: Int = 0, weights: [NamedTensor]) {
    self.configuration = configuration
    self.weights = weights
    position = TrainingPosition(phase: phase)
    moments = []
    optimizerSteps = 0
  }

  /// The start of everything: weights drawn from the configuration's seed.
  public init(_ configuration: TrainingConfiguration) {
    self.init(
      configuration,
      weights: TypedAutoencoder(configuration.architecture, seed: configuration.seed).tensors)
  }
}
