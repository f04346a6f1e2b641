import Testing

@testable import SessionBenchmark

@Suite struct TrainingSlowdownTests {
  private func starts(secondsPerEpoch: Double) -> [Int: Double] {
    Dictionary(uniqueKeysWithValues: (1...25).map { ($0, 0.4 + secondsPerEpoch * Double($0)) })
  }

  @Test func theSlowdownIsTheShareOfSpeedThatIsLost() throws {
    let slowdown = TrainingSlowdown.slowdown(
      headless: starts(secondsPerEpoch: 0.9), explored: starts(secondsPerEpoch: 1))
    #expect(abs(try #require(slowdown) - 10) < 1e-9)
  }

  /// A second in which the machine did something else.
  @Test func oneLongEpochChangesNothing() throws {
    var explored = starts(secondsPerEpoch: 1)
    for epoch in 10...25 { explored[epoch, default: 0] += 5 }
    let slowdown = TrainingSlowdown.slowdown(headless: starts(secondsPerEpoch: 1), explored: explored)
    #expect(abs(try #require(slowdown)) < 1e-9)
  }

  /// The screen is drawn ten times a second, while a fast machine needs a quarter of a second for an epoch.
  @Test func startsThatAreSeenLateChangeLittle() throws {
    let late = starts(secondsPerEpoch: 0.25).mapValues { ($0 / 0.1).rounded(.up) * 0.1 }
    let slowdown = TrainingSlowdown.slowdown(headless: starts(secondsPerEpoch: 0.25), explored: late)
    #expect(abs(try #require(slowdown)) < 1.5)
  }

  @Test func epochsThatWereNotSeenLeaveTheFigureOut() {
    let slowdown = TrainingSlowdown.slowdown(headless: [3: 1], explored: starts(secondsPerEpoch: 1))
    #expect(slowdown == nil)
  }
}
