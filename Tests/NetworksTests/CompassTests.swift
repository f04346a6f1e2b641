import Kernels
import Primitives
import Testing

@testable import Networks

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct CompassTests {
  private func matrix(_ logits: [Double]) -> Matrix {
    // The logits stand in the second of two rows.
    let matrix = Matrix(rows: 2, columns: Compass.binCount)
    matrix.setRow(1, to: logits.map { Float($0) })
    return matrix
  }

  /// Degrees in [0, 360).
  private func degrees(_ logits: [Double]) -> Double {
    let direction = Compass.answer(of: matrix(logits), row: 1).direction
    #expect(abs((direction * direction).sum() - 1) < 1e-6)
    let angle = Double(atan2(direction.y, direction.x)) * 180 / .pi
    return angle < 0 ? angle + 360 : angle
  }

  private func logits(_ peaks: [Int: Double]) -> [Double] {
    (0..<Compass.binCount).map { peaks[$0] ?? 0 }
  }

  private func truth(_ degrees: Double) -> (cosine: Double, sine: Double) {
    (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
  }

  /// The loss of the second row, and its gradient.
  private func loss(
    _ logits: [Double], _ truth: (cosine: Double, sine: Double), scale: Float = 1
  ) -> (value: Float, gradient: [Float]) {
    let gradient = Matrix(rows: 2, columns: Compass.binCount)
    let value = Compass.loss(
      of: matrix(logits), row: 1, truth: [Float(truth.cosine), Float(truth.sine)], gradient: gradient,
      scale: scale)
    #expect(gradient.row(0).allSatisfy { $0 == 0 })
    return (value, gradient.row(1))
  }

  /// One direction is certain; a uniform distribution gives a window of seven its fraction.
  @Test func certaintyIsTheProbabilityNearTheEstimate() {
    func certainty(_ peaks: [Int: Double]) -> Float {
      Compass.answer(of: matrix(logits(peaks)), row: 1).certainty
    }
    #expect(abs(certainty([10: 40]) - 1) < 1e-6)
    #expect(abs(certainty([:]) - 7.0 / 72) < 1e-6)
    #expect(abs(certainty([10: 40, 46: 40]) - 0.5) < 1e-6)
  }

  @Test(arguments: [0, 1, 17, 18, 36, 70, 71])
  func aPeakDeterminesTheDirection(bin: Int) {
    let found = degrees(logits([bin: 30]))
    let difference = abs(found - 5 * Double(bin))
    #expect(min(difference, 360 - difference) < 1e-3)
  }

  /// Between two bins next to each other the answer goes by their probabilities.
  @Test func neighbouringBinsAreAveraged() {
    #expect(abs(degrees(logits([10: 30, 11: 30])) - 52.5) < 1e-3)
    // Three to one.
    #expect(abs(degrees(logits([10: 30 + log(3), 11: 30])) - 51.25) < 0.01)
  }

  @Test func windowsWrapAround() {
    #expect(abs(degrees(logits([71: 30, 0: 30])) - 357.5) < 1e-3)
    #expect(abs(degrees(logits([70: 30, 71: 20, 0: 20, 1: 30])) - 357.5) < 1e-3)
    #expect(abs(degrees(logits([71: 30, 0: 30 + log(3)])) - 358.75) < 0.01)
  }

  /// The mean of two opposite answers is none of them, and their sum no direction at all.
  @Test(arguments: [(0, 36), (3, 39), (20, 56)])
  func oneOfTwoOppositePeaksIsChosen(one: Int, other: Int) {
    let found = degrees(logits([one: 20, other: 20]))
    let distances = [one, other].map { bin in
      let difference = abs(found - 5 * Double(bin))
      return min(difference, 360 - difference)
    }
    #expect((distances.min() ?? 360) < 1e-3)
    #expect(abs(degrees(logits([one: 20, other: 20.5])) - 5 * Double(other)) < 1e-3)
  }

  @Test func randomLogitsGiveTheReferencesDirection() {
    var stream = RandomStream(seed: 4)
    for _ in 0..<50 {
      let logits = (0..<Compass.binCount).map { _ in Double(Float(stream.uniform(in: -4..<4))) }
      let direction = Compass.answer(of: matrix(logits), row: 1).direction
      let expected = DoubleCompass.direction(logits)
      #expect(abs(Double(direction.x) - expected.cosine) < 1e-5)
      #expect(abs(Double(direction.y) - expected.sine) < 1e-5)
    }
  }

  @Test func notANumberGivesADirection() {
    let direction = Compass.answer(of: matrix([Double](repeating: .nan, count: 72)), row: 1).direction
    #expect((direction * direction).sum() == 1)
  }

  @Test(arguments: [0.0, 2.5, 91, 180, 358.1])
  func exactLabelsHaveNoLoss(degrees: Double) {
    let logits = DoubleCompass.labels(truth(degrees)).map { log(max($0, 1e-300)) }
    let (value, gradient) = loss(logits, truth(degrees))
    #expect(abs(value) < 2e-6)
    #expect(gradient.allSatisfy { abs($0) < 2e-6 })
    // Any other logits lose something.
    #expect(loss(logits, truth(degrees + 1)).value > 1e-3)
    #expect(loss(logits.map { $0 + 7 }, truth(degrees)).value < 1e-5)
  }

  @Test(arguments: [0.0, 33, 178.2, 357])
  func lossAndGradientAreTheReferences(degrees: Double) {
    var stream = RandomStream(seed: 5)
    var logits = (0..<Compass.binCount).map { _ in Double(Float(stream.uniform(in: -3..<3))) }
    let (value, gradient) = loss(logits, truth(degrees), scale: 0.25)
    #expect(abs(Double(value) / DoubleCompass.loss(logits, truth(degrees)) - 1) < 1e-5)
    for bin in logits.indices {
      let (logit, step) = (logits[bin], 1e-5)
      logits[bin] = logit + step
      let above = DoubleCompass.loss(logits, truth(degrees))
      logits[bin] = logit - step
      let below = DoubleCompass.loss(logits, truth(degrees))
      logits[bin] = logit
      #expect(abs(Double(gradient[bin]) - 0.25 * (above - below) / (2 * step)) < 2e-6)
    }
  }

  /// A probability that is 0 in float32 costs much, and is no infinity.
  @Test func certaintyInTheWrongDirectionIsFinite() {
    let (value, gradient) = loss(logits([0: 500]), truth(180))
    #expect(value > 50 && value.isFinite)
    #expect(gradient.allSatisfy { $0.isFinite })
    #expect(abs(gradient[0] - 1) < 1e-6)
    #expect(gradient[36] < -0.3)
  }
}
