import Kernels

/// The buffers of successive dense layers with rectifiers between them, and the passes through them.
final class LayerChain {
  let layers: [DenseLayer]
  let input: Matrix
  /// The output of each layer, after its rectifier if it has one.
  let outputs: [Matrix]
  /// The gradient of each layer's output before its rectifier.
  let gradients: [Matrix]
  private let kernels: KernelVariant
  private let rectifiesLast: Bool
  /// The nonzero positions of each layer's input, where they are listed.
  private let sparseInputs: [SparseRows?]
  /// The nonzero positions of the last output, where they are listed.
  let sparseOutput: SparseRows?

  /// The width from which listing the zeros of a rectified layer pays off.
  private static let sparseWidth = 256

  /// Allocates buffers for `layers` behind `input`, whose nonzero positions are in `sparseInput` if it is
  /// given.
  init(
    _ layers: [DenseLayer], input: Matrix, sparseInput: SparseRows?, rectifiesLast: Bool,
    kernels: KernelVariant
  ) {
    self.layers = layers
    self.input = input
    self.kernels = kernels
    self.rectifiesLast = rectifiesLast
    outputs = layers.map { Matrix(rows: input.rows, columns: $0.place.outputs) }
    gradients = layers.map { Matrix(rows: input.rows, columns: $0.place.outputs) }
    let last = layers.count - 1
    let sparse = outputs.enumerated().map { index, output in
      (index < last || rectifiesLast) && output.columns >= Self.sparseWidth ? SparseRows(output) : nil
    }
    sparseInputs = [sparseInput] + sparse.dropLast()
    sparseOutput = sparse.last.flatMap { $0 }
  }

  var output: Matrix { outputs[outputs.count - 1] }
  var outputGradient: Matrix { gradients[gradients.count - 1] }

  /// A layer's input, its nonzero positions, and the gradient of the layer's output.
  struct LayerBuffers {
    let input: Matrix
    let sparseInput: SparseRows?
    let outputGradient: Matrix
  }

  func buffers(_ index: Int) -> LayerBuffers {
    LayerBuffers(
      input: index == 0 ? input : outputs[index - 1], sparseInput: sparseInputs[index],
      outputGradient: gradients[index])
  }

  /// Computes `output` from `input`, or from another matrix.
  func forward(rows: Range<Int>, from other: Matrix? = nil, _ sparseOther: SparseRows? = nil) {
    for (index, layer) in layers.enumerated() {
      let isRectified = index < layers.count - 1 || rectifiesLast
      kernels.forward(
        index == 0 ? other ?? input : outputs[index - 1], weights: layer.weights, bias: layer.bias,
        activation: isRectified ? .rectified : .identity, into: outputs[index], rows: rows,
        sparse: index == 0 && other != nil ? sparseOther : sparseInputs[index])
      let sparseOutput = index + 1 < sparseInputs.count ? sparseInputs[index + 1] : sparseOutput
      if let sparseOutput { kernels.findColumns(of: sparseOutput, rows: rows) }
    }
  }

  /// Computes the gradients of all layers and, if wanted, of the input from that of the last layer.
  func backward(rows: Range<Int>, inputGradient: Matrix? = nil) {
    for index in layers.indices.dropFirst().reversed() {
      layers[index].inputGradient(
        gradients[index], mask: outputs[index - 1], sparse: sparseInputs[index], into: gradients[index - 1],
        rows: rows, kernels: kernels)
    }
    if let inputGradient {
      layers[0].inputGradient(gradients[0], mask: nil, into: inputGradient, rows: rows, kernels: kernels)
    }
  }
}

extension DenseLayer {
  /// Computes the gradient of the layer's input from that of its output.
  func inputGradient(
    _ outputGradient: Matrix, mask: Matrix?, sparse: SparseRows? = nil, accumulating: Bool = false,
    into out: Matrix, rows: Range<Int>, kernels: KernelVariant
  ) {
    guard let transposed else {
      guard let mask, !accumulating else {
        preconditionFailure("no gradient reaches the input of \(place.name)")
      }
      kernels.inputGradient(
        outputGradient, weights: weights, mask: mask, active: sparse, into: out, rows: rows)
      return
    }
    kernels.inputGradient(
      outputGradient, transposed: transposed, mask: mask, accumulating: accumulating, into: out, rows: rows)
  }
}
