import Testing

@testable import Screen

@Suite struct LossChartTests {
  private let falling = LossChart(
    losses: (0..<101).map { 1 - Float($0) / 100 }, scale: .linear)

  @Test func aFallingLossIsAFallingLine() {
    #expect(
      text(falling, 40, 9, .ascii) == """
        loss 0 . min 0 at 100 . linear
        1.0+***
           |   *******
           |          ********
        0.5+                  ********
           |                          *******
        0.0+                                 ***
           ++-----------------+----------------+
            0                50              100

        """)
  }

  @Test func brailleAndBlocksAreUsedWhereTheyCanBe() {
    let braille = text(falling, 40, 9)
    #expect(braille.contains("⠉⠒"))
    let blocks = text(falling, 40, 9, Capabilities(colors: .many, unicode: true, braille: false))
    #expect(blocks.contains("▀▄"))
    #expect(!blocks.contains { ("\u{2800}"..."\u{28FF}").contains($0) })
  }

  @Test func theFirstLineNamesTheFigures() {
    var chart = LossChart(losses: [0.5, 0.25, 0.125, 0.2])
    chart.heldOut = [LossChart.Point(step: 3, value: 0.3)]
    #expect(text(chart, 70, 1) == "loss 0.200 · ○ held-out 0.300 · min 0.125 at 2 · log\n")
    #expect(text(chart, 40, 1) == "loss 0.200 · ○ held-out 0.300\n")
    #expect(text(chart, 8, 1) == "loss 0.…\n")
    chart.losses += [.nan, .infinity]
    #expect(text(chart, 70, 1).hasPrefix("loss inf · 2 not finite · ○ held-out 0.300 · min 0.125 at 2"))
    let canvas = drawn(chart, 70, 1)
    #expect(canvas[0, 0].style == Style(.accent, .bold))
    #expect(canvas[13, 0].style == Style(.alarm, .bold))
  }

  @Test func phasesAndHeldOutValuesAreMarked() {
    var chart = falling
    chart.phases = [
      LossChart.Phase(step: 0, label: "upright"), LossChart.Phase(step: 50, label: "turned images"),
    ]
    chart.heldOut = [LossChart.Point(step: 100, value: 1)]
    let canvas = drawn(chart, 44, 12)
    let lines = ScreenText.plain(canvas).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[1].hasPrefix("    upright"))
    #expect(lines[1].hasSuffix("┊turned images"))
    let markColumn = Array(lines[1]).firstIndex(of: "┊")
    #expect(Array(lines[8])[markColumn ?? 0] == "┊")
    let rings = (0..<44).flatMap { column in (1..<12).map { canvas[column, $0] } }.filter { $0.glyph == "○" }
    #expect(rings == [Cell("○", Style(.mark))])
  }

  @Test func thePlannedEndLeavesRoom() {
    var chart = falling
    chart.plannedEnd = 400
    let canvas = drawn(chart, 60, 8)
    #expect((30..<60).allSatisfy { column in (1..<6).allSatisfy { canvas[column, $0] == .blank } })
  }

  @Test func aSpikeIsSeenWhereExtremesAreShown() {
    var losses = [Float](repeating: 1, count: 50_000)
    losses[25_000] = 100
    let mean = drawn(LossChart(losses: losses, scale: .linear, trace: .mean), 60, 12)
    let extremes = drawn(LossChart(losses: losses, scale: .linear, trace: .extremes), 60, 12)
    func markedRows(_ canvas: Canvas) -> Int {
      (1..<10).count { row in (5..<60).contains { canvas[$0, row].style == Style(.accent) } }
    }
    #expect(markedRows(extremes) == 9)
    #expect(extremes != mean)
    #expect(ScreenText.plain(extremes).contains("100"))
  }

  @Test func nonFiniteValuesInterruptTheLine() {
    let losses = (0..<30).map { (10..<20).contains($0) ? Float.nan : 1 }
    let canvas = drawn(LossChart(losses: losses, plannedEnd: 29, scale: .linear), 34, 4, .ascii)
    let marks = (0..<34).filter { column in (1..<4).contains { canvas[column, $0].glyph == "*" } }
    #expect(marks.count >= 18 && marks.count <= 24)
    #expect(!marks.contains(19))
  }

  @Test func fewValuesAreJoined() {
    let canvas = drawn(LossChart(losses: [1, 2], scale: .linear), 30, 6, .ascii)
    let first = (0..<30).first { column in (1..<4).contains { canvas[column, $0].glyph == "*" } } ?? 0
    #expect((first..<30).allSatisfy { column in (1..<4).contains { canvas[column, $0].glyph == "*" } })
  }

  @Test func anEmptyChartSaysThatItWaits() {
    #expect(text(LossChart(losses: []), 40, 5).contains("waiting for the first step"))
    #expect(text(LossChart(losses: []), 40, 5).hasPrefix("loss – · log"))
    #expect(text(LossChart(losses: [.nan, .nan]), 40, 5).contains("2 not finite"))
  }

  @Test func withoutAPositiveValueTheAxisIsLinear() {
    let canvas = drawn(LossChart(losses: [-1, -2, 0]), 40, 10)
    #expect(canvas.cells.contains { $0.style == Style(.accent) })
    #expect(ScreenText.plain(canvas).contains("-2"))
  }

  @Test func everySeriesIsSafeAtEverySize() {
    let huge = Float.greatestFiniteMagnitude
    let series: [[Float]] = [
      [], [0], [1], [.nan], [.infinity, -.infinity], [huge, -huge], [huge, huge], [0, 0, 0],
      Array(repeating: 0.25, count: 5000), [.leastNonzeroMagnitude, 1], (0..<3000).map { Float($0) },
      [-1, 1, .nan, 0],
    ]
    let sizes = [(0, 0), (1, 1), (1, 5), (5, 1), (2, 2), (12, 3), (17, 6), (30, 9), (80, 12)]
    for losses in series {
      for scale in [AxisScale.linear, .logarithmic] {
        for (width, height) in sizes {
          var chart = LossChart(losses: losses, scale: scale, trace: .extremes)
          chart.heldOut = [
            LossChart.Point(step: .nan, value: 1), LossChart.Point(step: 1e300, value: .infinity),
            LossChart.Point(step: -5, value: 1e300),
          ]
          chart.phases = [
            LossChart.Phase(step: .nan, label: "a"), LossChart.Phase(step: -1, label: "b"),
            LossChart.Phase(step: 2, label: "c"), LossChart.Phase(step: 1, label: "d"),
          ]
          chart.plannedEnd = .infinity
          let canvas = drawn(chart, width, height)
          #expect(canvas.size == Size(width: width, height: height))
          #expect(width == 0 || canvas[0, 0].glyph == "l" || canvas[0, 0].glyph == "…")
        }
      }
    }
  }
}
