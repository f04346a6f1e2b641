import Testing

@testable import Datasets

@Suite struct ResamplingTests {
  private func resize(
    _ pixels: [UInt8], _ old: (Int, Int), _ new: (Int, Int), channels: Int = 1
  ) -> [UInt8] {
    var result: [UInt8] = [1, 2, 3]
    ImageResizer(from: old, to: new, channels: channels).resize(pixels.span, into: &result)
    return result
  }

  private static let ramp = (0..<16).map { UInt8(16 * $0) }

  @Test func shrinkingAveragesExactAreas() {
    #expect(resize(Self.ramp, (4, 4), (2, 2)) == [40, 72, 168, 200])
    #expect(resize(Self.ramp, (4, 4), (3, 3)) == [20, 40, 60, 100, 120, 140, 180, 200, 220])
    #expect(resize(Self.ramp, (4, 4), (1, 1)) == [120])
    #expect(resize([0, 1], (2, 1), (1, 1)) == [1])
    #expect(resize([10, 20, 30, 40, 50], (5, 1), (2, 1)) == [18, 42])
  }

  @Test func growingIsLinearBetweenCentres() {
    #expect(resize([0, 100], (2, 1), (4, 1)) == [0, 25, 75, 100])
    #expect(resize([0, 100], (1, 2), (1, 4)) == [0, 25, 75, 100])
    #expect(resize([0, 90], (2, 1), (3, 1)) == [0, 45, 90])
    #expect(resize([7], (1, 1), (3, 2)) == [7, 7, 7, 7, 7, 7])
  }

  @Test func eachAxisIsTreatedByItself() {
    // Wider and lower.
    #expect(resize([0, 100, 40, 140], (2, 2), (4, 1)) == [20, 45, 95, 120])
    #expect(resize(Self.ramp, (4, 4), (4, 4)) == Self.ramp)
  }

  @Test func coloursStayApart() {
    let pixels: [UInt8] = [0, 100, 200, 10, 110, 210]
    #expect(resize(pixels, (2, 1), (1, 1), channels: 3) == [5, 105, 205])
    #expect(
      resize(pixels, (2, 1), (4, 1), channels: 3) == [0, 100, 200, 3, 103, 203, 8, 108, 208, 10, 110, 210])
  }

  @Test(arguments: [(28, 8), (28, 27), (28, 64), (64, 28), (5000, 128), (1, 128), (128, 127)])
  func weightsAreWhole(old: Int, new: Int) {
    let resampling = Resampling(from: old, to: new)
    #expect(resampling.taps.count == new)
    var contributions = [Int](repeating: 0, count: old)
    for tap in resampling.taps {
      #expect(tap.weights.reduce(0, +) == resampling.total && tap.weights.allSatisfy { $0 > 0 })
      for (index, weight) in tap.weights.enumerated() { contributions[tap.first + index] += weight }
    }
    // Where an axis shrinks, every pixel counts equally.
    if new < old { #expect(contributions.allSatisfy { $0 == new }) }
    // White stays white.
    let white = [UInt8](repeating: 255, count: old)
    #expect(resize(white, (old, 1), (new, 1)).allSatisfy { $0 == 255 })
  }
}
