import Testing

@testable import Screen

@Suite struct ChartAxisTests {
  private func labels(_ low: Double, _ high: Double, _ scale: AxisScale, _ count: Int = 4) -> [String] {
    ChartAxis(around: low, high, scale).valueTicks(count: count).map(\.label)
  }

  @Test func linearTicksAreRound() {
    #expect(labels(0, 1, .linear) == ["0.0", "0.5", "1.0"])
    #expect(labels(0.012, 0.049, .linear) == ["0.02", "0.03", "0.04", "0.05"])
    #expect(labels(-3, 12, .linear) == ["0", "5", "10"])
    #expect(labels(12_345.1, 12_345.3, .linear, 3) == ["12345.1", "12345.2", "12345.3"])
  }

  @Test func logarithmicTicksArePowersOrSimplePartsOfThem() {
    #expect(labels(0.001, 10, .logarithmic, 5) == ["0.001", "0.01", "0.1", "1", "10"])
    #expect(labels(0.02, 0.11, .logarithmic) == ["0.02", "0.05", "0.1"])
    #expect(labels(0.02, 0.11, .logarithmic, 2) == ["0.03", "0.1"])
    #expect(labels(1e-8, 1e-5, .logarithmic) == ["1e-8", "1e-7", "1e-6", "1e-5"])
    #expect(labels(0.03, 0.04, .logarithmic, 3) == ["0.030", "0.035", "0.040"])
  }

  private static let extremeRanges: [(Double, Double)] = [
    (0, 0), (1, 1), (-5, -5), (1e300, 1e300), (-1e308, 1e308), (0, .leastNonzeroMagnitude), (1, 1 + 1e-15),
    (1e-300, 1e300),
  ]

  @Test(arguments: extremeRanges) func extremeRangesAreSafe(low: Double, high: Double) {
    for scale in [AxisScale.linear, .logarithmic] where scale == .linear || low > 0 {
      let axis = ChartAxis(around: low, high, scale)
      for count in [0, 1, 2, 10, 100] {
        #expect(axis.valueTicks(count: count).count <= 2 * count + 1)
        #expect(axis.stepTicks(count: count).count <= 2 * count + 1)
      }
      for value in [low, high, 0, .nan, .infinity, -.infinity] {
        if let row = axis.row(of: value, count: 10) { #expect((0..<10).contains(row)) }
      }
    }
  }

  @Test func positionsRunFromEndToEnd() {
    let steps = ChartAxis(from: 0, to: 100)
    #expect(steps.column(of: 0, count: 11) == 0)
    #expect(steps.column(of: 50, count: 11) == 5)
    #expect(steps.column(of: 100, count: 11) == 10)
    #expect(steps.column(of: 900, count: 11) == 10)
    #expect(steps.column(of: .nan, count: 11) == nil)
    #expect(steps.row(of: 100, count: 5) == 0)
    #expect(steps.row(of: 0, count: 0) == nil)
    let values = ChartAxis(around: 0.01, 1, .logarithmic)
    #expect(values.row(of: 0.1, count: 11) == 5)
    #expect(values.row(of: 0, count: 11) == nil)
    #expect(values.row(of: -1, count: 11) == nil)
  }

  @Test func stepTicksAreWholeNumbers() {
    #expect(ChartAxis(from: 0, to: 30_000).stepTicks(count: 4).map(\.label) == ["0", "10k", "20k", "30k"])
    #expect(ChartAxis(from: 0, to: 2).stepTicks(count: 9).map(\.label) == ["0", "1", "2"])
  }

  @Test func stepsWithAnInexactShortTextAreWrittenInFull() {
    func labels(_ low: Double, _ high: Double) -> [String] {
      ChartAxis(from: low, to: high).stepTicks(count: 3).map(\.label)
    }
    #expect(labels(20_000, 20_010) == ["20000", "20005", "20010"])
    #expect(labels(20_000, 20_100) == ["20k", "20.05k", "20.1k"])
    #expect(labels(1_234_500, 1_234_700) == ["1234500", "1234600", "1234700"])
    #expect(labels(995, 1005) == ["995", "1000", "1005"])
  }

  @Test func aColumnsValueLiesInThatColumn() {
    let axis = ChartAxis(from: -3, to: 17)
    for column in 0..<7 {
      #expect(axis.column(of: axis.value(ofColumn: column, count: 7), count: 7) == column)
    }
    #expect(axis.value(ofColumn: 6, count: 7) == 17)
    #expect(axis.value(ofColumn: 0, count: 1) == -3)
  }
}

@Suite struct DotRasterTests {
  @Test func everyDotHasItsBit() {
    let patterns: [[Character]] = [["⠁", "⠈"], ["⠂", "⠐"], ["⠄", "⠠"], ["⡀", "⢀"]]
    for (row, line) in patterns.enumerated() {
      for (column, glyph) in line.enumerated() {
        var raster = DotRaster(form: .braille, size: Size(width: 1, height: 1))
        raster.set(column: column, row: row)
        #expect(raster.glyph(column: 0, row: 0) == glyph)
      }
    }
    var blocks = DotRaster(form: .halfBlocks, size: Size(width: 3, height: 1))
    blocks.set(column: 0, row: 0)
    blocks.set(column: 1, row: 1)
    blocks.setVertical(column: 2, from: 1, to: 0)
    #expect((0..<3).map { blocks.glyph(column: $0, row: 0) } == ["▀", "▄", "█"])
  }

  @Test func linesAreClosedAndWhatLiesOutsideIsDropped() {
    var raster = DotRaster(form: .asterisks, size: Size(width: 4, height: 4))
    raster.setLine(from: (0, 3), to: (3, 0))
    raster.set(column: 4, row: 0)
    raster.set(column: 0, row: -1)
    for column in 0..<4 {
      for row in 0..<4 {
        #expect((raster.glyph(column: column, row: row) != nil) == (column + row == 3))
      }
    }
  }
}
