import Datasets
import Dispatch
import Networks
import Primitives

/// Training in the background: one run at a time on a serial queue, controlled from other threads.
///
/// The run receives commands between batches. Reports accumulate until they are received; weights are sent on
/// request, and snapshots are kept during the run. Neither side waits for the other. `wake` is called, from
/// the queue, on the first change after `wakeOnUpdate()`.
public final class TrainingSession: Sendable {
  /// A command to the current run.
  public enum Command: Sendable, Hashable {
    /// Pause before the next batch.
    case pause
    /// Resume.
    case resume
    /// Perform one step, then pause.
    case step
    /// End the run; a snapshot with its weights follows.
    case stop
    /// Send the weights after the current batch.
    case snapshot
  }

  private struct SharedState {
    /// The number of the current run.
    var run = 0
    /// Refuses further runs.
    var isEnded = false
    /// The commands that the current run has not received.
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

  /// Creates a session without a run.
  ///
  /// - Parameters:
  ///   - seconds: a monotonic clock.
  ///   - wake: notifies the observer of a change; called on the queue.
  ///   - prepareThread: called before a run on each training thread.
  public init(
    seconds: @escaping @Sendable () -> Double, wake: @escaping @Sendable () -> Void,
    prepareThread: @escaping @Sendable () -> Void = {}
  ) {
    self.seconds = seconds
    self.wake = wake
    self.prepareThread = prepareThread
  }

  /// Ends the current run, if any, and starts one from `state`.
  public func start(_ state: TrainingState, images: any ImageSource, threads: Int) {
    let started: Int? = shared.withLock { current in
      guard !current.isEnded else { return nil }
      current.run += 1
      // The commands so far were for earlier runs.
      current.commands = []
      current.update = TrainingUpdate()
      current.update.status = .running
      current.update.position = state.position
      return current.run
    }
    guard let number = started else { return }
    // The previous run may wait for a command; it finds that it is not current any more.
    arrivals.signal()
    queue.async { [self] in
      guard isCurrent(number) else { return }
      prepareThread()
      perform(state, images: images, threads: threads, number: number)
    }
  }

  /// Sends a command to the current run.
  public func send(_ command: Command) {
    shared.withLock { $0.commands.append(command) }
    arrivals.signal()
  }

  /// Returns the changes since the last call; status and position stay.
  public func receiveUpdate() -> TrainingUpdate {
    shared.withLock { state in
      defer { state.update.removeDelivered() }
      return state.update
    }
  }

  /// Requests one call of `wake` at the next change, or at once if one is waiting.
  public func wakeOnUpdate() {
    let isDue = shared.withLock { state in
      state.wakesWatcher = !state.update.hasChanges
      return state.update.hasChanges
    }
    if isDue { wake() }
  }

  /// Ends the current run without a change, and refuses further runs, including one being started.
  public func end() {
    shared.withLock { state in
      state.isEnded = true
      state.run += 1
    }
    arrivals.signal()
  }

  /// Waits until the queue is idle, after a `stop` or `end`.
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

  /// Performs a whole run, which owns model, optimizer and generator.
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

  /// Receives the commands and determines the next action.
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
    // One snapshot for any number of requests, so that they cannot keep the run from training.
    if sendsSnapshot { postSnapshot(of: run, number) }
    let status: TrainingStatus = isPaused ? .paused : .running
    post(number) { $0.status = status }
    return stepsOnce || !isPaused ? .learn : .wait
  }

  /// The commands for run `number`; nil when it is not current any more.
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

/// A clock of training time, without pauses.
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
