import Testing

@testable import Screen

@Suite struct LossChartCursorTests {
  private let sizes = [(40, 7), (70, 14), (100, 24)]

  private var chart: LossChart {
    var chart = LossChart(losses: (0..<101).map { 1 - Float($0) / 100 }, firstStep: 100, scale: .linear)
    chart.heldOut = [150.0, 120, 180].map { LossChart.Point(step: $0, value: $0 / 1000) }
    return chart
  }

  @Test func theFirstLineReadsTheStepOut() {
    var chart = chart
    chart.cursor = 150.4
    #expect(text(chart, 70, 1) == "step 150 · loss 0.500 · ○ held-out 0.150 at 150\n")
    #expect(text(chart, 40, 1) == "step 150 · loss 0.500\n")
    chart.cursor = 149
    #expect(text(chart, 70, 1, .ascii) == "step 149 . loss 0.510 . o held-out 0.120 at 120\n")
    chart.cursor = 110
    #expect(text(chart, 70, 1) == "step 110 · loss 0.900\n")
    chart.times = (0..<101).map { Double($0) * 10 }
    #expect(text(chart, 70, 1) == "step 110 · 1:40 · loss 0.900\n")
    chart.losses[10] = .nan
    #expect(text(chart, 70, 1) == "step 110 · 1:40 · loss NaN\n")
    #expect(drawn(chart, 70, 1)[18, 0].style == Style(.alarm, .bold))
  }

  @Test func withSmoothingBothValuesAreRead() {
    var chart = chart
    chart.losses = [1, 4, 2]
    chart.smoothing = 0.5
    chart.cursor = 101
    #expect(text(chart, 70, 1) == "step 101 · loss 4.00 · smoothed 3.00\n")
  }

  @Test func thereIsNoReadoutOutsideOfTheLosses() {
    for cursor in [99.0, 201, -1e300] {
      var chart = chart
      chart.heldOut = []
      chart.cursor = cursor
      let canvas = drawn(chart, 40, 9)
      #expect(ScreenText.plain(canvas).contains("loss –"))
      #expect(canvas.places { $0.style == .selected }.isEmpty)
    }
    for cursor in [Double.nan, .infinity, -.infinity] {
      var marked = chart
      marked.cursor = cursor
      #expect(drawn(marked, 40, 9) == drawn(chart, 40, 9))
    }
    var empty = LossChart(losses: [])
    empty.cursor = 0
    #expect(text(empty, 40, 5).hasPrefix("step 0 · loss –\n"))
  }

  @Test func theLineStandsAtItsStepAndLeavesTheCurve() {
    for (width, height) in sizes {
      for capabilities in [
        Capabilities.full, .ascii, Capabilities(colors: .eight, unicode: true),
        Capabilities(colors: .none, unicode: true, braille: false),
      ] {
        var chart = chart
        let before = drawn(chart, width, height, capabilities)
        let region = before.bounds
        chart.cursor = 140
        let canvas = drawn(chart, width, height, capabilities)
        let line = canvas.places { $0 == Cell("│", .selected) }
        let crossing = canvas.places { $0.style == Style(.accent, [.bold, .reverse]) }
        #expect(!line.isEmpty)
        #expect(!crossing.isEmpty)
        #expect(Set((line + crossing).map(\.column)).count == 1)
        #expect(line.count + crossing.count == height - 3)
        for place in crossing {
          #expect(canvas[place.column, place.row].glyph == before[place.column, place.row].glyph)
        }
        let step = chart.step(at: line[0].column, in: region) ?? 0
        #expect(abs(step - 140) <= 100 / Double(width - 5))
      }
    }
  }

  @Test func aRingIsNotHidden() {
    var chart = chart
    chart.cursor = 150
    #expect(drawn(chart, 70, 14).places { $0 == Cell("○", Style(.mark)) }.count == 3)
  }

  @Test func aCursorOutOfViewIsReadButNotDrawn() {
    var chart = chart
    chart.cursor = 190
    chart.visible = 100...150
    let canvas = drawn(chart, 70, 14)
    #expect(ScreenText.plain(canvas).hasPrefix("step 190 · loss 0.100"))
    #expect(canvas.places { $0 == Cell("│", .selected) }.isEmpty)
  }

  @Test func columnsBecomeSteps() {
    var chart = chart
    // The labels of the values and the axis take four columns.
    let region = Rectangle(column: 10, row: 3, width: 105, height: 12)
    #expect(chart.step(at: 13, in: region) == nil)
    #expect(chart.step(at: 14, in: region) == 100)
    #expect(chart.step(at: 64, in: region) == 150)
    #expect(chart.step(at: 114, in: region) == 200)
    #expect(chart.step(at: 115, in: region) == nil)
    chart.visible = 140...160
    let zoomed = (0..<120).compactMap { chart.step(at: $0, in: region) }
    #expect(zoomed.first == 140)
    #expect(zoomed.last == 160)
    chart.visible = nil
    chart.times = (0..<101).map { Double($0 * $0) }
    chart.place = .seconds
    let timed = (14..<115).compactMap { chart.step(at: $0, in: region) }
    #expect(timed.count == 101)
    #expect(abs(timed[25] - 150) < 0.01)
    #expect(LossChart(losses: []).step(at: 20, in: region) == nil)
    #expect(chart.step(at: 0, in: Rectangle(column: 0, row: 0, width: 40, height: 1)) == nil)
  }
}
