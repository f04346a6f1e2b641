import Networks

/// The status of a run.
public enum TrainingStatus: Sendable, Hashable {
  /// No run has been started.
  case idle
  /// The run is training.
  case running
  /// The run waits for a command.
  case paused
  /// All phases are completed.
  case finished
  /// The run was stopped by command.
  case stopped
  /// The run failed; the last good weights are in the snapshot, if it had begun.
  case failed(TrainingError)
}

/// The weights of a run at one position.
public struct TrainingSnapshot: Sendable, Hashable {
  /// The run's configuration.
  public var configuration: TrainingConfiguration
  /// The position of the next batch.
  public var position: TrainingPosition
  /// The weights.
  public var weights: [NamedTensor]
}

/// The changes of a session since the last update was received.
public struct TrainingUpdate: Sendable {
  /// The status of the run.
  public var status = TrainingStatus.idle
  /// The position of the next batch.
  public var position = TrainingPosition()
  /// The numbers of images and batches in an epoch, once known.
  public var images: (perEpoch: Int, batches: Int)?
  /// The reports of all steps since the last update.
  public var reports: [StepReport] = []
  /// The training time of each of these steps, in seconds since the run's start.
  public var seconds: [Double] = []
  /// The number of training threads, once known.
  public var threads: Int?
  /// The state from which a stopped run can be continued.
  public var stoppedState: TrainingState?
  /// The weights, after a request or the run's end.
  public var snapshot: TrainingSnapshot?
  /// The weight snapshots kept since the last update.
  public var weightSnapshots: [WeightSnapshot] = []
  /// Images per second over the last seconds.
  public var imagesPerSecond: Double?

  var hasChanges: Bool { !reports.isEmpty || snapshot != nil || status != receivedStatus }
  private var receivedStatus = TrainingStatus.idle

  /// Creates an update without changes.
  public init() {}

  /// Removes what is delivered once.
  mutating func removeDelivered() {
    reports = []
    seconds = []
    weightSnapshots = []
    snapshot = nil
    stoppedState = nil
    receivedStatus = status
  }
}
