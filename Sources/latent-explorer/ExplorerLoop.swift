import Checkpoints
import Datasets
import Dispatch
import Explorer
import Foundation
import NcursesTerminal
import Primitives
import Screen
import Training

/// The explorer at work: events in, effects carried out, frames out as the pacer allows.
final class ExplorerLoop {
  /// Training redraws the pictures at most this often.
  private static let trainingInterval = 0.125
  private static let messageSeconds = 5.0
  /// How long input is applied before the screen is drawn and somebody may leave.
  private static let inputSeconds = 0.03

  private let terminal: NcursesTerminal
  private let setup: ExplorerSetup
  private var state: ExplorerState
  private let session: TrainingSession
  private let backgroundTasks: BackgroundTasks
  /// What a person did that has not been applied yet.
  private var backlog = InputBacklog()
  private var isDone = false
  /// Whether nobody was asked before the end: a signal or the terminal brought it.
  private var endsUnasked = false
  /// What is to be said once the terminal is as it was.
  private(set) var exitMessage: String?
  /// True once trained weights could not be saved.
  private(set) var hasLostWeights = false
  /// The message in sight, and when it goes.
  private var shownMessage: String?
  private var messageEnd: Double?
  /// When what moves by itself was last moved.
  private var lastTick: Double?
  /// Whether weights that were asked for have not been shown yet. No more are asked for meanwhile, or they
  /// would pile up on a slow machine.
  private var awaitsWeights = false
  /// Whether there have been steps since weights were last asked for.
  private var hasNewerWeights = false
  /// New weights are asked for so rarely that training is hardly slower for it: what they cost here, the
  /// training's own threads pay again for copying them.
  private var weightsBudget = WorkBudget(fraction: 0.008)
  /// Commands for a run that is being prepared; absent while none is.
  private var waitingCommands: [TrainingSession.Command]?
  private var pacer = FramePacer()
  /// The number of the pictures that are being drawn because of new weights.
  private var inferenceForNewWeights: Int?
  private var shown = Canvas(size: Size(width: 0, height: 0))
  /// When news from training may be taken next; absent while nothing is being trained.
  private var nextTrainingLook: Double?

  init(terminal: NcursesTerminal, state: ExplorerState, setup: ExplorerSetup) {
    self.terminal = terminal
    self.state = state
    self.setup = setup
    let waker = TerminalWaker()
    session = TrainingSession(
      seconds: { monotonicSeconds() }, wake: { waker.wake() }, prepareThread: { CrashStack.prepareThread() })
    backgroundTasks = BackgroundTasks(setup: setup, session: session, wake: { waker.wake() })
  }

  /// Runs until a person quits or the terminal goes away.
  ///
  /// - Returns: The last state.
  func run() -> ExplorerState {
    carryOut(state.start())
    pacer.noteInput()
    while !isDone {
      play()
      if let frame = pacer.nextFrame(at: monotonicSeconds()) { draw(frame) }
      if state.isPlaying { pacer.noteAnswer() }
      backgroundTasks.gate.open()
      let events = terminal.waitForEvents(timeout: backlog.isEmpty ? timeout : .zero)
      backgroundTasks.gate.close()
      receive(events)
      applyInput()
      take(backgroundTasks.removeEvents())
      lookAtTraining()
      timeMessage()
    }
    backgroundTasks.gate.open()
    backgroundTasks.stopFetching()
    session.end()
    session.waitUntilIdle()
    backgroundTasks.waitUntilSaved()
    if endsUnasked { keep(state.unsavedModels) }
    return state
  }

  /// Writes weights that would be lost.
  private func keep(_ models: [TypedModel]) {
    guard !models.isEmpty else { return }
    do {
      let paths = try models.map { try ModelLibrary.write($0).path.printable }
      exitMessage = "saved the trained weights to \(paths.joined(separator: " and "))"
    } catch {
      hasLostWeights = true
      exitMessage = "the trained weights are lost: \(error.sentence)"
    }
  }

  /// Takes what the errands bring.
  private func take(_ events: [ExplorerEvent]) {
    for event in events {
      switch event {
      case .trainingStarted:
        (awaitsWeights, hasNewerWeights) = (false, false)
        nextTrainingLook = monotonicSeconds()
        let commands = waitingCommands ?? []
        waitingCommands = nil
        for command in commands { session.send(command) }
      case .trainingImpossible:
        waitingCommands = nil
      case .seen(_, let number):
        pacer.notePicture()
        guard number == inferenceForNewWeights else { break }
        pacer.noteUpdate()
        carryOut(state.update(event), dueToWeights: true)
        continue
      case .weights:
        awaitsWeights = false
        // They are an earlier run's while a new one is being prepared.
        if waitingCommands != nil { continue }
        pacer.noteUpdate()
        let start = WorkBudget.processorSeconds()
        carryOut(state.update(event), dueToWeights: true)
        let cost = WorkBudget.processorSeconds() - start + backgroundTasks.removeSpentSeconds()
        weightsBudget.note(cost: cost, at: monotonicSeconds())
        // A run that rests may have stepped on since these were asked for.
        if state.isTraining { askForWeights(isRunning: state.isLearning) }
        continue
      default:
        break
      }
      pacer.noteAnswer()
      carryOut(state.update(event))
    }
  }

  /// Lets a message go after a while, so that it does not hide the readouts.
  private func timeMessage() {
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

  /// Moves what moves by itself up to now, where that can be shown.
  private func play() {
    guard state.isPlaying else {
      lastTick = nil
      return
    }
    let now = monotonicSeconds()
    // What was moved last is shown first.
    guard let due = pacer.due, now >= due, !pacer.hasWaitedForPicture else { return }
    carryOut(state.update(.tick(seconds: now - (lastTick ?? now))))
    lastTick = now
    waitForInference()
  }

  /// Has the next frame wait for the pictures that it is to show.
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
    let times = [nextTrainingLook, pacer.due, messageEnd].compactMap { $0 }
    return times.min().map { .seconds(max(0, $0 - monotonicSeconds())) }
  }

  /// Sorts what the terminal reports; a person's part of it waits to be applied.
  private func receive(_ events: [TerminalEvent]) {
    for event in events {
      switch event {
      case .key(let key): backlog.append(.key(key))
      case .mouse(let event): backlog.append(.mouse(event))
      case .pasted(let line): backlog.append(.pasted(line))
      case .resized(let size): backlog.append(.resized(size))
      case .woken:
        // Errands wake too, but a look that finds no news does no harm. Until a new run has started, news
        // could only be an old one's.
        if state.isTraining, nextTrainingLook == nil, waitingCommands == nil {
          nextTrainingLook = monotonicSeconds()
        }
      case .ended: (isDone, endsUnasked) = (true, true)
      }
    }
  }

  /// Applies what a person did; what takes longer than a moment goes on after the next frame.
  private func applyInput() {
    guard !backlog.isEmpty else { return }
    pacer.noteInput()
    let end = monotonicSeconds() + Self.inputSeconds
    repeat {
      carryOut(state.update(backlog.next()))
    } while !backlog.isEmpty && monotonicSeconds() < end
    waitForInference()
  }

  /// Takes news from training, no more often than the interval allows.
  private func lookAtTraining() {
    guard let due = nextTrainingLook, monotonicSeconds() >= due else { return }
    let update = session.receiveUpdate()
    // An end is answered at once: somebody may wait for it.
    if update.status == .running { pacer.noteUpdate() } else { pacer.noteAnswer() }
    carryOut(state.update(.training(update)))
    if let snapshot = update.snapshot { backgroundTasks.prepare(snapshot, isLast: update.status != .running) }
    guard state.isTraining else {
      nextTrainingLook = nil
      return
    }
    if !update.reports.isEmpty { hasNewerWeights = true }
    askForWeights(isRunning: update.status == .running)
    if update.status == .running {
      nextTrainingLook = monotonicSeconds() + Self.trainingInterval
    } else {
      nextTrainingLook = nil
      session.wakeOnUpdate()
    }
  }

  /// Asks for the weights of the last steps, rarely while the run goes on, and in any case when it rests.
  private func askForWeights(isRunning: Bool) {
    guard hasNewerWeights, !awaitsWeights, !isRunning || weightsBudget.allows(at: monotonicSeconds()) else {
      return
    }
    hasNewerWeights = false
    awaitsWeights = true
    session.send(.snapshot)
  }

  private func carryOut(_ effects: [ExplorerEffect], dueToWeights: Bool = false) {
    for effect in effects {
      if dueToWeights, case .see(_, let number) = effect { inferenceForNewWeights = number }
      if backgroundTasks.look(effect, dueToWeights: dueToWeights) { continue }
      switch effect {
      case .quit: isDone = true
      case .redraw: terminal.invalidate()
      case .save(let model): backgroundTasks.save(model)
      case .fetch(let name): backgroundTasks.fetch(name)
      case .stopFetching: backgroundTasks.stopFetching()
      case .recall(let snapshot): backgroundTasks.prepare(snapshot, isLast: true)
      case .saveDrawing(let sketch): backgroundTasks.save(sketch)
      case .write(let order): backgroundTasks.write(order)
      case .list, .open, .findOtherModel, .survey, .surveyReadings, .rank, .film, .measure, .study, .see:
        break  // These are looks.
      case .train(let state):
        // Until the new run has started, news could only be an old one's.
        nextTrainingLook = nil
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
