import Testing

@testable import Benchmarks

@Suite struct TrainingSlowdownTests {
  private func starts(secondsPerEpoch: Double) -> [Int: Double] {
    Dictionary(uniqueKeysWithValues: (1...25).map { ($0, 0.4 + secondsPerEpoch * Double($0)) })
  }

  @Test func theSlowdownIsTheShareOfSpeedThatIsLost() throws {
    let measures = TrainingSlowdown.measures(
      headless: starts(secondsPerEpoch: 0.9), explored: starts(secondsPerEpoch: 1))
    #expect(measures.count == 3)
    for measure in measures { #expect(abs(try #require(measure.value) - 10) < 1e-9) }
    #expect(measures[0].isMet == false)
    #expect(measures[1].isMet == nil)
  }

  @Test func equalSpeedsAreNoSlowdown() {
    let measures = TrainingSlowdown.measures(
      headless: starts(secondsPerEpoch: 1), explored: starts(secondsPerEpoch: 1))
    #expect(measures[0].isMet == true)
  }

  @Test func epochsThatWereNotSeenLeaveTheFigureOut() {
    let measures = TrainingSlowdown.measures(headless: [3: 1], explored: starts(secondsPerEpoch: 1))
    #expect(measures[0].value == nil)
    #expect(measures[0].isMet == nil)
  }
}
