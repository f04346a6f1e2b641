import Testing

@testable import Screen

@Suite struct LossChartTimeTests {
  /// A hundred and one losses; the first fifty steps take a second each, the others four.
  private var timed: LossChart {
    var chart = LossChart(losses: (0..<101).map { 1 - Float($0) / 100 }, scale: .linear)
    chart.times = (0..<101).map { step -> Double in step <= 50 ? Double(step) : Double(4 * step - 150) }
    chart.place = .seconds
    return chart
  }

  @Test func theAxisCountsTimeAndTheLineFollowsIt() {
    #expect(
      text(timed, 40, 9, .ascii) == """
        loss 0 . min 0 at 4:10 . linear
        1.0+**
           |  ***
        0.5+     ***
           |        ************
           |                    ************
        0.0+                                ****
           ++----------------+----------------+-
            0:00           2:00             4:00

        """)
  }

  @Test(arguments: [(30, 7), (40, 7), (70, 14), (100, 24)])
  func theUnitStandsAtTheRightEndWhereThereIsRoom(width: Int, height: Int) {
    var chart = timed
    chart.times = (0..<101).map { Double($0) * 1.75 }
    #expect(text(chart, width, height, .ascii).hasSuffix("min:s\n"))
    chart.times = (0..<101).map { Double($0) * 1.2 }
    #expect(text(chart, width, height, .ascii).hasSuffix("2:00\n"))
  }

  @Test func phasesAndHeldOutValuesStandAtTheSecondsOfTheirStep() {
    var chart = timed
    chart.phases = [LossChart.Phase(step: 50, label: "late")]
    chart.heldOut = [LossChart.Point(step: 75, value: 1), LossChart.Point(step: 900, value: 0.5)]
    let canvas = drawn(chart, 55, 12)
    let fraction = { (seconds: Double) -> Int in 4 + Int((seconds / 250 * 50).rounded()) }
    #expect(canvas[fraction(50), 1].glyph == "┊")
    #expect(
      canvas.places { $0 == Cell("○", Style(.mark)) }.map(\.column) == [fraction(150), 54])
  }

  @Test func aPlannedEndHasNoTimeAndIsLeftOut() {
    var chart = timed
    let before = drawn(chart, 60, 10)
    chart.plannedEnd = 400
    #expect(drawn(chart, 60, 10) == before)
    #expect(chart.allSteps == 0...100)
    chart.place = .steps
    #expect(chart.allSteps == 0...400)
  }

  @Test func timesThatDoNotFitAreReplacedBySteps() {
    var chart = timed
    chart.place = .steps
    let steps = drawn(chart, 60, 10)
    func with(_ fault: Double, at index: Int) -> [Double] {
      var times = (0..<101).map(Double.init)
      times[index] = fault
      return times
    }
    let faulty: [[Double]?] = [
      nil, [], [0], Array(repeating: 0, count: 102),
      with(.nan, at: 40), with(.nan, at: 0), with(.infinity, at: 100), with(-1, at: 50),
    ]
    chart.place = .seconds
    for times in faulty {
      chart.times = times
      #expect(drawn(chart, 60, 10) == steps)
    }
    #expect(drawn(timed, 60, 10) != steps)
  }

  @Test func timesWithoutLengthAreSafe() {
    var chart = timed
    chart.times = Array(repeating: 7, count: 101)
    chart.cursor = 50
    #expect(text(chart, 60, 10).hasPrefix("step 50 · 7.0 s · loss 0.500"))
    #expect(chart.visibleSteps == 0...100)
    chart.visible = 20...40
    #expect(chart.visibleSteps == 20...40)
    #expect(chart.step(at: 30, in: drawn(chart, 60, 10).bounds) != nil)
  }
}
