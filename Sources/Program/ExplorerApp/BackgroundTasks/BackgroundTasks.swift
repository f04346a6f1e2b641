import Explorer
import Libraries
import Primitives
import Training

/// Background work of the explorer; each result is delivered as an event.
final class BackgroundTasks: Sendable {
  let clocks: Clocks
  let training: any TrainingControl
  private let runner: any TaskRunner
  private let wake: @Sendable () -> Void
  /// Results, with networks that were prepared on other threads.
  private let events = Locked<[ExplorerEvent]>([])
  let context: Locked<AnswerContext>
  /// Suspends long tasks while input is applied.
  let cooperativeYield: CooperativeYield
  /// The processor time that new weights have cost here, in seconds.
  private let spentSeconds = Locked(0.0)
  let savings = Locked(Savings())
  let stopsFetching = Locked(false)
  let preparation = Locked(TrainingPreparation())

  /// - Parameter wake: Called after each event, on any thread.
  init(
    setup: ExplorerSetup, training: any TrainingControl, runner: any TaskRunner, clocks: Clocks,
    wake: @escaping @Sendable () -> Void
  ) {
    let context = AnswerContext(setup: setup)
    cooperativeYield = context.cooperativeYield
    self.context = Locked(context)
    (self.training, self.runner, self.clocks, self.wake) = (training, runner, clocks, wake)
  }

  var setup: ExplorerSetup { context.withLock { $0.setup } }

  /// Removes and returns the events since the last call.
  func removeEvents() -> [ExplorerEvent] { events.exchange([]) }

  /// Adds the processor time of `work` to the cost of new weights.
  func counting<Value>(_ work: () throws -> Value) rethrows -> Value {
    let start = clocks.threadSeconds()
    defer {
      let cost = clocks.threadSeconds() - start
      spentSeconds.withLock { $0 += cost }
    }
    return try work()
  }

  /// Removes and returns the processor time that new weights have cost here since the last call, in seconds.
  func removeSpentSeconds() -> Double {
    spentSeconds.withLock { seconds in
      defer { seconds = 0 }
      return seconds
    }
  }

  /// Waits until all pending files are written.
  func waitUntilSaved() { runner.wait(for: .saves) }

  /// Runs a task and posts its event; nil if the result is no longer needed.
  func run(
    on queue: TaskQueue = .short, _ task: @escaping @Sendable () throws -> ExplorerEvent?
  ) {
    runner.run(on: queue) { [self] in
      do {
        guard let event = try task() else { return }
        post(event)
      } catch {
        post(.message(error.sentence.printable))
      }
    }
  }

  func post(_ event: ExplorerEvent) {
    events.withLock { $0.append(event) }
    wake()
  }
}
