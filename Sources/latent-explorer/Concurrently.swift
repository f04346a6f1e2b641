import Dispatch
import Primitives

/// Does two things at the same time, the second one on another thread, and waits for both.
///
/// - Throws: what the first one throws, else what the second one does.
func concurrently<First, Second: Sendable>(
  _ first: () throws -> First, _ second: @escaping @Sendable () throws -> Second
) throws -> (First, Second) {
  let answer = Locked<Result<Second, any Error>?>(nil)
  let isDone = DispatchSemaphore(value: 0)
  // A queue of its own: the shared ones have a thread that looks after them every second.
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
