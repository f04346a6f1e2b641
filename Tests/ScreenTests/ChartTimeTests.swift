import Testing

@testable import Screen

@Suite struct ChartTimeTests {
  @Test(arguments: [
    (0.0, "0:00"), (30, "0:30"), (125.4, "2:05"), (3600, "1 h"), (5400, "1:30:00"), (3661, "1:01:01"),
    (172_800, "2 d"), (-30, "-0:30"), (-0.2, "0:00"), (1e300, "1.0e+300 s"),
  ]) func clock(seconds: Double, text: String) {
    #expect(ChartTime.clock(seconds) == text)
  }

  @Test(arguments: [(0.0, "0.0 s"), (4.23, "4.2 s"), (12.6, "0:13"), (3600, "1 h")])
  func reading(seconds: Double, text: String) {
    #expect(ChartTime.duration(seconds) == text)
  }

  private func ticks(_ from: Double, _ to: Double, _ count: Int = 4) -> [String] {
    ChartAxis(from: from, to: to).timeTicks(count: count).ticks.map(\.label)
  }

  @Test func ticksAreAtRoundTimes() {
    #expect(ticks(0, 0.8) == ["0.0", "0.2", "0.4", "0.6", "0.8"])
    #expect(ticks(0, 7) == ["0:00", "0:02", "0:04", "0:06"])
    #expect(ticks(0.3, 100) == ["0:30", "1:00", "1:30"])
    #expect(ticks(0, 700) == ["0:00", "5:00", "10:00"])
    #expect(ticks(0, 7200) == ["0:00", "30:00", "1 h", "1:30:00", "2 h"])
    #expect(ticks(0, 100_000) == ["0:00", "12 h", "1 d"])
    #expect(ticks(0, 30 * 86_400) == ["0:00", "10 d", "20 d", "30 d"])
  }

  @Test func theUnitFollowsTheLabels() {
    let units = [0.5, 59, 3599, 3600].map { ChartAxis(from: 0, to: $0).timeTicks(count: 4).unit }
    #expect(units == ["seconds", "min:s", "min:s", "h:min:s"])
  }

  @Test func everyRangeIsSafe() {
    for (from, to) in [(0, 1e300), (-1e300, 1e300), (1e15, 1e15), (0, 1e-300), (5, 5), (-100, -50.0)] {
      for count in [0, 1, 3, 50] {
        #expect(ChartAxis(from: from, to: to).timeTicks(count: count).ticks.count <= 2 * count + 1)
      }
    }
  }
}
