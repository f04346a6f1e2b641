import Dispatch
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Threads that process the parts of successive tasks with low latency.
///
/// A training step takes about a millisecond and has two tasks: waking sleeping threads for each would cost
/// several percent. A thread therefore spins for a while before it sleeps.
public final class ThreadTeam: Sendable {
  /// The number of parts of a task; the calling thread runs the first.
  public let count: Int
  private let shared: SharedTask

  /// Creates a team of `count` threads, including the caller's; fewer where the system refuses more.
  ///
  /// - Parameter prepareThread: called first on each thread but the caller's.
  public init(count: Int, prepareThread: @escaping @Sendable () -> Void = {}) {
    self.count = max(1, count)
    shared = SharedTask(workers: self.count - 1)
    shared.startThreads(prepareThread)
  }

  deinit {
    shared.end()
  }

  /// Runs `body` for parts 0 ..< `count` in parallel and waits for all.
  ///
  /// The parts must not write to the same memory nor depend on which thread runs them. Only one thread may
  /// call this at a time.
  public func run(_ body: (Int) -> Void) {
    guard count > 1 else {
      body(0)
      return
    }
    withoutActuallyEscaping(body) { shared.run($0) }
  }
}

/// A thread's waiting point: it spins for a while, then sleeps.
///
/// Sleeping, unlike yielding, makes the system place two waiting threads on two cores.
private final class Waiter: Sendable {
  private let isAsleep = Atomic(false)
  private let alarm = DispatchSemaphore(value: 0)

  /// Waits until `isOver`, which becomes true before a call of `wake`.
  ///
  /// The loop has no pause instruction: hosts of virtual machines deschedule processors that pause often.
  func wait(until isOver: () -> Bool) {
    var rounds = 0
    while !isOver() {
      rounds += 1
      if rounds > Self.spinCount { sleep(unless: isOver) }
    }
  }

  /// Ends a sleep. May be late, when the awaited condition is over: waiters check again.
  func wake() {
    if isAsleep.exchange(false, ordering: .sequentiallyConsistent) { alarm.signal() }
  }

  private func sleep(unless isOver: () -> Bool) {
    isAsleep.store(true, ordering: .sequentiallyConsistent)
    // A `wake` just before need not have seen that the thread sleeps.
    if isOver(), isAsleep.exchange(false, ordering: .sequentiallyConsistent) { return }
    alarm.wait()
  }

  /// About 50 µs.
  private static let spinCount = 50_000
}

/// The state that a team's threads share; it outlives the team until the last thread has ended.
private final class SharedTask: Sendable {
  private let caller = Waiter()
  private let workers: [Waiter]
  /// The number of workers that have a thread, the first ones.
  private let started = Atomic(0)
  /// The number of the current task.
  private let task = Atomic(0)
  /// The number of workers that have not finished it.
  private let unfinished = Atomic(0)
  private let hasEnded = Atomic(false)
  // Written before `task` is incremented and read after: the atomic operations on `task` and `unfinished`
  // order the accesses.
  nonisolated(unsafe) private var body: ((Int) -> Void)?

  init(workers count: Int) {
    workers = (0..<count).map { _ in Waiter() }
  }

  func startThreads(_ prepareThread: @escaping @Sendable () -> Void) {
    for number in workers.indices {
      let isStarted = startThread { [self] in
        prepareThread()
        work(number)
      }
      guard isStarted else { return }
      started.store(number + 1, ordering: .relaxed)
    }
  }

  func run(_ newBody: @escaping (Int) -> Void) {
    let threads = started.load(ordering: .relaxed)
    body = newBody
    unfinished.store(threads, ordering: .relaxed)
    announce()
    newBody(0)
    // The parts of workers without a thread.
    for part in threads..<workers.count { newBody(part + 1) }
    caller.wait { unfinished.load(ordering: .sequentiallyConsistent) == 0 }
    body = nil
  }

  func end() {
    hasEnded.store(true, ordering: .relaxed)
    announce()
  }

  /// Not inlined, so that the task is released before the worker reports that it is done.
  @inline(never)
  private func runBody(_ part: Int) {
    body?(part)
  }

  private func announce() {
    task.wrappingAdd(1, ordering: .sequentiallyConsistent)
    for worker in workers { worker.wake() }
  }

  /// A worker's loop: runs part `number` + 1 of every task.
  private func work(_ number: Int) {
    var done = 0
    while true {
      workers[number].wait { task.load(ordering: .sequentiallyConsistent) != done }
      guard !hasEnded.load(ordering: .relaxed) else { return }
      done += 1
      runBody(number + 1)
      let rest = unfinished.wrappingSubtract(1, ordering: .sequentiallyConsistent).newValue
      if rest == 0 { caller.wake() }
    }
  }
}

/// Runs `body` on a new thread; returns whether the system created one.
private func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  final class Start: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  func run(_ start: UnsafeMutableRawPointer) {
    Unmanaged<Start>.fromOpaque(start).takeRetainedValue().body()
  }
  let start = Unmanaged.passRetained(Start(body))
  #if canImport(Darwin)
    var thread: pthread_t?
    let status = pthread_create(
      &thread, nil,
      { start in
        run(start); return nil
      }, start.toOpaque())
  #else
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { start in
        if let start { run(start) }
        return nil
      }, start.toOpaque())
  #endif
  guard status == 0 else {
    start.release()
    return false
  }
  #if canImport(Darwin)
    if let thread { pthread_detach(thread) }
  #else
    pthread_detach(thread)
  #endif
  return true
}
