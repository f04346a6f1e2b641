import Testing

@testable import Screen

@Suite struct ChartPositionsTests {
  private let timed = ChartPositions(firstStep: 10, seconds: [0, 2, 2, 8])

  @Test func stepsStandAtTheirNumbersOrTheirSeconds() {
    let steps = ChartPositions(firstStep: 10, seconds: nil)
    #expect(steps.place(of: 12.5) == 12.5)
    #expect(steps.step(at: -3) == -3)
    #expect([10, 11, 12, 13].map(timed.place) == [0, 2, 2, 8])
    #expect(timed.place(of: 12.5) == 5)
  }

  @Test func positionsMapToSteps() {
    #expect([0, 1, 2, 5, 8].map(timed.step) == [10, 10.5, 11, 12.5, 13])
  }

  @Test func unknownPositionsAreAtTheEnds() {
    #expect(timed.place(of: 3) == 0)
    #expect(timed.place(of: 14) == 8)
    #expect(timed.step(at: -1) == 10)
    #expect(timed.step(at: 9) == 13)
    #expect(timed.place(of: .nan).isNaN)
    #expect(ChartPositions(firstStep: 4, seconds: [6]).place(of: 4) == 6)
    #expect(ChartPositions(firstStep: 4, seconds: [6]).step(at: 7) == 4)
  }

  private static let useful: [[Double]] = [[0, 1, 1], [-1, 2, 3], [7, 7, 7]]
  private static let useless: [[Double]] = [
    [0, 1], [0, 1, 2, 3], [0, 2, 1], [0, .nan, 2], [.nan, 1, 2], [0, 1, .infinity], [-.infinity, 1, 2],
  ]

  @Test func secondsAreOfUseWhereTheyFitTheLosses() {
    for seconds in Self.useful { #expect(ChartPositions.areUsable(seconds, count: 3)) }
    for seconds in Self.useless { #expect(!ChartPositions.areUsable(seconds, count: 3)) }
    #expect(!ChartPositions.areUsable([], count: 0))
  }
}
