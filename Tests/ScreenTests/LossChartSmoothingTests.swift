import Testing

@testable import Screen

@Suite struct LossChartSmoothingTests {
  /// Jumps between 0 and 2 in the first phase, and between 4 and 6 in the second.
  private var jumping: LossChart {
    var chart = LossChart(
      losses: (0..<200).map { ($0 < 100 ? 0 : 4) + Float($0 % 2 * 2) },
      phases: [LossChart.Phase(step: 0, label: "a"), LossChart.Phase(step: 100, label: "b")], scale: .linear,
      trace: .extremes)
    chart.visible = 50...150
    return chart
  }

  private func rowsOfCurve(_ canvas: Canvas, columns: Range<Int>) -> Set<Int> {
    Set(canvas.places { $0.style == LossChart.curveStyle }.filter { columns.contains($0.column) }.map(\.row))
  }

  @Test(arguments: [(40, 12), (70, 14), (100, 24)])
  func theAverageIsDrawnInPlaceOfTheLosses(width: Int, height: Int) {
    var chart = jumping
    for capabilities in [Capabilities.full, .ascii] {
      chart.smoothing = 0
      #expect(rowsOfCurve(drawn(chart, width, height, capabilities), columns: 5..<width / 3).count >= 3)
      chart.smoothing = 0.98
      let canvas = drawn(chart, width, height, capabilities)
      #expect(rowsOfCurve(canvas, columns: 8..<width / 3).count <= 2)
    }
  }

  @Test func theAverageBeginsAnewWithAPhase() {
    var chart = jumping
    chart.smoothing = 0.98
    let series = chart.scene.series
    #expect(abs(series[99] - 1) < 0.03)
    #expect(series[100] == 4)
    #expect(abs(series[199] - 5) < 0.03)
    chart.phases = []
    #expect(chart.scene.series[100] < 2)
  }

  @Test func theFullSeriesIsAveragedBeforeItIsThinned() {
    var chart = jumping
    chart.smoothing = 0.9
    let whole = chart.scene.series
    chart.visible = 90...110
    #expect(chart.scene.series == whole)
    #expect(chart.scene.indices == 90..<111)
  }

  @Test func theFirstLineNamesBothValues() {
    var chart = LossChart(losses: [1, 4, 2])
    chart.smoothing = 0.5
    #expect(text(chart, 70, 1) == "loss 2.00 · smoothed 2.43 · min 1.00 at 0 · log\n")
    chart.losses.append(.nan)
    #expect(text(chart, 70, 1) == "loss NaN · 1 not finite · min 1.00 at 0 · log\n")
  }

  @Test func smoothingOutsideOfTheRangeIsSafe() {
    var chart = jumping
    let plain = drawn(chart, 60, 12)
    for smoothing in [-1, 0, Double.nan, -Double.infinity] {
      chart.smoothing = smoothing
      #expect(drawn(chart, 60, 12) == plain)
    }
    for smoothing in [1, 7, Double.infinity] {
      chart.smoothing = smoothing
      #expect(chart.scene.series.allSatisfy { $0.isFinite })
    }
  }
}
