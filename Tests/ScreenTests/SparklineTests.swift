import Testing

@testable import Screen

@Suite struct SparklineTests {
  private func bars(_ fractions: [Double]) -> String { String(fractions.map(Sparkline.glyph)) }

  @Test func fractionsAreBars() {
    #expect(bars([]).isEmpty)
    #expect(bars((0...7).map { Double($0) / 7 }) == "▁▂▃▄▅▆▇█")
    #expect(bars([0.07, 0.08, 0.92, 0.93]) == "▁▂▇█")
  }

  @Test func valuesOutsideAreClamped() {
    #expect(bars([-1, 2, .nan, .infinity, -.infinity]) == "▁█▁█▁")
  }

  @Test func higherFractionsNeverHaveLowerBars() {
    let found = bars((0...100).map { Double($0) / 100 }).unicodeScalars.map(\.value)
    #expect(found == found.sorted())
    #expect(Set(found).count == 8)
  }
}
