import Foundation
import KernelCases
import KernelInterface
import Testing

@testable import Kernels

@Suite struct ElementwiseTests {
  static let widths = KernelCase.widths

  @Test(arguments: KernelVariant.available, widths)
  func sigmoidLossMatchesTheFormula(variant: KernelVariant, columns: Int) {
    let rows = 3
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
    for matrix in matrices { #expect(matrix.hasEmptyPadding) }
  }

  /// A sigmoid that made a number of it would hide that a run diverges.
  @Test(arguments: KernelVariant.available)
  func notANumberPropagates(variant: KernelVariant) {
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
  func outputsAndGradientsAreOptional(variant: KernelVariant) {
    let matrices = (0..<3).map { _ in Matrix(rows: 2, columns: 32) }
    let errors = [RowValues(count: 2), RowValues(count: 2)]
    for row in 0..<2 {
      matrices[0].setRow(row, to: pattern(32, salt: UInt64(row)))
      matrices[1].setRow(row, to: pattern(32, salt: UInt64(row + 5)))
    }
    variant.sigmoidLoss(
      logits: matrices[0], targets: matrices[1], outputs: nil, gradients: nil, squaredErrors: errors[0],
      scale: 1, rows: 0..<2)
    variant.sigmoidLoss(
      logits: matrices[0], targets: matrices[1], outputs: nil, gradients: matrices[2],
      squaredErrors: errors[1], scale: 1, rows: 0..<2)
    #expect(matrices[0].row(0) == pattern(32, salt: 0))
    #expect(errors[0][1] == errors[1][1] && errors[0][1] > 0)
    #expect(matrices[2].row(1).contains { $0 != 0 })
  }

  @Test(arguments: KernelVariant.available, widths)
  func sigmoidAndItsGradientMatchTheFormula(variant: KernelVariant, columns: Int) {
    let rows = 4
    let matrices = (0..<3).map { _ in Matrix(rows: rows, columns: columns) }
    let (logits, outputs, gradients) = (matrices[0], matrices[1], matrices[2])
    for row in 0..<rows {
      logits.setRow(row, to: pattern(columns, salt: UInt64(row)).map { $0 * [1, 1, 20, 120][row] })
      gradients.setRow(row, to: pattern(columns, salt: UInt64(row + 9)))
    }
    logits[2, 0] = .nan
    // The first row is none of those asked for.
    variant.sigmoid(logits, into: outputs, rows: 1..<rows)
    let before = (0..<rows).map(gradients.row)
    variant.sigmoidBackward(outputs, gradients: gradients, rows: 1..<rows)
    #expect(outputs.row(0).allSatisfy { $0 == 0 })
    #expect(gradients.row(0) == before[0])
    #expect(outputs[2, 0].isNaN && gradients[2, 0].isNaN)
    for row in 1..<rows {
      for column in 0..<columns where (row, column) != (2, 0) {
        let output = 1 / (1 + exp(-Double(logits[row, column])))
        #expect(abs(Double(outputs[row, column]) - output) < 2e-7)
        let gradient = Double(before[row][column]) * output * (1 - output)
        #expect(abs(Double(gradients[row, column]) - gradient) < 2e-7)
      }
    }
    for matrix in matrices { #expect(matrix.hasEmptyPadding) }
  }

  @Test(arguments: KernelVariant.available, widths.map { ($0, true) } + [(48, false), (117, false)])
  func squaredLossMatchesTheFormula(variant: KernelVariant, kind: (columns: Int, wantsGradients: Bool)) {
    let (rows, columns, wantsGradients) = (4, kind.columns, kind.wantsGradients)
    let matrices = (0..<3).map { _ in Matrix(rows: rows, columns: columns) }
    let (outputs, targets, gradients) = (matrices[0], matrices[1], matrices[2])
    let errors = RowValues(count: rows)
    for row in 0..<rows {
      outputs.setRow(row, to: pattern(columns, salt: UInt64(row)))
      targets.setRow(row, to: pattern(columns, salt: UInt64(row + 9)))
    }
    variant.squaredLoss(
      outputs: outputs, targets: targets, gradients: wantsGradients ? gradients : nil, squaredErrors: errors,
      scale: 0.25, rows: 1..<rows)
    #expect(errors[0] == 0)
    #expect(gradients.row(0).allSatisfy { $0 == 0 })
    for row in 1..<rows {
      var sum = 0.0
      for column in 0..<columns {
        let difference = Double(outputs[row, column]) - Double(targets[row, column])
        sum += difference * difference
        let gradient = wantsGradients ? 0.25 * difference : 0
        #expect(abs(Double(gradients[row, column]) - gradient) < 1e-7)
      }
      #expect(abs(Double(errors[row]) - sum) < 1e-5 * sum)
    }
    for matrix in matrices { #expect(matrix.hasEmptyPadding) }
  }

  /// Without a decay, and with one as large as a step's.
  @Test(arguments: KernelVariant.available, [(50, 0.0), (50, 2), (117, 0), (300, 2), (17, 2)])
  func adamMatchesTheFormula(variant: KernelVariant, kind: (count: Int, decay: Double)) {
    let (count, decay) = kind
    let matrices = (0..<4).map { _ in Matrix(rows: 1, columns: count) }
    let (bias, gradients, first, second) = (matrices[0], matrices[1], matrices[2], matrices[3])
    bias.setRow(0, to: pattern(count, salt: 1))
    var reference = ReferenceAdam(bias.row(0), decay: decay)
    for step in 1...3 {
      gradients.setRow(0, to: pattern(count, salt: UInt64(10 * step)))
      reference.step(gradients.row(0))
      for columns in [0..<16, 16..<bias.paddedColumns] {
        variant.adam(
          bias, gradients: gradients, firstMoments: first, secondMoments: second, factors: reference.factors,
          columns: columns)
      }
    }
    for (value, expected) in zip(bias.row(0), reference.parameters) {
      #expect(abs(Double(value) - expected) < 2e-6)
    }
    for matrix in matrices { #expect(matrix.hasEmptyPadding) }
  }

  /// With weight decay a parameter without a gradient decays exactly once.
  @Test(arguments: KernelVariant.available)
  func decayNeedsNoGradient(variant: KernelVariant) {
    let matrices = (0..<4).map { _ in Matrix(rows: 1, columns: 16) }
    matrices[0].setRow(0, to: pattern(16, salt: 1))
    variant.adam(
      matrices[0], gradients: matrices[1], firstMoments: matrices[2], secondMoments: matrices[3],
      factors: AdamFactors(
        beta1: 0.9, beta2: 0.999, stepSize: 0.01, secondCorrection: 31, epsilon: 1e-8, weightFactor: 0.75))
    #expect(matrices[0].row(0) == pattern(16, salt: 1).map { $0 * 0.75 })
  }

  /// A gradient of 0 moves nothing, whatever the estimate of 1 ÷ √0 is.
  @Test(arguments: KernelVariant.available)
  func adamWithoutGradientChangesNothing(variant: KernelVariant) {
    let matrices = (0..<4).map { _ in Matrix(rows: 1, columns: 16) }
    matrices[0].setRow(0, to: pattern(16, salt: 1))
    variant.adam(
      matrices[0], gradients: matrices[1], firstMoments: matrices[2], secondMoments: matrices[3],
      factors: AdamFactors(beta1: 0.9, beta2: 0.999, stepSize: 0.01, secondCorrection: 31, epsilon: 1e-8))
    #expect(matrices[0].row(0) == pattern(16, salt: 1))
  }

  @Test(arguments: KernelVariant.available)
  func everyByteIsRoundedOnce(variant: KernelVariant) {
    for count in [256, 250, 17, 3] {
      let bytes = (0..<count).map { UInt8($0) }
      let matrix = Matrix(rows: 1, columns: count)
      matrix.setRow(0, toPixels: bytes.span, kernels: variant)
      #expect(matrix.row(0) == bytes.map { Float($0) / 255 })
    }
  }
}
