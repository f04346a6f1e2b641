import KernelInterface

extension KernelCase {
  /// Numbers of columns that fill vectors and that do not: 13 × 9 and 10 × 10 × 3 pixels, and fewer than a vector.
  public static let widths = [48, 3, 15, 117, 300]

  static var elementwise: [KernelCase] {
    var cases: [KernelCase] = []
    for columns in widths {
      cases.append(KernelCase("sigmoid loss", [columns]) { sigmoidLoss($0, $1, columns) })
      cases.append(KernelCase("sigmoid", [columns]) { sigmoid($0, $1, columns) })
      cases.append(KernelCase("squared loss", [columns]) { squaredLoss($0, $1, columns) })
      for decay in [0.0, 2] {
        cases.append(KernelCase("adam", [columns]) { adam($0, $1, columns, decay: decay) })
      }
      cases.append(KernelCase("adam without gradient", [columns]) { adamWithoutGradient($0, $1, columns) })
    }
    for count in [1, 3, 15, 16, 17, 255, 256, 784] {
      cases.append(KernelCase("bytes as numbers", [count]) { unitNumbers($0, $1, count) })
    }
    return cases
  }

  /// Logits with factors 1, 20 and 120, so that sigmoids saturate, and one that is not a number.
  private static func logits(_ memory: CaseMemory, _ columns: Int) -> CaseMatrix {
    let logits = CaseMatrix(memory, rows: 4, columns: columns, seed: 11)
    for column in 0..<columns {
      logits[1, column] *= 20
      logits[2, column] *= 120
    }
    logits[3, columns / 2] = .nan
    return logits
  }

  /// 1 ÷ (1 + e^−x); NaN stays NaN.
  private static func logistic(_ x: Float) -> Double { x.isNaN ? .nan : 1 / (1 + exponential(-Double(x))) }

  /// The rows 1, 2 and 3 of four: the first is none of those asked for.
  private static func sigmoidLoss(_ table: KernelTable, _ memory: CaseMemory, _ columns: Int) -> [CaseOutput]
  {
    let logits = logits(memory, columns)
    let targets = CaseMatrix(memory, rows: 4, columns: columns, seed: 12)
    let outputs = CaseMatrix(memory, rows: 4, columns: columns)
    let gradients = CaseMatrix(memory, rows: 4, columns: columns)
    let (losses, same) = (memory.floats(4), memory.floats(4))
    table.sigmoidLoss(
      SigmoidLossArguments(
        rows: 1..<4, columns: columns, stride: logits.stride, logits: logits.base, targets: targets.base,
        outputs: outputs.base, gradients: gradients.base, rowLosses: losses, scale: 0.25))
    table.sigmoidLoss(
      SigmoidLossArguments(
        rows: 1..<4, columns: columns, stride: logits.stride, logits: logits.base, targets: targets.base,
        outputs: nil, gradients: nil, rowLosses: same, scale: 0.25))
    var (expected, expectedGradients) = ([Double](), [Double]())
    var sums = [0.0, 0, 0, 0]
    for row in 0..<4 {
      for column in 0..<columns {
        let output = row == 0 ? 0 : logistic(logits[row, column])
        let difference = output - Double(targets[row, column])
        expected.append(output)
        expectedGradients.append(row == 0 ? 0 : 0.25 * difference * output * (1 - output))
        sums[row] += row == 0 ? 0 : difference * difference
      }
    }
    return [
      CaseOutput("outputs", outputs.values, expected: expected, tolerance: 2e-7),
      CaseOutput("gradients", gradients.values, expected: expectedGradients, tolerance: 1e-7),
      CaseOutput("losses", values(losses, 4), expected: sums, tolerance: 1e-5 * (sums[1] + sums[2])),
      CaseOutput("losses alone", values(same, 4), same: values(losses, 4)),
      CaseOutput(paddingOf: outputs.padding), CaseOutput(paddingOf: gradients.padding),
    ]
  }

  private static func values(_ memory: UnsafeMutablePointer<Float>, _ count: Int) -> [Float] {
    (0..<count).map { memory[$0] }
  }

  private static func sigmoid(_ table: KernelTable, _ memory: CaseMemory, _ columns: Int) -> [CaseOutput] {
    let logits = logits(memory, columns)
    let outputs = CaseMatrix(memory, rows: 4, columns: columns)
    let gradients = CaseMatrix(memory, rows: 4, columns: columns, seed: 13)
    let before = gradients.values
    table.sigmoid(
      SigmoidArguments(
        rows: 1..<4, columns: columns, stride: logits.stride, logits: logits.base, outputs: outputs.base))
    table.sigmoidBackward(
      SigmoidBackwardArguments(
        rows: 1..<4, columns: columns, stride: logits.stride, outputs: outputs.base, gradients: gradients.base
      ))
    var (expected, expectedGradients) = ([Double](), [Double]())
    for row in 0..<4 {
      for column in 0..<columns {
        let output = row == 0 ? 0 : logistic(logits[row, column])
        let gradient = Double(before[row * columns + column])
        expected.append(output)
        expectedGradients.append(row == 0 ? gradient : gradient * output * (1 - output))
      }
    }
    return [
      CaseOutput("outputs", outputs.values, expected: expected, tolerance: 2e-7),
      CaseOutput("gradients", gradients.values, expected: expectedGradients, tolerance: 2e-7),
      CaseOutput(paddingOf: outputs.padding), CaseOutput(paddingOf: gradients.padding),
    ]
  }

  private static func squaredLoss(_ table: KernelTable, _ memory: CaseMemory, _ columns: Int) -> [CaseOutput]
  {
    let outputs = CaseMatrix(memory, rows: 4, columns: columns, seed: 14)
    let targets = CaseMatrix(memory, rows: 4, columns: columns, seed: 15)
    let gradients = CaseMatrix(memory, rows: 4, columns: columns)
    let (losses, same) = (memory.floats(4), memory.floats(4))
    for (gradients, losses) in [(Optional(gradients.base), losses), (nil, same)] {
      table.squaredLoss(
        SquaredLossArguments(
          rows: 1..<4, columns: columns, stride: outputs.stride, outputs: outputs.base, targets: targets.base,
          gradients: gradients, rowLosses: losses, scale: 0.25))
    }
    var expected: [Double] = []
    var sums = [0.0, 0, 0, 0]
    for row in 0..<4 {
      for column in 0..<columns {
        let difference = row == 0 ? 0 : Double(outputs[row, column]) - Double(targets[row, column])
        expected.append(0.25 * difference)
        sums[row] += difference * difference
      }
    }
    return [
      CaseOutput("gradients", gradients.values, expected: expected, tolerance: 1e-7),
      CaseOutput("losses", values(losses, 4), expected: sums, tolerance: 1e-5 * sums[1]),
      CaseOutput("losses alone", values(same, 4), same: values(losses, 4)),
      CaseOutput(paddingOf: gradients.padding),
    ]
  }

  /// Three steps, in two ranges of parameters.
  private static func adam(
    _ table: KernelTable, _ memory: CaseMemory, _ count: Int, decay: Double
  ) -> [CaseOutput] {
    let parameters = CaseMatrix(memory, rows: 1, columns: count, seed: 16)
    let (first, second) = (
      CaseMatrix(memory, rows: 1, columns: count), CaseMatrix(memory, rows: 1, columns: count)
    )
    var reference = CaseAdam(parameters.values, decay: decay)
    for step in 1...3 {
      let gradients = CaseMatrix(memory, rows: 1, columns: count, seed: 16 + step)
      reference.step(gradients.values)
      for part in [0..<16, 16..<padded(count)] where !part.isEmpty {
        table.adam(
          AdamArguments(
            count: part.count, parameters: parameters.base + part.lowerBound,
            gradients: gradients.base + part.lowerBound, firstMoments: first.base + part.lowerBound,
            secondMoments: second.base + part.lowerBound, factors: reference.factors))
      }
    }
    return reference.outputs(parameters.values, first: first.values, second: second.values) + [
      CaseOutput(paddingOf: parameters.padding)
    ]
  }

  /// A gradient of 0 changes nothing, whatever the estimate of 1 ÷ √0 is; with decay parameters decay exactly once.
  private static func adamWithoutGradient(
    _ table: KernelTable, _ memory: CaseMemory, _ count: Int
  ) -> [CaseOutput] {
    let parameters = CaseMatrix(memory, rows: 1, columns: count, seed: 20)
    let start = parameters.values
    let others = (0..<3).map { _ in CaseMatrix(memory, rows: 1, columns: count) }
    func step(_ factor: Float) -> [Float] {
      table.adam(
        AdamArguments(
          count: padded(count), parameters: parameters.base, gradients: others[0].base,
          firstMoments: others[1].base, secondMoments: others[2].base,
          factors: AdamFactors(
            beta1: 0.9, beta2: 0.999, stepSize: 0.01, secondCorrection: 31, epsilon: 1e-8,
            weightFactor: factor)))
      return parameters.values
    }
    return [
      CaseOutput("parameters", step(1), same: start),
      CaseOutput("decayed parameters", step(0.75), same: start.map { $0 * 0.75 }),
    ]
  }

  /// Every byte ÷ 255, correctly rounded.
  private static func unitNumbers(_ table: KernelTable, _ memory: CaseMemory, _ count: Int) -> [CaseOutput] {
    let (bytes, out) = (memory.bytes(count), memory.floats(count))
    for index in 0..<count { bytes[index] = UInt8(truncatingIfNeeded: index) }
    table.unitNumbers(UnitNumberArguments(count: count, bytes: bytes, out: out))
    return [CaseOutput("numbers", values(out, count), same: (0..<count).map { Float(bytes[$0]) / 255 })]
  }
}
