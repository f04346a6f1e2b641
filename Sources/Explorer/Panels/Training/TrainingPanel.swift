import Screen
import Training

/// The state of the current training run: losses, position and speed.
struct TrainingPanel {
  /// The number of the run in this session.
  let run: Int
  var configuration: TrainingConfiguration
  /// The stored snapshots.
  var timeline = SnapshotTimeline()
  /// The weights in use.
  var weightsInUse = WeightsInUse.earlier
  /// The newest weights received from the run.
  var newest: ModelInUse?
  /// The snapshot whose weights have been requested but not received.
  var requested: SnapshotTimeline.Snapshot?
  private(set) var progress: Progress
  private(set) var curve = LossCurve()
  /// The step of the recipe at the end of the phase announced last.
  var announcedStep: Int?
  var summaryRequest = Request<PhaseSummaryQuery>()
  /// The visible part of the chart, and its cursor.
  var zoom = ChartZoom()
  /// Tells whether the typed heads were initialised at random.
  let isFresh: Bool
  /// Tells whether weights of the run are in use.
  private var hasWeights: Bool { if case .earlier = weightsInUse { false } else { true } }

  /// The position and the speed of the run.
  struct Progress {
    var status = TrainingStatus.running
    var position: TrainingPosition
    /// The number of training threads; nil until it is known.
    var threads: Int?
    var images: (perEpoch: Int, batches: Int)?
    var imagesPerSecond: Double?
    /// The state of a stopped run, to be resumed.
    var stoppedState: TrainingState?
  }

  /// The losses of the run.
  struct LossCurve {
    var losses: [Float] = []
    /// The time of each loss, in seconds of learning since the run's start.
    var times: [Double] = []
    /// The parts of the last loss.
    var last: Losses?
    /// Held-out losses, each with the number of the step after which it was measured.
    var heldOut: [(step: Int, loss: Double)] = []
    /// The start of each phase: its step, and its number counted from 0.
    var phaseStarts: [(step: Int, phase: Int)] = []
    /// The seconds of learning before the run was last resumed.
    var earlierSeconds = 0.0
  }

  var status: TrainingStatus { progress.status }
  var position: TrainingPosition { progress.position }

  init(_ state: TrainingState, run: Int, isFresh: Bool) {
    self.run = run
    configuration = state.configuration
    progress = Progress(position: state.position)
    self.isFresh = isFresh
  }

  /// Tells whether the typed heads of the weights in use are untrained, so that their values are
  /// meaningless; `recipe` is the earlier training.
  func headsUntrained(_ recipe: Recipe?) -> Bool {
    guard isFresh, hasWeights, let recipe, !(isActive && phase?.teachesReading ?? false) else { return false }
    return !recipe.phases.contains { $0.epochs > 0 && $0.teachesReading }
  }

  /// Resumes a stopped run.
  mutating func resume() {
    progress.status = .running
    if case .snapshot = weightsInUse { zoom.removeCursor() }
    progress.stoppedState = nil
    curve.earlierSeconds = curve.times.last ?? 0
  }

  /// The snapshot whose weights are in use; nil for the run's newest weights or other weights, and while it
  /// learns.
  var restored: SnapshotTimeline.Snapshot? {
    guard !isActive, case .snapshot(let snapshot) = weightsInUse else { return nil }
    return snapshot
  }

  /// The number of steps of the recipe before the run.
  var earlierSteps: Int {
    let phases = configuration.recipe.phases.prefix(curve.phaseStarts.first?.phase ?? position.phase)
    return phases.reduce(0) { $0 + $1.epochs } * (progress.images?.batches ?? 0)
  }

  /// Tells whether the run can still learn.
  var isActive: Bool { status == .running || status == .paused }

  /// Tells whether the typed heads have been trained by the end of a phase, counted from 0.
  func teachesReading(by phase: Int) -> Bool {
    !isFresh || configuration.recipe.phases.prefix(phase + 1).contains(where: \.teachesReading)
  }

  /// Tells whether the run ended with a last snapshot.
  var hasEnded: Bool { status == .finished || status == .stopped }

  /// The current phase; nil after the last one.
  var phase: Phase? {
    let phases = configuration.recipe.phases
    return position.phase < phases.count ? phases[position.phase] : nil
  }

  /// The number of steps of the whole run; nil until the number of images is known.
  var plannedSteps: Int? {
    guard let images = progress.images else { return nil }
    let begin = curve.phaseStarts.first?.phase ?? position.phase
    return configuration.recipe.phases.dropFirst(begin).reduce(0) { $0 + $1.epochs } * images.batches
  }

  var secondsLeft: Double? {
    guard let images = progress.images, let rate = progress.imagesPerSecond, rate > 0, isActive else {
      return nil
    }
    let left = configuration.recipe.remainingImages(from: position, imageCount: images.perEpoch)
    return Double(left) / rate
  }

  mutating func receive(_ update: TrainingUpdate) {
    progress.status = update.status
    progress.position = update.position
    progress.images = update.images ?? progress.images
    progress.imagesPerSecond = update.imagesPerSecond ?? progress.imagesPerSecond
    progress.threads = update.threads ?? progress.threads
    progress.stoppedState = update.stoppedState ?? progress.stoppedState
    timeline.add(update.weightSnapshots)
    curve.receive(update)
  }
}

extension TrainingPanel.LossCurve {
  mutating func receive(_ update: TrainingUpdate) {
    last = update.reports.last?.losses ?? last
    times += update.seconds.map { earlierSeconds + $0 }
    for report in update.reports {
      if phaseStarts.last?.phase != report.position.phase {
        phaseStarts.append((losses.count, report.position.phase))
      }
      losses.append(Float(report.losses.total))
      if let loss = report.heldOut?.total { heldOut.append((losses.count, loss)) }
    }
  }
}

/// The weights in use since a run began.
enum WeightsInUse {
  /// The weights before the run.
  case earlier
  /// The newest weights received from the run.
  case newest
  /// The weights of an earlier snapshot of the run.
  case snapshot(SnapshotTimeline.Snapshot)
}

extension Phase {
  /// Tells whether the typed heads learn.
  fileprivate var teachesReading: Bool { plan.learning.contains(.typedHeads) }
}
