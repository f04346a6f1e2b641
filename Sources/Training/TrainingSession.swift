import Datasets
import Dispatch
import Networks
import Primitives

/// Training in the background: one run at a time on a serial queue, commanded and watched from elsewhere.
///
/// Commands and news go through a mailbox: the run takes its commands between batches; losses pile up until
/// they are taken, weights are sent when asked for, and those of some moments are kept. Neither side waits
/// for the other. `wake` is called, from the queue, when there is news and the watcher has asked to be told.
public final class TrainingSession: Sendable {
  /// What a watcher may ask of the current run.
  public enum Command: Sendable, Hashable {
    /// Stop before the next batch, until told otherwise.
    case pause
    /// Go on.
    case resume
    /// Learn from one batch, then pause.
    case step
    /// End the run; its weights stay available through a snapshot that comes with the end.
    case stop
    /// Send the weights as they are after the current batch.
    case snapshot
  }

  private struct SharedState {
    /// The number of the current run.
    var run = 0
    /// Whether no further run may start.
    var isEnded = false
    /// What the current run has not read yet.
    var commands: [Command] = []
    var update = TrainingUpdate()
    var wakesWatcher = false
  }

  private let queue = DispatchQueue(label: "training", qos: .utility)
  private let arrivals = DispatchSemaphore(value: 0)
  private let shared = Locked(SharedState())
  private let seconds: @Sendable () -> Double
  private let wake: @Sendable () -> Void
  private let prepareThread: @Sendable () -> Void

  /// A session without a run.
  ///
  /// - Parameters:
  ///   - seconds: a clock that never goes back.
  ///   - wake: tells the watcher that there is news; called on the queue.
  ///   - prepareThread: called before a run, on each thread that learns.
  public init(
    seconds: @escaping @Sendable () -> Double, wake: @escaping @Sendable () -> Void,
    prepareThread: @escaping @Sendable () -> Void = {}
  ) {
    self.seconds = seconds
    self.wake = wake
    self.prepareThread = prepareThread
  }

  /// Ends the current run, if there is one, and starts from `state`.
  public func start(_ state: TrainingState, images: any ImageSource, threads: Int) {
    let started: Int? = shared.withLock { current in
      guard !current.isEnded else { return nil }
      current.run += 1
      // The commands so far were meant for earlier runs.
      current.commands = []
      current.update = TrainingUpdate()
      current.update.status = .running
      current.update.position = state.position
      return current.run
    }
    guard let number = started else { return }
    // The run before may be waiting for a command; it finds that it is not the current one any more.
    arrivals.signal()
    queue.async { [self] in
      guard isCurrent(number) else { return }
      prepareThread()
      perform(state, images: images, threads: threads, number: number)
    }
  }

  /// Passes a command on to the current run.
  public func send(_ command: Command) {
    shared.withLock { $0.commands.append(command) }
    arrivals.signal()
  }

  /// Takes what has come since the last call; status and position stay.
  public func receiveUpdate() -> TrainingUpdate {
    shared.withLock { state in
      defer { state.update.removeDelivered() }
      return state.update
    }
  }

  /// Asks for one call of `wake` as soon as there is news, which may be at once.
  public func wakeOnUpdate() {
    let isDue = shared.withLock { state in
      state.wakesWatcher = !state.update.hasChanges
      return state.update.hasChanges
    }
    if isDue { wake() }
  }

  /// Ends the current run without news of it, and lets no other start, even one that is on its way.
  public func end() {
    shared.withLock { state in
      state.isEnded = true
      state.run += 1
    }
    arrivals.signal()
  }

  /// Waits until the queue has nothing left to do, after a `stop` or `end`.
  public func waitUntilIdle() {
    queue.sync {}
  }

  private func isCurrent(_ number: Int) -> Bool {
    shared.withLock { $0.run == number }
  }

  private func post(_ number: Int, _ change: (inout TrainingUpdate) -> Void) {
    let isDue = shared.withLock { state in
      guard state.run == number else { return false }
      change(&state.update)
      guard state.wakesWatcher, state.update.hasChanges else { return false }
      state.wakesWatcher = false
      return true
    }
    if isDue { wake() }
  }

  /// A whole run: model, optimizer and generator live and die in here.
  private func perform(_ state: TrainingState, images: any ImageSource, threads: Int, number: Int) {
    let run: TrainingRun
    do {
      run = try TrainingRun(state, images: images, threads: threads, prepareThread: prepareThread)
    } catch {
      return post(number) { $0.status = .failed(error) }
    }
    do {
      post(number) { update in
        update.images = (perEpoch: run.imageCount, batches: run.batchesPerEpoch)
        update.threads = threads
      }
      let plan = WeightSnapshotPlan(
        run.configuration.recipe, from: state.position.phase, batchesPerEpoch: run.batchesPerEpoch,
        weightBytes: run.weights.byteCount)
      postWeightSnapshot(of: run, plan, number)
      var throughput = Throughput()
      var clock = LearningClock(now: seconds())
      var isPaused = false
      while run.phase != nil {
        switch nextAction(isPaused: &isPaused, run: run, number: number) {
        case .stop:
          postWeightSnapshot(of: run, plan, number)
          return finish(run, .stopped, number)
        case .wait:
          clock.pause(seconds())
          arrivals.wait()
          clock.resume(seconds())
          throughput.restart()
        case .learn:
          guard let report = try run.step() else { break }
          let now = seconds()
          throughput.add(images: report.images, at: now)
          let rate = throughput.imagesPerSecond
          let position = run.position
          let learnt = clock.seconds(now)
          post(number) { update in
            update.reports.append(report)
            update.seconds.append(learnt)
            update.position = position
            update.imagesPerSecond = rate
          }
          if report.endsPhase || plan.keeps(position) {
            postWeightSnapshot(
              of: run, plan, endedPhase: report.endsPhase ? report.position.phase : nil, number)
          }
        }
      }
      finish(run, .finished, number)
    } catch {
      finish(run, .failed(error), number)
    }
  }

  private enum Action {
    case learn, wait, stop
  }

  /// Takes the commands and says what to do next.
  private func nextAction(isPaused: inout Bool, run: TrainingRun, number: Int) -> Action {
    guard let commands = receiveCommands(number) else { return .stop }
    var stepsOnce = false
    var sendsSnapshot = false
    for command in commands {
      switch command {
      case .pause: isPaused = true
      case .resume: isPaused = false
      case .step: (isPaused, stepsOnce) = (true, true)
      case .stop: return .stop
      case .snapshot: sendsSnapshot = true
      }
    }
    // However often it was asked for: a watcher in haste must not keep the run from learning.
    if sendsSnapshot { postSnapshot(of: run, number) }
    let status: TrainingStatus = isPaused ? .paused : .running
    post(number) { $0.status = status }
    return stepsOnce || !isPaused ? .learn : .wait
  }

  /// What has arrived for run `number`; nil when it is not the current one any more.
  private func receiveCommands(_ number: Int) -> [Command]? {
    shared.withLock { state in
      guard state.run == number else { return nil }
      defer { state.commands = [] }
      return state.commands
    }
  }

  private func postSnapshot(of run: TrainingRun, _ number: Int) {
    let snapshot = TrainingSnapshot(
      configuration: run.configuration, position: run.position, weights: run.weights)
    post(number) { $0.snapshot = snapshot }
  }

  private func postWeightSnapshot(
    of run: TrainingRun, _ plan: WeightSnapshotPlan, endedPhase: Int? = nil, _ number: Int
  ) {
    let snapshot = WeightSnapshot(
      snapshot: TrainingSnapshot(
        configuration: run.configuration, position: run.position, weights: run.weights),
      step: plan.step(at: run.position), endedPhase: endedPhase)
    post(number) { $0.weightSnapshots.append(snapshot) }
  }

  private func finish(_ run: TrainingRun, _ status: TrainingStatus, _ number: Int) {
    postSnapshot(of: run, number)
    let state = status == .stopped ? run.state : nil
    post(number) { update in
      update.status = status
      update.stoppedState = state
    }
  }
}

/// Seconds of learning: pauses are left out.
private struct LearningClock {
  private var start: Double
  private var stopped: Double?

  init(now: Double) { start = now }

  mutating func pause(_ now: Double) { stopped = now }

  mutating func resume(_ now: Double) {
    if let stopped { start += now - stopped }
    stopped = nil
  }

  func seconds(_ now: Double) -> Double { now - start }
}

/// Whether a run learns, waits or has ended.
public enum TrainingStatus: Sendable, Hashable {
  /// No run has been started.
  case idle
  /// It learns.
  case running
  /// It waits for a command.
  case paused
  /// All phases are done.
  case finished
  /// It was told to end.
  case stopped
  /// It could not go on; the snapshot that comes with it has the last good weights, if it had begun.
  case failed(TrainingError)
}

/// Weights at one moment of a run, whole and final.
public struct TrainingSnapshot: Sendable, Hashable {
  /// What the run is about.
  public var configuration: TrainingConfiguration
  /// The next batch.
  public var position: TrainingPosition
  /// The weights.
  public var weights: [NamedTensor]
}

/// What has come from a session since it was last asked.
public struct TrainingUpdate: Sendable {
  /// Whether a run learns, waits or has ended.
  public var status = TrainingStatus.idle
  /// The next batch.
  public var position = TrainingPosition()
  /// Images and batches in an epoch, once known.
  public var images: (perEpoch: Int, batches: Int)?
  /// What each step since the last update did, none left out.
  public var reports: [StepReport] = []
  /// When each of these steps was done, in seconds of learning since the run's start.
  public var seconds: [Double] = []
  /// How many threads learn, once known.
  public var threads: Int?
  /// Everything that a run needs to go on, where it was stopped.
  public var stoppedState: TrainingState?
  /// The weights, where they were asked for or the run has ended.
  public var snapshot: TrainingSnapshot?
  /// The moments of the run that are kept and have come since the last update.
  public var weightSnapshots: [WeightSnapshot] = []
  /// Images per second over the last seconds.
  public var imagesPerSecond: Double?

  fileprivate var hasChanges: Bool { !reports.isEmpty || snapshot != nil || status != receivedStatus }
  private var receivedStatus = TrainingStatus.idle

  /// Nothing has come.
  public init() {}

  /// Drops what is handed over once.
  fileprivate mutating func removeDelivered() {
    reports = []
    seconds = []
    weightSnapshots = []
    snapshot = nil
    stoppedState = nil
    receivedStatus = status
  }
}
