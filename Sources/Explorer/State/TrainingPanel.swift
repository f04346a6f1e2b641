import Screen
import Training

/// What is known about the current training run: all losses, where it is, how fast it is.
struct TrainingPanel {
  var configuration: TrainingConfiguration
  /// The moments that can be gone back to.
  var timeline = SnapshotTimeline()
  /// Which weights are in use: all that is said about them comes from here.
  var weightsInUse = WeightsInUse.earlier
  /// The newest weights of the run that have come.
  var newest: ModelInUse?
  var status = TrainingStatus.running
  var position: TrainingPosition
  var losses: [Float] = []
  /// When each loss came, in seconds of learning since the run's start.
  var times: [Double] = []
  /// The parts of the last loss.
  var lastLosses: Losses?
  /// What the last phase that has ended did to the sample in sight.
  var lesson: PhaseSummary?
  /// The end, as a step of the recipe, of which that has been said.
  var announcedStep: Int?
  /// How many threads learn; absent until it is known.
  var threads: Int?
  /// Where the run was when it was stopped, to go on from.
  var stoppedState: TrainingState?
  /// The part of the chart that is shown, and the cursor in it.
  var zoom = ChartZoom()
  /// Held-out losses, each with the number of the step after which it was measured.
  var heldOut: [(step: Int, loss: Double)] = []
  /// Where each phase began: the step, and the phase's number counted from 0.
  var phaseStarts: [(step: Int, phase: Int)] = []
  var images: (perEpoch: Int, batches: Int)?
  var imagesPerSecond: Double?

  /// Whether the typed heads began with numbers drawn at random.
  private let isFresh: Bool
  /// Whether weights of the run are in use.
  private var hasWeights: Bool { if case .earlier = weightsInUse { false } else { true } }

  init(_ state: TrainingState, isFresh: Bool) {
    configuration = state.configuration
    position = state.position
    self.isFresh = isFresh
  }

  /// Whether the typed heads of weights in use, which `recipe` has trained so far, have learnt nothing yet, so
  /// that what they read is chance.
  func headsUntrained(_ recipe: Recipe?) -> Bool {
    guard isFresh, hasWeights, let recipe, !(isActive && phase?.teachesReading ?? false) else { return false }
    return !recipe.phases.contains { $0.epochs > 0 && $0.teachesReading }
  }

  /// The seconds of learning before the run was last resumed.
  private var earlierSeconds = 0.0

  /// Goes on where the run was stopped.
  mutating func resume() {
    status = .running
    if case .snapshot = weightsInUse { zoom.removeCursor() }
    stoppedState = nil
    earlierSeconds = times.last ?? 0
  }

  /// The moment whose weights are in use; absent where they are the run's newest ones or none of its own, and
  /// while it learns.
  var restored: SnapshotTimeline.Moment? {
    guard !isActive, case .snapshot(let snapshot) = weightsInUse else { return nil }
    return snapshot
  }

  /// How many steps of the recipe lie before the run.
  var earlierSteps: Int {
    let phases = configuration.recipe.phases.prefix(phaseStarts.first?.phase ?? position.phase)
    return phases.reduce(0) { $0 + $1.epochs } * (images?.batches ?? 0)
  }

  /// Whether the run can still learn.
  var isActive: Bool { status == .running || status == .paused }

  /// Whether the typed heads have learnt to read by the end of a phase, counted from 0.
  func teachesReading(by phase: Int) -> Bool {
    !isFresh || configuration.recipe.phases.prefix(phase + 1).contains(where: \.teachesReading)
  }

  /// Whether the run came to an end, with a last moment.
  var hasEnded: Bool { status == .finished || status == .stopped }

  /// The phase that is being trained; absent when all is done.
  var phase: Phase? {
    let phases = configuration.recipe.phases
    return position.phase < phases.count ? phases[position.phase] : nil
  }

  /// How many steps the whole run will take; absent until the number of images is known.
  var plannedSteps: Int? {
    guard let images else { return nil }
    let begin = phaseStarts.first?.phase ?? position.phase
    return configuration.recipe.phases.dropFirst(begin).reduce(0) { $0 + $1.epochs } * images.batches
  }

  var secondsLeft: Double? {
    guard let images, let imagesPerSecond, imagesPerSecond > 0, isActive else { return nil }
    let left = configuration.recipe.remainingImages(from: position, imageCount: images.perEpoch)
    return Double(left) / imagesPerSecond
  }

  mutating func take(_ update: TrainingUpdate) {
    status = update.status
    position = update.position
    images = update.images ?? images
    imagesPerSecond = update.imagesPerSecond ?? imagesPerSecond
    threads = update.threads ?? threads
    stoppedState = update.stoppedState ?? stoppedState
    lastLosses = update.reports.last?.losses ?? lastLosses
    timeline.add(update.weightSnapshots)
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

/// Which weights are in use since a run began.
enum WeightsInUse {
  /// Those before the run.
  case earlier
  /// The newest that have come from the run.
  case newest
  /// Those of an earlier moment of the run.
  case snapshot(SnapshotTimeline.Moment)
}

extension Phase {
  /// Whether the typed heads learn.
  fileprivate var teachesReading: Bool { plan.learning.contains(.typedHeads) }
}
