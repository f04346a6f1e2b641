import Checkpoints
import Datasets
import Dispatch
import Explorer
import Foundation
import NcursesTerminal
import Primitives
import Screen
import Training

/// The event loop of the explorer: applies events, carries out effects and draws frames when the pacer
/// allows.
final class ExplorerLoop {
  /// The shortest interval between updates of the training display, in seconds.
  private static let trainingInterval = 0.125
  private static let messageSeconds = 5.0
  /// The longest time for applying input between two frames, in seconds.
  private static let inputSeconds = 0.03

  private let terminal: NcursesTerminal
  private let setup: ExplorerSetup
  private var state: ExplorerState
  private let session: TrainingSession
  private let backgroundTasks: BackgroundTasks
  /// Input that has not been applied yet.
  private var backlog = InputBacklog()
  private var isDone = false
  /// True if a signal or the terminal ended the session, so that the user was not asked.
  private var endsUnasked = false
  /// A message to print after the terminal is restored.
  private(set) var exitMessage: String?
  /// True if trained weights could not be saved.
  private(set) var hasLostWeights = false
  /// The shown message, and the time at which it expires.
  private var shownMessage: String?
  private var messageEnd: Double?
  /// The time of the last animation step.
  private var lastTick: Double?
  /// True while requested weights have not been shown. No more are requested meanwhile, so that none pile up
  /// on a slow machine.
  private var awaitsWeights = false
  /// True if there were steps since the last request for weights.
  private var hasNewerWeights = false
  /// Limits requests for weights, so that training is hardly slower: copying them costs the training threads
  /// about as much as showing them costs here.
  private var weightsBudget = WorkBudget(fraction: 0.008)
  /// Commands for a run that is being prepared; nil if there is none.
  private var waitingCommands: [TrainingSession.Command]?
  private var pacer = FramePacer()
  /// The number of the pending inference that new weights caused.
  private var inferenceForNewWeights: Int?
  private var shown = Canvas(size: Size(width: 0, height: 0))
  /// The time of the next training update; nil if nothing is being trained.
  private var nextTrainingUpdate: Double?

  init(terminal: NcursesTerminal, state: ExplorerState, setup: ExplorerSetup) {
    self.terminal = terminal
    self.state = state
    self.setup = setup
    let waker = TerminalWaker()
    session = TrainingSession(
      seconds: { monotonicSeconds() }, wake: { waker.wake() }, prepareThread: { CrashStack.prepareThread() })
    backgroundTasks = BackgroundTasks(setup: setup, session: session, wake: { waker.wake() })
  }

  /// Runs until the user quits or the terminal closes.
  ///
  /// - Returns: The last state.
  func run() -> ExplorerState {
    carryOut(state.start())
    pacer.noteInput()
    while !isDone {
      advanceAnimations()
      if let frame = pacer.nextFrame(at: monotonicSeconds()) { draw(frame) }
      if state.isPlaying { pacer.noteAnswer() }
      backgroundTasks.cooperativeYield.resume()
      let events = terminal.waitForEvents(timeout: hasInputToApply ? .zero : timeout)
      backgroundTasks.cooperativeYield.suspend()
      receive(events)
      applyInput()
      applyResults(backgroundTasks.removeEvents())
      applyTrainingUpdate()
      expireMessage()
    }
    backgroundTasks.cooperativeYield.resume()
    backgroundTasks.stopFetching()
    session.end()
    session.waitUntilIdle()
    backgroundTasks.waitUntilSaved()
    if endsUnasked { save(state.unsavedModels) }
    return state
  }

  /// Writes weights that would be lost.
  private func save(_ models: [TypedModel]) {
    guard !models.isEmpty else { return }
    var outcomes: [String] = []
    for model in models {
      do {
        outcomes.append("saved the trained weights to \(try ModelLibrary.write(model).path.printable)")
      } catch {
        hasLostWeights = true
        outcomes.append("the trained weights are lost: \(error.sentence)")
      }
    }
    exitMessage = outcomes.joined(separator: "; ")
  }

  /// Applies the results of background tasks.
  private func applyResults(_ events: [ExplorerEvent]) {
    for event in events {
      switch event {
      case .trainingStarted:
        (awaitsWeights, hasNewerWeights) = (false, false)
        nextTrainingUpdate = monotonicSeconds()
        let commands = waitingCommands ?? []
        waitingCommands = nil
        for command in commands { session.send(command) }
      case .trainingImpossible:
        waitingCommands = nil
      case .inferred(_, let number):
        pacer.notePicture()
        guard number == inferenceForNewWeights else { break }
        pacer.noteUpdate()
        carryOut(state.update(event), dueToWeights: true)
        continue
      case .weights:
        awaitsWeights = false
        // These belong to an earlier run while a new one is being prepared.
        if waitingCommands != nil { continue }
        pacer.noteUpdate()
        let start = WorkBudget.processorSeconds()
        carryOut(state.update(event), dueToWeights: true)
        let cost = WorkBudget.processorSeconds() - start + backgroundTasks.removeSpentSeconds()
        weightsBudget.note(cost: cost, at: monotonicSeconds())
        // A paused run may have made steps since these were requested.
        if state.isTraining { requestWeights(isRunning: state.isLearning) }
        continue
      default:
        break
      }
      pacer.noteAnswer()
      carryOut(state.update(event))
    }
  }

  /// Removes a message after `messageSeconds`, so that the readouts are shown again.
  private func expireMessage() {
    let now = monotonicSeconds()
    if state.message != shownMessage {
      shownMessage = state.message
      messageEnd = shownMessage == nil ? nil : now + Self.messageSeconds
    }
    guard let end = messageEnd, now >= end else { return }
    (messageEnd, shownMessage) = (nil, nil)
    pacer.noteAnswer()
    carryOut(state.update(.messageExpired))
  }

  /// Advances animations to the current time, if a frame is due.
  private func advanceAnimations() {
    guard state.isPlaying else {
      lastTick = nil
      return
    }
    let now = monotonicSeconds()
    // The previous step is shown first.
    guard let due = pacer.due, now >= due, !pacer.hasWaitedForPicture else { return }
    carryOut(state.update(.tick(seconds: now - (lastTick ?? now))))
    lastTick = now
    waitForInference()
  }

  /// Delays the next frame until its pictures are inferred.
  private func waitForInference() {
    if state.awaitsInference { pacer.waitForPicture(at: monotonicSeconds()) }
  }

  private func draw(_ frame: FramePacer.Frame) {
    var canvas = Canvas(size: state.size)
    state.draw(into: &canvas)
    if frame == .text { canvas = canvas.keepingPictures(of: shown) }
    shown = canvas
    let before = terminal.sentBytes
    terminal.present(canvas)
    pacer.note(bytes: terminal.sentBytes - before)
  }

  private var timeout: Duration? {
    let times = [nextTrainingUpdate, pacer.due, messageEnd].compactMap { $0 }
    return times.min().map { .seconds(max(0, $0 - monotonicSeconds())) }
  }

  /// Sorts the terminal's events; input is added to the backlog.
  private func receive(_ events: [TerminalEvent]) {
    for event in events {
      switch event {
      case .key(let key): backlog.append(.key(key))
      case .mouse(let event): backlog.append(.mouse(event))
      case .pasted(let line): backlog.append(.pasted(line))
      case .resized(let size): backlog.append(.resized(size))
      case .woken:
        // Background tasks wake too; an update without changes is harmless. Before a new run has started,
        // updates could only be those of the old one.
        if state.isTraining, nextTrainingUpdate == nil, waitingCommands == nil {
          nextTrainingUpdate = monotonicSeconds()
        }
      case .ended: (isDone, endsUnasked) = (true, true)
      }
    }
  }

  /// True if input waits that neither the end nor a pending inference holds back.
  private var hasInputToApply: Bool { !backlog.isEmpty && !isDone && !state.hasDeferredEvents }

  /// Applies input for at most `inputSeconds`; the rest follows after the next frame, or after the inference that
  /// it depends on.
  private func applyInput() {
    guard hasInputToApply else { return }
    pacer.noteInput()
    let end = monotonicSeconds() + Self.inputSeconds
    repeat {
      carryOut(state.update(backlog.next()))
    } while hasInputToApply && monotonicSeconds() < end
    waitForInference()
  }

  /// Applies a training update, at most once per interval.
  private func applyTrainingUpdate() {
    guard let due = nextTrainingUpdate, monotonicSeconds() >= due else { return }
    let update = session.receiveUpdate()
    // The end of training is shown at once: the user may wait for it.
    if update.status == .running { pacer.noteUpdate() } else { pacer.noteAnswer() }
    carryOut(state.update(.training(update)))
    if let snapshot = update.snapshot { backgroundTasks.prepare(snapshot, isLast: update.status != .running) }
    guard state.isTraining else {
      nextTrainingUpdate = nil
      return
    }
    if !update.reports.isEmpty { hasNewerWeights = true }
    requestWeights(isRunning: update.status == .running)
    if update.status == .running {
      nextTrainingUpdate = monotonicSeconds() + Self.trainingInterval
    } else {
      nextTrainingUpdate = nil
      session.wakeOnUpdate()
    }
  }

  /// Requests the weights of the last steps: rarely while the run continues, and always when it pauses.
  private func requestWeights(isRunning: Bool) {
    guard hasNewerWeights, !awaitsWeights, !isRunning || weightsBudget.allows(at: monotonicSeconds()) else {
      return
    }
    hasNewerWeights = false
    awaitsWeights = true
    session.send(.snapshot)
  }

  private func carryOut(_ effects: [ExplorerEffect], dueToWeights: Bool = false) {
    for effect in effects {
      if dueToWeights, case .infer(_, let number) = effect { inferenceForNewWeights = number }
      if backgroundTasks.query(effect, dueToWeights: dueToWeights) { continue }
      switch effect {
      case .quit:
        // Keys that arrived behind it are meant for the shell.
        isDone = true
        return
      case .redraw: terminal.invalidate()
      case .save(let model): backgroundTasks.save(model)
      case .fetch(let name): backgroundTasks.fetch(name)
      case .stopFetching: backgroundTasks.stopFetching()
      case .recall(let snapshot): backgroundTasks.prepare(snapshot, isLast: true)
      case .saveDrawing(let drawing): backgroundTasks.save(drawing)
      case .write(let request): backgroundTasks.write(request)
      case .list, .open, .findOtherModel, .survey, .surveyReadings, .rank, .film, .measure, .analyse, .infer:
        break  // Answered above.
      case .train(let state):
        // Before the new run has started, updates could only be those of the old one.
        nextTrainingUpdate = nil
        waitingCommands = []
        backgroundTasks.train(state)
      case .command(let command):
        if waitingCommands != nil {
          waitingCommands?.append(command)
        } else {
          session.send(command)
        }
      }
    }
  }
}
