import Explorer
import Libraries
import Networks
import Screen
import Training

/// The event loop of the explorer: applies events, carries out effects and draws frames when the pacer
/// allows.
package final class ExplorerLoop {
  /// The longest time for applying input between two frames, in seconds.
  private static let inputSeconds = 0.03
  /// The levels of 255 by which colours of a coarse frame may differ from the right ones.
  private static let coarseLevels = 8

  private let terminal: any Terminal
  private let models: ModelLibrary
  private let clocks: Clocks
  var state: ExplorerState
  let training: any TrainingControl
  let backgroundTasks: BackgroundTasks
  /// Input that has not been applied yet.
  private var backlog = InputBacklog()
  private var isDone = false
  /// True if a signal or the terminal ended the session, so that the user was not asked.
  private var endsUnasked = false
  /// A message to print after the terminal is restored.
  package private(set) var exitMessage: String?
  /// True if trained weights could not be saved.
  package private(set) var hasLostWeights = false
  private var messageTimer = MessageTimer()
  /// The time of the last animation step.
  private var lastTick: Double?
  var pacer: FramePacer
  /// The number of the pending inference that new weights caused.
  private var inferenceForNewWeights: Int?
  private var shown = Canvas(size: Size(width: 0, height: 0))
  var weightRequests = WeightRequests()
  /// Commands for a run that is being prepared; nil if there is none.
  var waitingCommands: [TrainingSession.Command]?
  /// The time of the next training update; nil if nothing is being trained.
  var nextTrainingUpdate: Double?

  /// Creates the loop of a terminal.
  ///
  /// - Parameters:
  ///   - wake: Wakes the terminal from any thread.
  ///   - prepareThread: Called on each new thread before its work.
  package convenience init(
    terminal: any Terminal, state: ExplorerState, setup: ExplorerSetup, clocks: Clocks = .system,
    wake: @escaping @Sendable () -> Void, prepareThread: @escaping @Sendable () -> Void
  ) {
    self.init(
      terminal: terminal, state: state, setup: setup, clocks: clocks,
      training: TrainingSession(seconds: clocks.seconds, wake: wake, prepareThread: prepareThread),
      runner: ThreadedTaskRunner(prepareThread: prepareThread), wake: wake)
  }

  init(
    terminal: any Terminal, state: ExplorerState, setup: ExplorerSetup, clocks: Clocks,
    training: any TrainingControl, runner: any TaskRunner, wake: @escaping @Sendable () -> Void
  ) {
    (self.terminal, self.state, self.clocks, self.training) = (terminal, state, clocks, training)
    models = setup.models
    let hasTruecolor = terminal.capabilities.colors == .truecolor
    pacer = FramePacer(
      bytesPerSecond: hasTruecolor ? FramePacer.truecolorBytesPerSecond : FramePacer.bytesPerSecond,
      hasCoarseFrames: hasTruecolor)
    backgroundTasks = BackgroundTasks(
      setup: setup, training: training, runner: runner, clocks: clocks, wake: wake)
  }

  var now: Double { clocks.seconds() }

  /// Runs until the user quits or the terminal closes.
  ///
  /// - Returns: The last state.
  package func run() -> ExplorerState {
    carryOut(state.start())
    if backgroundTasks.setup.isPreview { backgroundTasks.readAllImages() }
    pacer.noteInput()
    while !isDone {
      advanceAnimations()
      if let frame = pacer.nextFrame(at: now) { draw(frame) }
      if state.isPlaying { pacer.noteAnswer() }
      backgroundTasks.cooperativeYield.resume()
      let events = terminal.waitForEvents(timeout: hasInputToApply ? .zero : timeout)
      backgroundTasks.cooperativeYield.suspend()
      receive(events)
      applyInput()
      for event in backgroundTasks.removeEvents() { apply(event) }
      applyTrainingUpdate()
      expireMessage()
    }
    backgroundTasks.cooperativeYield.resume()
    backgroundTasks.stopFetching()
    training.end()
    training.waitUntilIdle()
    backgroundTasks.waitUntilSaved()
    if endsUnasked { save(state.unsavedModels) }
    return state
  }

  /// Writes weights that would be lost.
  private func save(_ unsaved: [TypedModel]) {
    guard !unsaved.isEmpty else { return }
    var outcomes: [String] = []
    for model in unsaved {
      do {
        outcomes.append("saved the trained weights to \(try models.write(model).path.printable)")
      } catch {
        hasLostWeights = true
        outcomes.append("the trained weights are lost: \(error.sentence)")
      }
    }
    exitMessage = outcomes.joined(separator: "; ")
  }

  // MARK: Events

  /// Sorts the terminal's events; input is added to the backlog.
  private func receive(_ events: [TerminalEvent]) {
    for event in events {
      switch event {
      case .key(let key): backlog.append(.key(key))
      case .mouse(let event): backlog.append(.mouse(event))
      case .pasted(let line): backlog.append(.pasted(line))
      case .resized(let size): backlog.append(.resized(size))
      case .woken: noteTrainingUpdate()
      case .ended: (isDone, endsUnasked) = (true, true)
      }
    }
  }

  /// True if input waits that neither the end nor a pending inference holds back.
  private var hasInputToApply: Bool { !backlog.isEmpty && !isDone && !state.hasDeferredEvents }

  /// Applies input for at most `inputSeconds`; the rest follows after the next frame, or after the inference
  /// that it depends on.
  private func applyInput() {
    guard hasInputToApply else { return }
    pacer.noteInput()
    let end = now + Self.inputSeconds
    repeat {
      carryOut(state.update(backlog.next()))
    } while hasInputToApply && now < end
    waitForInference()
  }

  /// Applies the result of a background task.
  private func apply(_ event: ExplorerEvent) {
    switch event {
    case .weights: return apply(weights: event)
    case .trainingStarted: noteStart()
    case .trainingImpossible: waitingCommands = nil
    case .answered(let answer) where answer.priority == .inference:
      pacer.notePicture()
      guard answer.number == inferenceForNewWeights else { break }
      pacer.noteUpdate()
      return carryOut(state.update(event), dueToWeights: true)
    default: break
    }
    pacer.noteAnswer()
    carryOut(state.update(event))
  }

  /// Applies new weights of a run, and measures what they cost.
  private func apply(weights event: ExplorerEvent) {
    weightRequests.noteArrival()
    // These belong to an earlier run while a new one is being prepared.
    guard waitingCommands == nil else { return }
    pacer.noteUpdate()
    let start = clocks.threadSeconds()
    carryOut(state.update(event), dueToWeights: true)
    let cost = clocks.threadSeconds() - start + backgroundTasks.removeSpentSeconds()
    weightRequests.note(cost: cost, at: now)
    // A paused run may have made steps since these were requested.
    if state.isTraining { requestWeights(isRunning: state.isLearning) }
  }

  /// Removes a message that has been shown long enough, so that the readouts are shown again.
  private func expireMessage() {
    guard messageTimer.hasExpired(state.message, at: now) else { return }
    pacer.noteAnswer()
    carryOut(state.update(.messageExpired))
  }

  // MARK: Frames

  /// Advances animations to the current time, if a frame is due.
  private func advanceAnimations() {
    guard state.isPlaying else {
      lastTick = nil
      return
    }
    let now = self.now
    // The previous step is shown first.
    guard let due = pacer.due, now >= due, !pacer.hasWaitedForPicture else { return }
    carryOut(state.update(.tick(seconds: now - (lastTick ?? now))))
    lastTick = now
    waitForInference()
  }

  /// Delays the next frame until its pictures are inferred.
  private func waitForInference() {
    if state.awaitsInference { pacer.waitForPicture(at: now) }
  }

  private func draw(_ frame: FramePacer.Frame) {
    var canvas = Canvas(size: state.size)
    state.draw(into: &canvas)
    switch frame {
    case .whole: break
    case .text: canvas = canvas.keepingPictures(of: shown)
    case .coarse: canvas = canvas.keepingPictures(of: shown, within: Self.coarseLevels)
    }
    shown = canvas
    let before = terminal.sentBytes
    terminal.present(canvas)
    pacer.note(bytes: terminal.sentBytes - before)
  }

  private var timeout: Duration? {
    let times = [nextTrainingUpdate, pacer.due, messageTimer.end].compactMap { $0 }
    return times.min().map { .seconds(max(0, $0 - now)) }
  }

  // MARK: Effects

  func carryOut(_ effects: [ExplorerEffect], dueToWeights: Bool = false) {
    for effect in effects where !isDone {
      if dueToWeights, case .query(let call) = effect, call.priority == .inference {
        inferenceForNewWeights = call.number
      }
      if !backgroundTasks.answer(effect, dueToWeights: dueToWeights) { carryOut(command: effect) }
    }
  }

  /// Carries out an effect that is not a query.
  private func carryOut(command: ExplorerEffect) {
    switch command {
    // Keys that arrived behind it are meant for the shell.
    case .quit: isDone = true
    case .redraw: terminal.invalidate()
    case .save(let model): backgroundTasks.save(model)
    case .saveDrawing(let drawing): backgroundTasks.save(drawing)
    case .write(let request): backgroundTasks.write(request)
    case .fetch(let name): backgroundTasks.fetch(name)
    case .stopFetching: backgroundTasks.stopFetching()
    case .recall(let snapshot): backgroundTasks.prepare(snapshot, isLast: true)
    case .train(let state): train(state)
    case .command(let command): send(command)
    case .query, .list, .open:
      break
    }
  }
}
