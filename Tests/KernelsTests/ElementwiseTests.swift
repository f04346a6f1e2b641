import Foundation
import KernelTypes
import Testing

@testable import Kernels

@Suite struct ElementwiseTests {
  @Test(arguments: KernelVariant.available)
  func sigmoidLossMatchesTheFormula(variant: KernelVariant) {
    let (rows, columns) = (3, 48)
    let matrices = (0..<4).map { _ in Matrix(rows: rows, columns: columns) }
    let (logits, targets, outputs, gradients) = (matrices[0], matrices[1], matrices[2], matrices[3])
    let errors = RowValues(count: rows)
    for row in 0..<rows {
      logits.setRow(row, to: pattern(columns, salt: UInt64(row)).map { $0 * [1, 20, 120][row] })
      targets.setRow(row, to: pattern(columns, salt: UInt64(row + 9)).map { ($0 + 1) / 2 })
    }
    variant.sigmoidLoss(
      logits: logits, targets: targets, outputs: outputs, gradients: gradients, squaredErrors: errors,
      scale: 0.25, rows: 0..<rows)
    for row in 0..<rows {
      var sum = 0.0
      for column in 0..<columns {
        let output = 1 / (1 + exp(-Double(logits[row, column])))
        let difference = output - Double(targets[row, column])
        sum += difference * difference
        #expect(abs(Double(outputs[row, column]) - output) < 2e-7)
        let gradient = 0.25 * difference * output * (1 - output)
        #expect(abs(Double(gradients[row, column]) - gradient) < 1e-7)
      }
      #expect(abs(Double(errors[row]) - sum) < 1e-5 * sum)
    }
  }

  /// A sigmoid that made a number of it would hide that a run diverges.
  @Test(arguments: KernelVariant.available)
  func whatIsNotANumberStaysSo(variant: KernelVariant) {
    let matrices = (0..<3).map { _ in Matrix(rows: 1, columns: 16) }
    let errors = RowValues(count: 1)
    matrices[0].setRow(0, to: [.nan] + [Float](repeating: 1, count: 15))
    variant.sigmoidLoss(
      logits: matrices[0], targets: matrices[1], outputs: matrices[0], gradients: matrices[2],
      squaredErrors: errors, scale: 1, rows: 0..<1)
    #expect(matrices[0].row(0).map(\.isNaN) == [true] + [Bool](repeating: false, count: 15))
    #expect(matrices[2][0, 0].isNaN)
    #expect(errors[0].isNaN)
  }

  @Test(arguments: KernelVariant.available)
  func adamMatchesTheFormula(variant: KernelVariant) {
    let (rows, columns) = (5, 50)
    let matrices = (0..<4).map { _ in PanelMatrix(rows: rows, columns: columns) }
    let (weights, gradients, first, second) = (matrices[0], matrices[1], matrices[2], matrices[3])
    weights.transposedValues = pattern(rows * columns, salt: 1)
    var expected = weights.transposedValues.map(Double.init)
    var moments = [(Double, Double)](repeating: (0, 0), count: rows * columns)
    for step in 1...3 {
      gradients.transposedValues = pattern(rows * columns, salt: UInt64(10 * step))
      let (correction1, correction2) = (1 - pow(0.9, Double(step)), 1 - pow(0.999, Double(step)))
      let factors = AdamFactors(
        beta1: 0.9, beta2: 0.999, stepSize: Float(0.01 / correction1),
        secondCorrection: Float(1 / correction2.squareRoot()), epsilon: 1e-8)
      for part in [0..<2, 2..<rows] {
        variant.adam(
          weights, gradients: gradients, firstMoments: first, secondMoments: second, factors: factors,
          rows: part)
      }
      for (index, gradient) in gradients.transposedValues.map(Double.init).enumerated() {
        moments[index].0 = 0.9 * moments[index].0 + 0.1 * gradient
        moments[index].1 = 0.999 * moments[index].1 + 0.001 * gradient * gradient
        expected[index] -=
          0.01 / correction1 * moments[index].0 / ((moments[index].1 / correction2).squareRoot() + 1e-8)
      }
    }
    for (value, reference) in zip(weights.transposedValues, expected) {
      #expect(abs(Double(value) - reference) < 2e-6)
    }
  }
}
