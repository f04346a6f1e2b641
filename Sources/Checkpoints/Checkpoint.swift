import Datasets
import Training

/// A training run at one of its steps: all that it needs to go on as if it had never ended.
public struct Checkpoint: Sendable, Hashable {
  /// Weights, moments, position, recipe and seed.
  public var state: TrainingState
  /// What stays the same from the run's first step to its last.
  public var run: RunFacts
  /// What is counted along the way.
  public var progress: RunProgress

  /// Puts the parts together.
  public init(state: TrainingState, run: RunFacts, progress: RunProgress) {
    self.state = state
    self.run = run
    self.progress = progress
  }

  /// Whether all of the run's phases are done.
  public var isAtEnd: Bool { state.position.phase == state.configuration.recipe.phases.count }
}

/// What a run was given besides its recipe and seed.
public struct RunFacts: Sendable, Hashable, Codable {
  /// The short name of the data set.
  public var dataName: String
  /// Where the data set is: `digits`, or the path of a folder.
  public var dataSource: String
  /// What the data set is.
  public var data: DatasetIdentity
  /// Whether the run writes its models as 16-bit floats.
  public var writesHalf: Bool

  /// Names the facts.
  public init(dataName: String, dataSource: String, data: DatasetIdentity, writesHalf: Bool) {
    self.dataName = dataName
    self.dataSource = dataSource
    self.data = data
    self.writesHalf = writesHalf
  }
}

/// What a run counts along the way.
public struct RunProgress: Sendable, Hashable, Codable {
  /// A loss over the held-out images, at the end of an epoch.
  public struct HeldOutLoss: Sendable, Hashable, Codable {
    /// The epoch's phase, counted from 0; losses of different phases say nothing about each other.
    public var phase: Int
    /// The loss.
    public var loss: Double

    /// Names the numbers.
    public init(phase: Int, loss: Double) {
      self.phase = phase
      self.loss = loss
    }
  }

  /// How many steps have been taken.
  public var steps = 0
  /// Seconds of training.
  public var seconds = 0.0
  /// The held-out loss, where the last step ended an epoch.
  public var heldOut: HeldOutLoss?
  /// How many lines the metrics have.
  public var metricsLines = 0
  /// The losses since the metrics' last line.
  public var sinceLine = LossSums()
  /// The losses since the epoch began.
  public var sinceEpoch = LossSums()

  /// Nothing has been done.
  public init() {}
}

/// The losses of several steps, each counted as often as it had images.
public struct LossSums: Sendable, Hashable, Codable {
  private var images = 0.0
  private var total = 0.0
  private var reconstruction = 0.0
  private var coordinates = 0.0
  private var stages = 0.0

  /// No losses.
  public init() {}

  /// Counts a step in.
  public mutating func add(_ report: StepReport) {
    let count = Double(report.images)
    images += count
    total += count * report.losses.total
    reconstruction += count * report.losses.reconstruction
    coordinates += count * report.losses.coordinates
    stages += count * report.losses.stages
  }

  /// The means over the images; absent where there are none.
  public var means: Losses? {
    guard images > 0 else { return nil }
    return Losses(
      total: total / images, reconstruction: reconstruction / images, coordinates: coordinates / images,
      stages: stages / images)
  }
}
