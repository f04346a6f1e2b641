import Testing

@testable import Screen

@Suite struct LossChartLabelsTests {
  /// Falls to 0.25 in the middle and rises to 0.75 again, with room after its end.
  private var valley: LossChart {
    var chart = LossChart(
      losses: (0..<101).map { 0.25 + Float(abs($0 - 60)) / 80 }, plannedEnd: 150, scale: .linear)
    chart.labelsValues = true
    return chart
  }

  @Test func theLastAndTheLowestValueStandBesideTheLine() {
    #expect(
      text(valley, 44, 12, .ascii) == """
        loss 0.750 . min 0.250 at 60 . linear
        1.0+*
           | **
           |   **
           |     **                  **<0.750
           |       **              **
        0.5+         **          **
           |           **      **
           |             *** **
           |                *<min 0.250
           ++------------+------------+------------+
            0           50           100         150

        """)
  }

  @Test(arguments: [(40, 9), (70, 14), (100, 24)])
  func labelsAreDrawnOnRequestOnly(width: Int, height: Int) {
    var chart = valley
    #expect(text(chart, width, height).contains("◂0.750"))
    chart.labelsValues = false
    #expect(!text(chart, width, height).contains { "◂▸▴▾".contains($0) })
  }

  @Test func withoutRoomThereAreNoLabels() {
    for (width, height) in [(27, 12), (100, 7), (26, 6), (12, 20)] {
      #expect(!text(valley, width, height).contains { "◂▸▴▾".contains($0) })
    }
    #expect(text(valley, 28, 8).contains("◂0.750"))
  }

  /// The labels take cells that would be blank without them: no ring, curve, phase or cursor is covered.
  @Test(arguments: [(30, 8), (40, 9), (70, 14), (100, 24)])
  func labelsCoverNothing(width: Int, height: Int) {
    for lowest in stride(from: 0, through: 100, by: 4) {
      for end in [100.0, 104, 150] {
        var chart = LossChart(
          losses: (0..<101).map { 0.3 + Float(abs($0 - lowest)) / 80 + Float($0 % 7) / 90 }, scale: .linear)
        chart.heldOut = stride(from: 10, through: 100, by: 15).map {
          LossChart.Point(step: $0, value: 0.4 + $0 / 300)
        }
        chart.phases = [LossChart.Phase(step: 0, label: "a"), LossChart.Phase(step: 60, label: "b")]
        chart.plannedEnd = end
        chart.cursor = 30
        let before = drawn(chart, width, height)
        chart.labelsValues = true
        let after = drawn(chart, width, height)
        let changed = after.places { _ in true }.filter {
          after[$0.column, $0.row] != before[$0.column, $0.row]
        }
        #expect(changed.allSatisfy { before[$0.column, $0.row].glyph == " " })
        let marks = changed.count { "◂▸▴▾".contains(after[$0.column, $0.row].glyph) }
        #expect(marks <= 2)
        // Whole labels: a mark and "0.NNN" or "1.NN", with "min " before the lowest.
        let written = ScreenText.plain(after).split(separator: "\n").dropFirst().joined(separator: "\n")
        #expect(written.split { !"◂▸▴▾".contains($0) }.count == marks)
      }
    }
  }

  @Test func oneValueThatIsBothIsWrittenOnce() {
    var chart = LossChart(losses: (0..<101).map { 1 - Float($0) / 200 }, scale: .linear)
    chart.labelsValues = true
    let shown = text(chart, 70, 14)
    #expect(shown.contains("0.500▾"))
    #expect(shown.count { "◂▸▴▾".contains($0) } == 1)
  }

  @Test func smoothedValuesAreWrittenWhereTheyAreDrawn() {
    var chart = LossChart(losses: Array(repeating: 1, count: 50) + [2, 0.5], plannedEnd: 80, scale: .linear)
    chart.labelsValues = true
    chart.smoothing = 0.5
    let plot = text(chart, 70, 14).split(separator: "\n").dropFirst().joined(separator: "\n")
    #expect(plot.contains("◂1.00"))
    #expect(!plot.contains("0.500"))
    chart.smoothing = 0
    #expect(text(chart, 70, 14).contains("◂0.500"))
  }

  @Test func aNumberDoesNotRunIntoTheLine() {
    for lowest in 20...90 {
      var chart = LossChart(
        losses: (0..<101).map { 0.3 + Float(abs($0 - lowest)) / 80 + Float($0 % 7) / 90 }, plannedEnd: 130,
        scale: .linear)
      chart.labelsValues = true
      for line in text(chart, 60, 14, .ascii).split(separator: "\n").dropFirst() {
        #expect(!line.contains("*m") && !line.contains("*0.") && !line.contains("0*") && !line.contains("5*"))
      }
    }
  }

  @Test func aZoomLabelsWhatIsVisible() {
    var chart = valley
    chart.visible = 0...40
    let shown = text(chart, 70, 14)
    #expect(!shown.contains("0.750▾") && !shown.contains("◂0.750"))
    #expect(shown.contains("min 0.500▸"))
  }

  @Test func nonFiniteValuesHaveNoLabel() {
    for losses: [Float] in [[], [.nan], [1, .nan], [.infinity, .nan], [1, 2, .infinity]] {
      var chart = LossChart(losses: losses, plannedEnd: 10, scale: .linear)
      chart.labelsValues = true
      let plot = text(chart, 70, 14).split(separator: "\n").dropFirst().joined()
      #expect(!plot.contains("NaN") && !plot.contains("inf"))
    }
  }
}
