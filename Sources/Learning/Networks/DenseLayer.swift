import Kernels
import Primitives

/// A dense layer, output = input · weightsᵀ + bias, with its weights in the kernels' layout.
final class DenseLayer {
  let place: NetworkArchitecture.Layer
  /// The weights, `[inputs, outputs]`.
  let weights: PanelMatrix
  /// The bias, `[1, outputs]`.
  let bias: Matrix
  /// The transposed copy for the input gradient, `[outputs, inputs]`; nil where there is no input gradient or
  /// it is computed from the weights themselves.
  let transposed: PanelMatrix?

  init(_ place: NetworkArchitecture.Layer) {
    self.place = place
    weights = PanelMatrix(rows: place.inputs, columns: place.outputs)
    bias = Matrix(rows: 1, columns: place.outputs)
    transposed =
      place.hasTransposedCopy ? PanelMatrix(rows: place.outputs, columns: place.inputs) : nil
  }

  var weightName: String { place.name + ".weight" }
  var biasName: String { place.name + ".bias" }

  /// Weights and bias in PyTorch's layout.
  var tensors: [NamedTensor] { tensors(suffix: "", weights: weights, bias: bias) }

  /// Tensors of the same shapes as weights and bias, such as gradients, under their names with `suffix`.
  func tensors(suffix: String, weights: PanelMatrix, bias: Matrix) -> [NamedTensor] {
    [
      NamedTensor(
        name: weightName + suffix, shape: [place.outputs, place.inputs], values: weights.transposedValues),
      NamedTensor(name: biasName + suffix, shape: [place.outputs], values: bias.row(0)),
    ]
  }

  /// Sets weights and bias from values in PyTorch's layout.
  func load(weights newWeights: [Float], bias newBias: [Float]) {
    weights.transposedValues = newWeights
    bias.setRow(0, to: newBias)
    if let transposed { weights.transpose(into: transposed) }
  }

  /// Sets all weights and biases to 0.
  func setToZero() {
    load(
      weights: [Float](repeating: 0, count: place.inputs * place.outputs),
      bias: [Float](repeating: 0, count: place.outputs))
  }

  /// Initializes weights and biases uniformly in ±1/√inputs, as PyTorch's `nn.Linear`.
  func initialize(from stream: RandomStream) {
    let bound = 1 / Double(place.inputs).squareRoot()
    let weightCount = place.inputs * place.outputs
    func value(at position: Int) -> Float { Float((2 * stream.uniform(at: position) - 1) * bound) }
    load(
      weights: (0..<weightCount).map(value),
      bias: (weightCount..<weightCount + place.outputs).map(value))
  }
}
