import Testing

@testable import SessionBenchmark

@Suite struct ThreadTimesTests {
  @Test func theBusiestThreadsAreLeftOut() {
    let before = ThreadTimes(["screen": 1, "errands": 2, "team": 0])
    let after = ThreadTimes(["screen": 1.25, "errands": 2.5, "team": 7, "other": 8])
    #expect(after.since(before, exceptBusiest: 2) == 0.75)
    #expect(after.since(before, exceptBusiest: 9) == 0)
  }

  @Test func aProcessThatIsNotThereHasNone() {
    #expect(ThreadTimes(of: Int32.max) == nil)
  }
}
