import Checkpoints
import Datasets
import Dispatch
import Explorer
import Foundation
import NcursesTerminal
import Primitives
import Screen
import Training

/// The explorer at work: events in, effects carried out, at most one frame for each look at the events.
final class ExplorerLoop {
  /// Training redraws the pictures at most this often.
  private static let trainingInterval = 0.1

  private let terminal: NcursesTerminal
  private let setup: ExplorerSetup
  private var state: ExplorerState
  private let session: TrainingSession
  private let errands: Errands
  private var isDone = false
  /// Whether weights that were asked for have not been shown yet. No more are asked for meanwhile, or they
  /// would pile up on a slow machine.
  private var awaitsWeights = false
  /// Commands for a run that is being prepared; absent while none is.
  private var waitingCommands: [TrainingSession.Command]?
  /// When news from training may be shown next; absent while nothing is being trained.
  private var nextTrainingLook: Double?

  init(terminal: NcursesTerminal, state: ExplorerState, setup: ExplorerSetup) {
    self.terminal = terminal
    self.state = state
    self.setup = setup
    let waker = TerminalWaker()
    session = TrainingSession(seconds: { monotonicSeconds() }, wake: { waker.wake() })
    errands = Errands(setup: setup, session: session, wake: { waker.wake() })
  }

  /// Runs until a person quits or the terminal goes away.
  func run() {
    carryOut(state.start())
    while !isDone {
      draw()
      for event in terminal.waitForEvents(timeout: timeout) { handle(event) }
      for event in errands.takeEvents() {
        take(event)
      }
      lookAtTraining()
    }
    session.end()
    session.waitUntilIdle()
  }

  private func take(_ event: ExplorerEvent) {
    switch event {
    case .trainingStarted:
      awaitsWeights = false
      nextTrainingLook = monotonicSeconds()
      let commands = waitingCommands ?? []
      waitingCommands = nil
      for command in commands { session.send(command) }
    case .trainingImpossible:
      waitingCommands = nil
    case .weights:
      awaitsWeights = false
      // They are an earlier run's while a new one is being prepared.
      if waitingCommands != nil { return }
    default:
      break
    }
    carryOut(state.update(event))
  }

  private func draw() {
    var canvas = Canvas(size: state.size)
    state.draw(into: &canvas)
    terminal.present(canvas)
  }

  private var timeout: Duration? {
    nextTrainingLook.map { .seconds(max(0, $0 - monotonicSeconds())) }
  }

  private func handle(_ event: TerminalEvent) {
    switch event {
    case .key(let key): carryOut(state.update(.key(key)))
    case .mouse: break
    case .resized(let size): carryOut(state.update(.resized(size)))
    case .woken:
      // Errands wake too, but a look that finds no news does no harm.
      if state.isTraining, nextTrainingLook == nil { nextTrainingLook = monotonicSeconds() }
    case .ended: isDone = true
    }
  }

  /// Takes news from training, no more often than the interval allows.
  private func lookAtTraining() {
    guard let due = nextTrainingLook, monotonicSeconds() >= due else { return }
    let update = session.takeUpdate()
    carryOut(state.update(.training(update)))
    if let snapshot = update.snapshot { errands.prepare(snapshot) }
    guard state.isTraining else {
      nextTrainingLook = nil
      return
    }
    if !update.reports.isEmpty, !awaitsWeights {
      awaitsWeights = true
      session.send(.snapshot)
    }
    if update.status == .running {
      nextTrainingLook = monotonicSeconds() + Self.trainingInterval
    } else {
      nextTrainingLook = nil
      session.wakeOnNews()
    }
  }

  private func carryOut(_ effects: [ExplorerEffect]) {
    for effect in effects {
      switch effect {
      case .quit: isDone = true
      case .redraw: terminal.invalidate()
      case .listModels: errands.listModels()
      case .open(let entry): errands.open(entry)
      case .save(let model): errands.save(model)
      case .train(let state):
        // Until the new run has started, news could only be an old one's.
        nextTrainingLook = nil
        waitingCommands = []
        errands.train(state)
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
