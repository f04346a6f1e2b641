import Datasets
import Training

/// A training run at one of its steps, with everything needed to resume it.
public struct Checkpoint: Sendable, Hashable {
  /// Weights, moments, position, recipe and seed.
  public var state: TrainingState
  /// The facts that are constant during the run.
  public var run: RunFacts
  /// The run's counters.
  public var progress: RunProgress

  /// Creates a checkpoint.
  public init(state: TrainingState, run: RunFacts, progress: RunProgress) {
    self.state = state
    self.run = run
    self.progress = progress
  }

  /// Tells whether all phases of the run are completed.
  public var isAtEnd: Bool { state.position.phase == state.configuration.recipe.phases.count }
}

/// The facts of a run besides its recipe and seed.
public struct RunFacts: Sendable, Hashable, Codable {
  /// The data set's short name.
  public var dataName: String
  /// The source of the data set: `digits`, or the path of a folder.
  public var dataSource: String
  /// The options by which the data set is read; nil without options.
  public var dataOptions: DataOptions?
  /// The data set's identity.
  public var data: DatasetIdentity
  /// Writes models as 16-bit floats.
  public var writesHalf: Bool

  /// Creates the facts.
  public init(
    dataName: String, dataSource: String, dataOptions: DataOptions? = nil, data: DatasetIdentity,
    writesHalf: Bool
  ) {
    self.dataName = dataName
    self.dataSource = dataSource
    self.dataOptions = dataOptions
    self.data = data
    self.writesHalf = writesHalf
  }
}

/// The counters of a run.
public struct RunProgress: Sendable, Hashable, Codable {
  /// A held-out loss at the end of an epoch.
  public struct HeldOutLoss: Sendable, Hashable, Codable {
    /// The epoch's phase, counted from 0; losses of different phases are not comparable.
    public var phase: Int
    /// The loss.
    public var loss: Double

    /// Creates a loss.
    public init(phase: Int, loss: Double) {
      self.phase = phase
      self.loss = loss
    }
  }

  /// The number of steps taken.
  public var steps = 0
  /// The training time in seconds.
  public var seconds = 0.0
  /// The held-out loss, if the last step ended an epoch.
  public var heldOut: HeldOutLoss?
  /// The number of lines of the metrics.
  public var metricsLines = 0
  /// The losses since the last line of the metrics.
  public var sinceLine = LossSums()
  /// The losses since the start of the epoch.
  public var sinceEpoch = LossSums()

  /// Creates zero counters.
  public init() {}
}

/// The sums of the losses of several steps, weighted by their numbers of images.
public struct LossSums: Sendable, Hashable, Codable {
  private var images = 0.0
  private var total = 0.0
  private var reconstruction = 0.0
  private var coordinates = 0.0
  private var stages = 0.0

  /// Creates zero sums.
  public init() {}

  /// Adds a step.
  public mutating func add(_ report: StepReport) {
    let count = Double(report.images)
    images += count
    total += count * report.losses.total
    reconstruction += count * report.losses.reconstruction
    coordinates += count * report.losses.coordinates
    stages += count * report.losses.stages
  }

  /// The means over the images; nil without any.
  public var means: Losses? {
    guard images > 0 else { return nil }
    return Losses(
      total: total / images, reconstruction: reconstruction / images, coordinates: coordinates / images,
      stages: stages / images)
  }
}
