import KernelCases
import Primitives
import Testing

@testable import Kernels

/// Numbers in [−1, 1) without order, the same in every run.
func pattern(_ count: Int, salt: UInt64) -> [Float] {
  let stream = RandomStream(seed: salt)
  return (0..<count).map { Float(2 * stream.uniform(at: $0) - 1) }
}

@Suite struct ProductTests {
  /// rows, inputs, outputs.
  static let shapes = LayerSize.dense.map { ($0.rows, $0.inputs, $0.outputs) }

  @Test(arguments: KernelVariant.available)
  func forwardMatchesTheReference(variant: KernelVariant) {
    for (rows, inputs, outputs) in Self.shapes {
      let layer = Layer(rows: rows, inputs: inputs, outputs: outputs)
      let out = Matrix(rows: rows, columns: outputs)
      variant.forward(
        layer.input, weights: layer.weights, bias: layer.bias, activation: .rectified, into: out,
        rows: 0..<rows)
      let product = Reference.product(
        layer.inputValues, Reference.transposed(layer.weightValues, rows: outputs, columns: inputs),
        rows: rows, depth: inputs, columns: outputs)
      for row in 0..<rows {
        for column in 0..<outputs {
          let expected = max(0, product[row * outputs + column] + layer.biasValues[column])
          expectClose(out[row, column], expected, terms: inputs)
        }
      }
    }
  }

  @Test(arguments: KernelVariant.available)
  func inputGradientMatchesTheReference(variant: KernelVariant) {
    for (rows, inputs, outputs) in Self.shapes {
      let layer = Layer(rows: rows, inputs: inputs, outputs: outputs)
      let out = Matrix(rows: rows, columns: inputs)
      let transposed = PanelMatrix(rows: outputs, columns: inputs)
      layer.weights.transpose(into: transposed)
      variant.inputGradient(
        layer.outputGradient, transposed: transposed, mask: layer.input, into: out, rows: 0..<rows)
      let product = Reference.product(
        layer.gradientValues, layer.weightValues, rows: rows, depth: outputs, columns: inputs)
      for row in 0..<rows {
        for column in 0..<inputs {
          let expected = layer.input[row, column] > 0 ? product[row * inputs + column] : 0
          expectClose(out[row, column], expected, terms: outputs)
        }
      }
    }
  }

  @Test(arguments: KernelVariant.available)
  func weightAndBiasGradientsMatchTheReference(variant: KernelVariant) {
    for (rows, inputs, outputs) in Self.shapes {
      let layer = Layer(rows: rows, inputs: inputs, outputs: outputs)
      let weightGradient = PanelMatrix(rows: inputs, columns: outputs)
      let biasGradient = Matrix(rows: 1, columns: outputs)
      let middle = inputs / 3
      for part in [0..<middle, middle..<inputs] {
        variant.weightGradient(
          layer.input, layer.outputGradient, batch: rows, into: weightGradient, inputs: part)
      }
      variant.biasGradient(layer.outputGradient, batch: rows, into: biasGradient)
      let gradientTransposed = Reference.transposed(layer.gradientValues, rows: rows, columns: outputs)
      let product = Reference.product(
        gradientTransposed, layer.inputValues, rows: outputs, depth: rows, columns: inputs)
      for (value, expected) in zip(weightGradient.transposedValues, product) {
        expectClose(value, expected, terms: rows)
      }
      for column in 0..<outputs {
        let expected = (0..<rows).reduce(Float(0)) { $0 + layer.gradientValues[$1 * outputs + column] }
        expectClose(biasGradient[0, column], expected, terms: rows)
      }
    }
  }

  /// However rows are cut into ranges, each result has the same bits.
  @Test(arguments: KernelVariant.available)
  func resultsDoNotDependOnTheRange(variant: KernelVariant) {
    let layer = Layer(rows: 23, inputs: 61, outputs: 100)
    let whole = Matrix(rows: 23, columns: 100)
    let parts = Matrix(rows: 23, columns: 100)
    variant.forward(
      layer.input, weights: layer.weights, bias: layer.bias, activation: .identity, into: whole, rows: 0..<23)
    for part in [0..<1, 1..<4, 4..<11, 11..<23] {
      variant.forward(
        layer.input, weights: layer.weights, bias: layer.bias, activation: .identity, into: parts, rows: part)
    }
    for row in 0..<23 { #expect(whole.row(row) == parts.row(row)) }
  }

  /// A range of no rows or inputs writes nothing.
  @Test(arguments: KernelVariant.available)
  func emptyRangesWriteNothing(variant: KernelVariant) {
    let layer = Layer(rows: 4, inputs: 6, outputs: 20)
    let out = Matrix(rows: 4, columns: 20)
    variant.forward(
      layer.input, weights: layer.weights, bias: layer.bias, activation: .identity, into: out, rows: 2..<2)
    #expect((0..<4).allSatisfy { out.row($0) == [Float](repeating: 0, count: 20) })
    let gradient = PanelMatrix(rows: 6, columns: 20)
    variant.weightGradient(layer.input, layer.outputGradient, batch: 4, into: gradient, inputs: 3..<3)
    #expect(gradient.transposedValues.allSatisfy { $0 == 0 })
    variant.weightGradient(layer.input, layer.outputGradient, batch: 0, into: gradient, inputs: 0..<6)
    #expect(gradient.transposedValues.allSatisfy { $0 == 0 })
  }
}

/// Sums of `terms` products of numbers up to 1 may differ by rounding only.
func expectClose(_ value: Float, _ expected: Float, terms: Int) {
  let tolerance = 2e-7 * Float(max(terms, 4))
  #expect(abs(value - expected) <= tolerance, "\(value) is not \(expected)")
}

/// A dense layer's matrices, filled with a pattern.
struct Layer {
  let input, bias, outputGradient: Matrix
  let weights: PanelMatrix
  let inputValues, weightValues, biasValues, gradientValues: [Float]

  /// A layer of that size; the fraction `zeros` of its inputs is 0.
  init(rows: Int, inputs: Int, outputs: Int, zeros: Double = 0) {
    let isZero = pattern(rows * inputs, salt: 5).map { Double($0 + 1) / 2 < zeros }
    inputValues = zip(pattern(rows * inputs, salt: 1), isZero).map { $1 ? 0 : $0 }
    weightValues = pattern(outputs * inputs, salt: 2)
    biasValues = pattern(outputs, salt: 3)
    gradientValues = pattern(rows * outputs, salt: 4)
    input = Matrix(rows: rows, columns: inputs)
    bias = Matrix(rows: 1, columns: outputs)
    outputGradient = Matrix(rows: rows, columns: outputs)
    weights = PanelMatrix(rows: inputs, columns: outputs)
    weights.transposedValues = weightValues
    bias.setRow(0, to: biasValues)
    for row in 0..<rows {
      input.setRow(row, to: Array(inputValues[row * inputs..<(row + 1) * inputs]))
      outputGradient.setRow(row, to: Array(gradientValues[row * outputs..<(row + 1) * outputs]))
    }
  }
}

extension KernelVariant: CustomTestStringConvertible {
  /// The variant's name.
  public var testDescription: String { name }
}
