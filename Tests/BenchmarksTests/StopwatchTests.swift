import Testing

@testable import Benchmarks

@Suite struct StopwatchTests {
  @Test(arguments: [(0.95, 95.0), (0.5, 50), (0, 1), (1, 100)])
  func aQuantileIsTheSmallestValueWithThatShareBelowIt(fraction: Double, value: Double) {
    #expect(Stopwatch.quantile((1...100).map(Double.init).reversed(), fraction) == value)
  }

  @Test func theQuantileOfOneValueIsThatValue() {
    #expect(Stopwatch.quantile([7], 0.95) == 7)
  }
}
