import Testing

@testable import Screen

@Suite struct ChartSmoothingTests {
  private func average(_ values: [Float], _ smoothing: Double = 0.5, restarts: [Int] = []) -> [Float] {
    ChartSmoothing.average(values, smoothing: smoothing, restarts: restarts)
  }

  @Test func aConstantStaysFromTheFirstValueOn() {
    for smoothing in [0.1, 0.9, 0.9999] {
      #expect(average(Array(repeating: 0.25, count: 50), smoothing).allSatisfy { abs($0 - 0.25) < 1e-6 })
    }
  }

  @Test func theWeightsHalveAndSumToOne() {
    // With s = 1/2: (1), (1 + 2·4) / 3, (1 + 2·4 + 4·2) / 7.
    let result = average([1, 4, 2])
    #expect(zip(result, [1, 9.0 / 3, 17.0 / 7]).allSatisfy { abs($0 - Float($1)) < 1e-6 })
  }

  @Test func valuesThatAreNotFiniteAreLeftOut() {
    let result = average([.nan, 1, .infinity, 4])
    #expect(result[0].isNaN)
    #expect(result[1] == 1)
    #expect(result[2] == .infinity)
    #expect(result[3] == 3)
  }

  @Test func theAverageBeginsAnew() {
    #expect(average([1, 1, 8, 8], restarts: [2]) == [1, 1, 8, 8])
    #expect(average([1, 1, 8, 8], restarts: [2])[2] != average([1, 1, 8, 8])[2])
    #expect(average([1, 1, 8, 8], restarts: [-4, 0, 2, 1, 4, 900]) == [1, 1, 8, 8])
    #expect(average([], restarts: [0]) == [])
  }
}
