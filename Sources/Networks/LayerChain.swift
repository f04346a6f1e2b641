import Kernels

/// The buffers of dense layers in a row, with rectifiers between them, and the passes through them.
final class LayerChain {
  let layers: [DenseLayer]
  let input: Matrix
  /// What each layer puts out, after its rectifier if it has one.
  let outputs: [Matrix]
  /// The gradient of what each layer computes before its rectifier.
  let gradients: [Matrix]
  private let kernels: KernelVariant
  private let rectifiesLast: Bool
  /// Where the input of each layer is not zero, if that is looked for.
  private let sparseInputs: [SparseRows?]
  /// Where the last output is not zero, if that is looked for.
  let sparseOutput: SparseRows?

  /// From this width on it pays to look for the zeros of a rectified layer.
  private static let sparseWidth = 256

  /// Buffers for `layers` behind `input`, whose zeros are looked for if `sparseInput` is given.
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

  /// What a layer reads, where that is not zero, and the gradient of what it computes.
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

  /// From `input`, or another matrix instead, to `output`.
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

  /// From the gradient of the last layer to those of all layers and, if it is wanted, of the input.
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
  /// From the gradient of what the layer computes to that of its input.
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
