import Dispatch

/// Runs `body` for parts 0 ..< `parts` at the same time on up to as many threads, and waits for all.
///
/// The parts must not write to the same memory; which thread runs a part must not matter.
public func concurrently(parts: Int, _ body: (Int) -> Void) {
  guard parts > 1 else {
    body(0)
    return
  }
  withoutActuallyEscaping(body) { body in
    // The compiler cannot see that the parts write to different rows and columns; the caller promises it.
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: parts) { body($0) }
  }
}
