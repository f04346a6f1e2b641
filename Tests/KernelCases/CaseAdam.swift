import KernelInterface

/// Adam in double precision, as its authors write it, with decoupled weight decay.
struct CaseAdam {
  private static let rate = 0.01
  private var parameters, first, second: [Double]
  private var power1 = 1.0
  private var power2 = 1.0
  private let decay: Double

  init(_ start: [Float], decay: Double) {
    self.decay = decay
    parameters = start.map { Double($0) }
    first = [Double](repeating: 0, count: start.count)
    second = first
  }

  mutating func step(_ gradients: [Float]) {
    power1 *= 0.9
    power2 *= 0.999
    for index in gradients.indices {
      let gradient = Double(gradients[index])
      first[index] = 0.9 * first[index] + 0.1 * gradient
      second[index] = 0.999 * second[index] + 0.001 * gradient * gradient
      let mean = first[index] / (1 - power1)
      let square = second[index] / (1 - power2)
      parameters[index] -= Self.rate * decay * parameters[index]
      parameters[index] -= Self.rate * mean / (square.squareRoot() + 1e-8)
    }
  }

  /// The factors of the current step.
  var factors: AdamFactors {
    AdamFactors(
      beta1: 0.9, beta2: 0.999, stepSize: Float(Self.rate / (1 - power1)),
      secondCorrection: Float(1 / (1 - power2).squareRoot()), epsilon: 1e-8,
      weightFactor: Float(1 - Self.rate * decay))
  }

  /// Parameters and moments beside the expected ones.
  func outputs(_ values: [Float], first: [Float], second: [Float]) -> [CaseOutput] {
    [
      CaseOutput("parameters", values, expected: parameters, tolerance: 2e-6),
      CaseOutput("first moments", first, expected: self.first, tolerance: 4e-7),
      CaseOutput("second moments", second, expected: self.second, tolerance: 1e-7),
    ]
  }
}
