import Dispatch
import Primitives
import Testing

@Suite struct AtOnceTests {
  private struct Fault: Error, Equatable { var number: Int }

  /// Each waits for the other to have begun.
  @Test func bothGoOnAtTheSameTime() throws {
    let (one, other) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    @Sendable func meet(_ here: DispatchSemaphore, _ there: DispatchSemaphore) -> DispatchTimeoutResult {
      there.signal()
      return here.wait(timeout: .now() + 10)
    }
    let (first, second) = try atOnce({ meet(one, other) }, { meet(other, one) })
    #expect(first == .success)
    #expect(second == .success)
  }

  @Test func theFirstFaultIsThrownAfterBothHaveEnded() {
    let ended = Locked(false)
    #expect(throws: Fault(number: 1)) {
      _ = try atOnce(
        { throw Fault(number: 1) },
        {
          ended.withLock { $0 = true }
          throw Fault(number: 2)
        })
    }
    #expect(ended.withLock { $0 })
    #expect(throws: Fault(number: 2)) { _ = try atOnce({ 3 }, { throw Fault(number: 2) }) }
  }
}
