import Dispatch
import Primitives

/// Runs two closures concurrently, the second one on another thread, and waits for both.
///
/// - Throws: The error of the first, else that of the second.
func concurrently<First, Second: Sendable>(
  _ first: () throws -> First, _ second: @escaping @Sendable () throws -> Second
) throws -> (First, Second) {
  let answer = Locked<Result<Second, any Error>?>(nil)
  let isDone = DispatchSemaphore(value: 0)
  // A separate queue: the shared queues keep a thread that wakes every second.
  DispatchQueue(label: "at once", qos: .userInitiated).async {
    let result = Result { try second() }
    answer.withLock { $0 = result }
    isDone.signal()
  }
  let own = Result { try first() }
  isDone.wait()
  guard let other = answer.withLock({ $0 }) else { preconditionFailure("it has signalled without an answer") }
  return (try own.get(), try other.get())
}
