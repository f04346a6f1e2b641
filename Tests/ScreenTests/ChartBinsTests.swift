import Testing

@testable import Screen

@Suite struct ChartBinsTests {
  private let values: [Float] = [1, 3, 2, .nan, 5, -1, 4, 8]

  /// Two values a column.
  private func bins(_ indices: Range<Int>, _ scale: AxisScale = .linear) -> ChartBins {
    ChartBins(values, at: indices, count: 4, scale: scale) { $0 / 2 }
  }

  @Test func everyValueFallsIntoItsColumn() {
    let bins = bins(0..<8).bins
    #expect(bins.map(\.count) == [2, 1, 2, 2])
    #expect(bins.map(\.misplaced) == [0, 1, 0, 0])
    #expect(bins.map(\.mean) == [2, 2, 2, 6])
    #expect(bins.map(\.minimum) == [1, 2, -1, 4])
    #expect(bins.map(\.maximum) == [3, 2, 5, 8])
    #expect(self.bins(0..<8, .logarithmic).bins.map(\.misplaced) == [0, 1, 1, 0])
  }

  @Test func rangesCoverTheValuesAtTheIndicesOnly() {
    #expect(bins(0..<8).means == 2...6)
    #expect(bins(0..<8).extremes == -1...8)
    #expect(bins(1..<5).means == 2...5)
    #expect(bins(1..<5).bins.map(\.count) == [1, 1, 1, 0])
    #expect(bins(3..<4).means == nil)
    #expect(bins(2..<2).extremes == nil)
  }

  @Test func columnsMayBeFarApartAndUneven() {
    let columns = [0, 0, 0, 0, 0, 7, 7, 9]
    let bins = ChartBins(values, at: 0..<8, count: 10, scale: .linear) { columns[$0] }.bins
    #expect(bins.map(\.count) == [4, 0, 0, 0, 0, 0, 0, 2, 0, 1])
    #expect(bins[0].sum == 11)
  }

  @Test func theFirstIndexIsFoundByHalving() {
    for limit in 0...9 {
      #expect(ChartBins.firstIndex(in: 0..<9) { $0 >= limit } == limit)
    }
    #expect(ChartBins.firstIndex(in: 3..<3) { _ in true } == 3)
  }
}
