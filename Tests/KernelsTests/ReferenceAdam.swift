import Foundation

@testable import Kernels

/// Adam in `Double`, as its authors write it, with AdamW's decoupled weight decay.
struct ReferenceAdam {
  private(set) var parameters: [Double]
  private var first: [Double]
  private var second: [Double]
  private var steps = 0.0
  private let rate = 0.01
  private let decay: Double

  init(_ start: [Float], decay: Double = 0) {
    self.decay = decay
    parameters = start.map(Double.init)
    first = start.map { _ in 0 }
    second = first
  }

  mutating func step(_ gradients: [Float]) {
    steps += 1
    for (index, gradient) in gradients.map(Double.init).enumerated() {
      first[index] = 0.9 * first[index] + 0.1 * gradient
      second[index] = 0.999 * second[index] + 0.001 * gradient * gradient
      let mean = first[index] / (1 - pow(0.9, steps))
      let square = second[index] / (1 - pow(0.999, steps))
      parameters[index] -= rate * decay * parameters[index]
      parameters[index] -= rate * mean / (square.squareRoot() + 1e-8)
    }
  }

  /// The factors of the current step.
  var factors: AdamFactors {
    AdamFactors(
      beta1: 0.9, beta2: 0.999, stepSize: Float(rate / (1 - pow(0.9, steps))),
      secondCorrection: Float(1 / (1 - pow(0.999, steps)).squareRoot()), epsilon: 1e-8,
      weightFactor: Float(1 - rate * decay))
  }
}
