import Networks

/// The settings of a training run.
public struct TrainingConfiguration: Sendable, Hashable {
  /// The network's architecture.
  public var architecture: NetworkArchitecture
  /// The recipe.
  public var recipe: Recipe
  /// The seed of all random numbers.
  public var seed: UInt64
  /// The number of training images, the last ones, that are held out; nil for the default, which a run replaces by its
  /// number.
  public var heldOutCount: Int?
  /// Holds images out in the order of `HeldOutOrder`; false for runs that began before it, which hold out the last ones
  /// in the order of the data set.
  public var ordersHeldOut = true

  /// Creates a configuration.
  public init(architecture: NetworkArchitecture, recipe: Recipe, seed: UInt64, heldOutCount: Int? = nil) {
    self.architecture = architecture
    self.recipe = recipe
    self.seed = seed
    self.heldOutCount = heldOutCount
  }

  /// The number of images that are held out of `imageCount` by default: 1000, but never more than a fifth.
  public static func defaultHeldOutCount(of imageCount: Int) -> Int { min(1000, imageCount / 5) }
}

/// The position of a batch in a recipe; all numbers count from 0.
public struct TrainingPosition: Sendable, Hashable, Codable {
  /// The phase; the number of phases at the end of the run.
  public var phase: Int
  /// The epoch of the phase.
  public var epoch: Int
  /// The batch of the epoch.
  public var batch: Int

  /// Creates a position; by default the first batch.
  public init(phase: Int = 0, epoch: Int = 0, batch: Int = 0) {
    self.phase = phase
    self.epoch = epoch
    self.batch = batch
  }
}

extension Recipe {
  /// Tells whether `position` is the start of a phase, one of its batches, or the end of the run.
  func contains(_ position: TrainingPosition, batchesPerEpoch: Int) -> Bool {
    guard (0...phases.count).contains(position.phase) else { return false }
    if position == TrainingPosition(phase: position.phase) { return true }
    return position.phase < phases.count && position.epoch >= 0
      && position.epoch < phases[position.phase].epochs && (0..<batchesPerEpoch).contains(position.batch)
  }
}

/// The state that determines the next step, apart from the images.
public struct TrainingState: Sendable, Hashable {
  /// Architecture, recipe and seed.
  public var configuration: TrainingConfiguration
  /// The position of the next batch.
  public var position: TrainingPosition
  /// The weights.
  public var weights: [NamedTensor]
  /// The moments of the phase's optimizer; empty before its first step.
  public var moments: [NamedTensor]
  /// The number of steps of the phase's optimizer.
  public var optimizerSteps: Int

  /// Creates the state at the start of a phase, with the given weights.
  public init(_ configuration: TrainingConfiguration, phase: Int = 0, weights: [NamedTensor]) {
    self.configuration = configuration
    self.weights = weights
    position = TrainingPosition(phase: phase)
    moments = []
    optimizerSteps = 0
  }

  /// Creates the state at the start of a run, with weights drawn from the configuration's seed.
  public init(_ configuration: TrainingConfiguration) {
    self.init(
      configuration,
      weights: TypedAutoencoder(configuration.architecture, seed: configuration.seed).tensors)
  }
}
