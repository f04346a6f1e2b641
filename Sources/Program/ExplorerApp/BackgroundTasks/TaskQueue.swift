import Dispatch
import Essentials
import Primitives

/// A queue of background tasks, which run one after the other.
enum TaskQueue: String, CaseIterable, Sendable {
  case short = "background tasks"
  /// Tasks that take long, at a low priority.
  case long = "long background tasks"
  /// The analyses that a key requests.
  case analyses
  /// The inference of large networks, so that no analysis delays it.
  case inferences
  case fetches
  case saves

  fileprivate var priority: DispatchQoS {
    switch self {
    case .short, .analyses, .inferences, .saves: .userInitiated
    case .long, .fetches: .utility
    }
  }
}

/// Runs background tasks; tests replace it by one that runs them when told to.
protocol TaskRunner: Sendable {
  /// Adds a task to a queue.
  func run(on queue: TaskQueue, _ task: @escaping @Sendable () -> Void)
  /// Waits until the tasks of a queue are done.
  func wait(for queue: TaskQueue)
}

/// Runs the tasks of each queue on a thread of its own.
final class ThreadedTaskRunner: TaskRunner {
  private let queues: [TaskQueue: DispatchQueue]
  private let prepareThread: @Sendable () -> Void

  /// - Parameter prepareThread: Called before each task on its thread.
  init(prepareThread: @escaping @Sendable () -> Void) {
    queues = Dictionary(
      uniqueKeysWithValues: TaskQueue.allCases.map {
        ($0, DispatchQueue(label: $0.rawValue, qos: $0.priority))
      })
    self.prepareThread = prepareThread
  }

  func run(on queue: TaskQueue, _ task: @escaping @Sendable () -> Void) {
    queues[queue]?.async { [prepareThread] in
      prepareThread()
      task()
    }
  }

  func wait(for queue: TaskQueue) {
    queues[queue]?.sync {}
  }
}

/// Pauses background work while input is applied, so that keys are answered quickly when training uses all
/// cores.
final class CooperativeYield: Sendable {
  private static let pollInterval = 0.0005
  private let isSuspended = Locked(false)

  func suspend() { isSuspended.withLock { $0 = true } }

  func resume() { isSuspended.withLock { $0 = false } }

  /// Waits while suspended.
  func waitWhileSuspended() {
    while isSuspended.withLock({ $0 }) { sleep(seconds: Self.pollInterval) }
  }
}
