import Testing

@testable import Screen

@Suite struct LossChartZoomTests {
  private let sizes = [(40, 7), (70, 14), (100, 24)]

  /// Falls from 1 to 0.5 in a thousand steps, with one loss of 9 at step 900.
  private var spiked: LossChart {
    LossChart(
      losses: (0..<1001).map { $0 == 900 ? 9 : 1 - Float($0) / 2000 }, scale: .linear, trace: .extremes)
  }

  @Test func theAxisShowsTheVisibleStepsExactly() {
    var chart = spiked
    chart.visible = 400...600
    #expect(
      text(chart, 40, 9, .ascii) == """
        loss 0.500 . min 0.500 at 1k . linear
        0.80+***
            |  *********
            |          ********
        0.75+                 ********
            |                        *********
        0.70+                                ***
            +<----------------+---------------->
             400             500             600

        """)
    #expect(chart.visibleSteps == 400...600)
    #expect(chart.allSteps == 0...1000)
  }

  @Test func theValueAxisFitsWhatIsVisible() {
    for (width, height) in sizes {
      var chart = spiked
      #expect(!text(chart, width, height, .ascii).contains("0.8"))
      chart.heldOut = [LossChart.Point(step: 100, value: 50), LossChart.Point(step: 500, value: 0.74)]
      chart.visible = 400...600
      let canvas = drawn(chart, width, height, .ascii)
      #expect(ScreenText.plain(canvas).contains("0.8"))
      #expect(canvas.places { $0 == Cell("○", Style(.mark)) }.count == 1)
      chart.visible = 850...950
      #expect(!text(chart, width, height, .ascii).contains("0.8"))
    }
  }

  @Test func marksTellWhereThereIsMore() {
    func marks(_ visible: ClosedRange<Double>?, _ capabilities: Capabilities = .full) -> String {
      var chart = spiked
      chart.plannedEnd = 2000
      chart.visible = visible
      return text(chart, 50, 9, capabilities).filter { "‹›<>".contains($0) }
    }
    #expect(marks(nil) == "")
    #expect(marks(0...2000) == "")
    #expect(marks(-10...2010) == "")
    #expect(marks(0...1000) == "›")
    #expect(marks(900...2000) == "‹")
    #expect(marks(300...900) == "‹›")
    #expect(marks(300...900, .ascii) == "<>")
  }

  @Test func aPhaseThatBeganBeforeHasItsNameAtTheLeft() {
    var chart = spiked
    chart.phases = [
      LossChart.Phase(step: 0, label: "first"), LossChart.Phase(step: 200, label: "second"),
      LossChart.Phase(step: 500, label: "third"), LossChart.Phase(step: 900, label: "fourth"),
    ]
    chart.visible = 400...600
    let names = text(chart, 60, 12).split(separator: "\n")[1]
    #expect(names.split(separator: " ") == ["second", "┊third"])
  }

  @Test func endsMayLieOutsideOfTheLosses() {
    var chart = spiked
    chart.visible = -1000...3000
    let canvas = drawn(chart, 45, 9)
    let columns = canvas.places { $0.style == LossChart.curveStyle }.map(\.column)
    #expect((11...14).contains(columns.min() ?? 0))
    #expect((22...26).contains(columns.max() ?? 0))
    chart.visible = -Double.infinity...500
    #expect(chart.visibleSteps == 0...500)
    chart.visible = 500 ... .infinity
    #expect(chart.visibleSteps == 500...1000)
  }

  @Test func aZoomBesideTheLossesSaysSo() {
    var chart = spiked
    for visible in [1500.0...1600, -200 ... -100] {
      chart.visible = visible
      #expect(text(chart, 40, 7).contains("no losses in view"))
    }
  }

  @Test func aZoomOnTheTimeAxisIsStillInSteps() {
    var chart = spiked
    chart.times = (0..<1001).map { Double($0) * 0.5 }
    chart.place = .seconds
    chart.visible = 400...600
    let shown = text(chart, 70, 12)
    #expect(shown.contains("3:30"))
    #expect(shown.contains("4:45"))
    #expect(!shown.contains("8:00"))
    #expect(shown.contains("0.75"))
    #expect(chart.visibleSteps == 400...600)
    chart.visible = 900...3000
    #expect(chart.visibleSteps == 900...1000)
  }

  @Test func oddRangesAreSafeAtEverySize() {
    let huge = Double.greatestFiniteMagnitude
    let ranges = [
      5.0...5, 0...0, -huge...huge, -Double.infinity...Double.infinity, huge...huge, -huge ... -huge,
      999.5...999.6,
      -Double.infinity ... -5, 1e15...Double.infinity, 1000...1000,
    ]
    for losses in [[], [1], [Float.nan], spiked.losses] {
      for visible in ranges {
        for (width, height) in [(0, 0), (1, 1), (3, 2), (17, 6), (40, 9)] {
          for place in ChartUnit.allCases {
            var chart = LossChart(losses: losses)
            chart.times = losses.indices.map(Double.init)
            chart.place = place
            chart.visible = visible
            chart.cursor = 5
            chart.labelsValues = true
            let canvas = drawn(chart, width, height)
            #expect(chart.visibleSteps.lowerBound.isFinite && chart.visibleSteps.upperBound.isFinite)
            if let step = chart.step(at: width - 1, in: canvas.bounds) { #expect(step.isFinite) }
          }
        }
      }
    }
  }
}
