import Primitives

@testable import ExplorerApp

/// Background tasks that run when a test says so, on its thread.
final class ManualTasks: TaskRunner {
  private typealias Task = (queue: TaskQueue, work: @Sendable () -> Void)

  private let tasks = Locked<[Task]>([])

  func run(on queue: TaskQueue, _ task: @escaping @Sendable () -> Void) {
    tasks.withLock { $0.append((queue, task)) }
  }

  func wait(for queue: TaskQueue) { runAll { $0 == queue } }

  /// Runs all tasks of some queues, in order; returns false if there were none.
  @discardableResult
  func runAll(_ isMeant: (TaskQueue) -> Bool = { _ in true }) -> Bool {
    var hasRun = false
    while let work = next(isMeant) {
      work()
      hasRun = true
    }
    return hasRun
  }

  private func next(_ isMeant: (TaskQueue) -> Bool) -> (@Sendable () -> Void)? {
    tasks.withLock { tasks in
      tasks.firstIndex { isMeant($0.queue) }.map { tasks.remove(at: $0).work }
    }
  }
}
