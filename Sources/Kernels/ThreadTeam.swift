import Dispatch
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Threads that work on the parts of one task after another, with little between two tasks.
///
/// A training step takes about a millisecond and has two tasks: waking sleeping threads for each would cost
/// several percent. A thread therefore looks for the next task for a while before it goes to sleep.
public final class ThreadTeam: Sendable {
  /// How many parts a task has; the calling thread takes the first.
  public let count: Int
  private let shared: SharedTask

  /// A team of `count` threads, the caller's included; of fewer where the system has no more.
  ///
  /// `prepareThread` is called first on each thread but the caller's.
  public init(count: Int, prepareThread: @escaping @Sendable () -> Void = {}) {
    self.count = max(1, count)
    shared = SharedTask(workers: self.count - 1)
    shared.startThreads(prepareThread)
  }

  deinit {
    shared.end()
  }

  /// Runs `body` for parts 0 ..< `count` at the same time, and waits for all.
  ///
  /// The parts must not write to the same memory; which thread runs a part must not matter. Tasks come from
  /// one thread at a time.
  public func run(_ body: (Int) -> Void) {
    guard count > 1 else {
      body(0)
      return
    }
    withoutActuallyEscaping(body) { shared.run($0) }
  }
}

/// Where one thread of a team waits: awake for a while, then asleep.
///
/// Sleep, and not yielding the processor, is what makes the system put two waiting threads onto two cores.
private final class Waiter: Sendable {
  private let isAsleep = Atomic(false)
  private let alarm = DispatchSemaphore(value: 0)

  /// Returns when `isOver`, which becomes true before a call of `wake`.
  ///
  /// The loop has no pause instruction: a virtual machine's host takes the processor away from those that
  /// pause often.
  func wait(until isOver: () -> Bool) {
    var rounds = 0
    while !isOver() {
      rounds += 1
      if rounds > Self.spinCount { sleep(unless: isOver) }
    }
  }

  /// Ends a sleep. It may come late, when what was waited for is long over: sleepers look again.
  func wake() {
    if isAsleep.exchange(false, ordering: .sequentiallyConsistent) { alarm.signal() }
  }

  private func sleep(unless isOver: () -> Bool) {
    isAsleep.store(true, ordering: .sequentiallyConsistent)
    // Who came just before need not have seen the sleeper.
    if isOver(), isAsleep.exchange(false, ordering: .sequentiallyConsistent) { return }
    alarm.wait()
  }

  /// Some 50 µs.
  private static let spinCount = 50_000
}

/// What a team's threads share; it outlives the team until the last thread has ended.
private final class SharedTask: Sendable {
  private let caller = Waiter()
  private let workers: [Waiter]
  /// How many of the workers have a thread: the first ones.
  private let started = Atomic(0)
  /// The number of the current task.
  private let task = Atomic(0)
  /// How many workers have not finished it.
  private let unfinished = Atomic(0)
  private let hasEnded = Atomic(false)
  // Written before `task` moves on and read after: the atomic operations on `task` and `unfinished` order
  // the accesses.
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
    // The parts of workers for whom the system had no thread.
    for part in threads..<workers.count { newBody(part + 1) }
    caller.wait { unfinished.load(ordering: .sequentiallyConsistent) == 0 }
    body = nil
  }

  func end() {
    hasEnded.store(true, ordering: .relaxed)
    announce()
  }

  /// A function of its own, so that the task is let go before the worker says that it is done.
  @inline(never)
  private func runBody(_ part: Int) {
    body?(part)
  }

  private func announce() {
    task.wrappingAdd(1, ordering: .sequentiallyConsistent)
    for worker in workers { worker.wake() }
  }

  /// A worker's life: part `number` + 1 of every task.
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

/// Runs `body` on a new thread; says whether there is one.
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
