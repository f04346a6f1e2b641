import Foundation
import Testing

@testable import Kernels

extension Matrix {
  /// Tells whether the values behind the columns of every row are 0.
  var hasEmptyPadding: Bool {
    (0..<rows).allSatisfy { row in (columns..<paddedColumns).allSatisfy { base[row * stride + $0] == 0 } }
  }
}

extension PanelMatrix {
  /// Tells whether the values behind the columns are 0.
  var hasEmptyPadding: Bool {
    let last = (blockCount - 1) * 48
    let width = paddedColumns - last
    return (0..<rows).allSatisfy { row in
      (columns - last..<width).allSatisfy { base[last * rows + row * width + $0] == 0 }
    }
  }
}

/// Training steps of layers whose widths are no multiples of 16, as images of 9 × 13 and 10 × 10 × 3 pixels have.
@Suite struct OddWidthTests {
  /// rows, pixels, hidden units.
  static let cases = [(8, 117, 20), (5, 300, 33), (12, 64, 7), (7, 527, 50), (4, 9, 3)]

  /// Two steps of an autoencoder with one hidden layer, against plain sums in double precision.
  @Test(arguments: KernelVariant.available, cases)
  func stepsMatchTheReferenceAndPaddingStaysZero(
    variant: KernelVariant, size: (rows: Int, pixels: Int, units: Int)
  ) {
    let (rows, pixels, units) = size
    let autoencoder = SmallAutoencoder(rows: rows, pixels: pixels, units: units)
    var reference = ReferenceAutoencoder(autoencoder)
    for step in 1...2 {
      let losses = autoencoder.step(variant, step)
      let expected = reference.step(step)
      for (loss, expected) in zip(losses, expected) {
        #expect(abs(Double(loss) - expected) < 2e-5 * expected)
      }
      for (weights, expected) in zip(autoencoder.layers, reference.layers) {
        let difference = largestDifference(weights.weights.transposedValues, expected.weights)
        #expect(difference < 2e-5, "step \(step)")
        #expect(largestDifference(weights.bias.row(0), expected.bias) < 2e-5)
      }
    }
    for matrix in autoencoder.matrices { #expect(matrix.hasEmptyPadding) }
    for panel in autoencoder.panels { #expect(panel.hasEmptyPadding) }
  }
}

/// A layer's parameters and moments.
private struct SmallLayer {
  let weights, transposed, firstMoments, secondMoments: PanelMatrix
  let bias, biasGradient, firstBiasMoments, secondBiasMoments: Matrix

  init(inputs: Int, outputs: Int, salt: UInt64) {
    func panel() -> PanelMatrix { PanelMatrix(rows: inputs, columns: outputs) }
    func row() -> Matrix { Matrix(rows: 1, columns: outputs) }
    (weights, firstMoments, secondMoments) = (panel(), panel(), panel())
    transposed = PanelMatrix(rows: outputs, columns: inputs)
    (bias, biasGradient, firstBiasMoments, secondBiasMoments) = (row(), row(), row(), row())
    weights.transposedValues = pattern(inputs * outputs, salt: salt).map { $0 / Float(inputs).squareRoot() }
    bias.setRow(0, to: pattern(outputs, salt: salt + 1))
    weights.transpose(into: transposed)
  }
}

private func factors(_ step: Int) -> AdamFactors {
  // Moderate decays, so that both moments count from the first step on; a large epsilon, so that steps do not depend
  // on the signs of tiny gradients.
  AdamFactors(
    beta1: 0.5, beta2: 0.75, stepSize: 0.01 * Float(step), secondCorrection: 1.5, epsilon: 0.01,
    weightFactor: 0.9)
}

/// An autoencoder of two layers with the kernels.
private final class SmallAutoencoder {
  let rows: Int
  let input, hidden, logits, outputs, gradients, hiddenGradients: Matrix
  let sparse: SparseRows
  let errors: RowValues
  let layers: [SmallLayer]

  init(rows: Int, pixels: Int, units: Int) {
    func matrix(_ columns: Int) -> Matrix { Matrix(rows: rows, columns: columns) }
    self.rows = rows
    (input, logits, outputs, gradients) = (matrix(pixels), matrix(pixels), matrix(pixels), matrix(pixels))
    (hidden, hiddenGradients) = (matrix(units), matrix(units))
    sparse = SparseRows(input)
    errors = RowValues(count: rows)
    for row in 0..<rows { input.setRow(row, to: pattern(pixels, salt: UInt64(row)).map { max(0, $0) }) }
    layers = [
      SmallLayer(inputs: pixels, outputs: units, salt: 40),
      SmallLayer(inputs: units, outputs: pixels, salt: 50),
    ]
  }

  var matrices: [Matrix] {
    [input, hidden, logits, outputs, gradients, hiddenGradients]
      + layers.flatMap { [$0.bias, $0.biasGradient, $0.firstBiasMoments, $0.secondBiasMoments] }
  }

  var panels: [PanelMatrix] {
    layers.flatMap { [$0.weights, $0.transposed, $0.firstMoments, $0.secondMoments] }
  }

  /// Takes one step; returns the squared error of each row.
  func step(_ variant: KernelVariant, _ step: Int) -> [Float] {
    let all = 0..<rows
    variant.findColumns(of: sparse, rows: all)
    variant.findRows(of: sparse, columns: 0..<input.columns, batch: rows)
    variant.forward(
      input, weights: layers[0].weights, bias: layers[0].bias, activation: .rectified, into: hidden,
      rows: all,
      sparse: sparse)
    variant.forward(
      hidden, weights: layers[1].weights, bias: layers[1].bias, activation: .identity, into: logits, rows: all
    )
    variant.sigmoidLoss(
      logits: logits, targets: input, outputs: outputs, gradients: gradients, squaredErrors: errors,
      scale: 0.5,
      rows: all)
    if step == 1 {
      variant.inputGradient(
        gradients, weights: layers[1].weights, mask: hidden, active: nil, into: hiddenGradients, rows: all)
    } else {
      variant.inputGradient(
        gradients, transposed: layers[1].transposed, mask: hidden, into: hiddenGradients, rows: all)
    }
    update(layers[1], variant, step, hidden, gradients, nil)
    update(layers[0], variant, step, input, hiddenGradients, sparse)
    return all.map { errors[$0] }
  }

  private func update(
    _ layer: SmallLayer, _ variant: KernelVariant, _ step: Int, _ input: Matrix, _ gradient: Matrix,
    _ sparse: SparseRows?
  ) {
    let factors = factors(step)
    variant.stepWeights(
      layer.weights, transposed: layer.transposed, firstMoments: layer.firstMoments,
      secondMoments: layer.secondMoments, factors: factors, input: input, outputGradient: gradient,
      batch: rows,
      inputs: 0..<input.columns, sparse: sparse)
    variant.biasGradient(gradient, batch: rows, into: layer.biasGradient)
    variant.adam(
      layer.bias, gradients: layer.biasGradient, firstMoments: layer.firstBiasMoments,
      secondMoments: layer.secondBiasMoments, factors: factors)
  }
}

/// The same autoencoder in double precision, written as plainly as possible.
private struct ReferenceAutoencoder {
  struct Layer {
    /// The weights `[outputs][inputs]`, the bias, and the moments of both.
    var weights, bias: [Double]
    var moments: [[Double]]

    init(_ layer: SmallLayer) {
      weights = layer.weights.transposedValues.map(Double.init)
      bias = layer.bias.row(0).map(Double.init)
      moments = [weights, weights, bias, bias].map { [Double](repeating: 0, count: $0.count) }
    }

    mutating func update(_ input: [[Double]], _ gradient: [[Double]], _ factors: AdamFactors) {
      let inputs = weights.count / bias.count
      for output in bias.indices {
        for column in 0..<inputs {
          let sum = zip(input, gradient).reduce(0) { $0 + $1.0[column] * $1.1[output] }
          Self.move(&weights, &moments, 0, output * inputs + column, sum, factors)
        }
        Self.move(&bias, &moments, 2, output, gradient.reduce(0) { $0 + $1[output] }, factors)
      }
    }

    private static func move(
      _ values: inout [Double], _ moments: inout [[Double]], _ first: Int, _ place: Int, _ gradient: Double,
      _ factors: AdamFactors
    ) {
      let mean = moments[first][place] * Double(factors.beta1) + gradient * Double(factors.gain1)
      let square =
        moments[first + 1][place] * Double(factors.beta2) + gradient * gradient * Double(factors.gain2)
      (moments[first][place], moments[first + 1][place]) = (mean, square)
      let divisor = square.squareRoot() * Double(factors.secondCorrection) + Double(factors.epsilon)
      values[place] =
        values[place] * Double(factors.weightFactor) - Double(factors.stepSize) * mean / divisor
    }

    func outputs(_ input: [Double]) -> [Double] {
      bias.indices.map { output in
        input.indices.reduce(bias[output]) { $0 + input[$1] * weights[output * input.count + $1] }
      }
    }
  }

  var layers: [Layer]
  let input: [[Double]]

  init(_ autoencoder: SmallAutoencoder) {
    layers = autoencoder.layers.map(Layer.init)
    input = (0..<autoencoder.rows).map { autoencoder.input.row($0).map(Double.init) }
  }

  /// Takes one step; returns the squared error of each row.
  mutating func step(_ step: Int) -> [Double] {
    let hidden = input.map { layers[0].outputs($0).map { max(0, $0) } }
    let outputs = hidden.map { layers[1].outputs($0).map { 1 / (1 + exp(-$0)) } }
    let gradients = zip(outputs, input).map { outputs, input in
      zip(outputs, input).map { 0.5 * ($0 - $1) * $0 * (1 - $0) }
    }
    let hiddenGradients = zip(hidden, gradients).map { hidden, gradient in
      hidden.indices.map { unit in
        guard hidden[unit] > 0 else { return 0.0 }
        return gradient.indices.reduce(0) { $0 + gradient[$1] * layers[1].weights[$1 * hidden.count + unit] }
      }
    }
    layers[1].update(hidden, gradients, factors(step))
    layers[0].update(input, hiddenGradients, factors(step))
    return zip(outputs, input).map { zip($0, $1).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
  }
}
