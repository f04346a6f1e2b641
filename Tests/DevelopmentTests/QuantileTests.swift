import Testing

@testable import SessionBenchmark

@Suite struct QuantileTests {
  @Test(arguments: [(0.95, 95.0), (0.5, 50), (0, 1), (1, 100)])
  func aQuantileIsTheSmallestValueWithThatFractionBelowIt(fraction: Double, value: Double) {
    #expect(quantile(fraction, of: (1...100).map(Double.init).reversed()) == value)
  }

  @Test func theQuantileOfOneValueIsThatValue() {
    #expect(quantile(0.95, of: [7]) == 7)
  }
}
