import Testing

@testable import Screen

@Suite struct SparklineTests {
  @Test func sharesAreBars() {
    #expect(Sparkline.text([]).isEmpty)
    #expect(Sparkline.text((0...7).map { Double($0) / 7 }) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.text([0.07, 0.08, 0.92, 0.93]) == "▁▂▇█")
  }

  @Test func whatLiesOutsideIsCut() {
    #expect(Sparkline.text([-1, 2, .nan, .infinity, -.infinity]) == "▁█▁█▁")
  }

  @Test func higherSharesNeverHaveLowerBars() {
    let bars = Sparkline.text((0...100).map { Double($0) / 100 }).unicodeScalars.map(\.value)
    #expect(bars == bars.sorted())
    #expect(Set(bars).count == 8)
  }
}
