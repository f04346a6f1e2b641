import Coordinates
import Kernels

extension BatchPass {
  /// Inputs to free latents and, if asked for, to read codes.
  public func encode(rows: Range<Int>, codes: Bool = true) {
    findColumns(inputs, rows)
    var current = inputs
    for (layer, out) in zip(network.backbone, hidden) {
      forward(layer, current, .rectified, out, rows)
      current = out
    }
    forward(network.latentHead, current, .identity, latents, rows)
    guard codes else { return }
    for (index, head) in network.typedHeads.enumerated() {
      forward(head, current, .identity, raw[index], rows)
      let coordinate = network.architecture.schema.typed[index]
      for row in rows {
        coordinate.encode(
          raw: raw[index], row: row, into: readCodes, column: codeColumns[index].lowerBound)
      }
    }
  }

  /// Puts codes and the encoder's latents together to the decoder's input.
  public func assemble(code source: StepPlan.CodeSource, rows: Range<Int>) {
    let schema = network.architecture.schema
    let codes = source == .read ? readCodes : targetCodes
    decoderInputs.copy(columns: 0..<schema.codeWidth, of: codes, to: 0, rows: rows)
    decoderInputs.copy(
      columns: 0..<schema.freeCount, of: latents, to: schema.freeColumns.lowerBound, rows: rows)
  }

  /// Decoder inputs to outputs, with the squared error of each row against its target and, where a weight is
  /// given, the gradient of `weight` · mean squared error over `batch` rows.
  public func decode(rows: Range<Int>, weight: Float? = nil, batch: Int = 1) {
    var current = decoderInputs
    for (layer, out) in zip(network.decoder, decoderHidden) {
      forward(layer, current, .rectified, out, rows)
      current = out
    }
    forward(network.decoder[network.decoder.count - 1], current, .identity, outputs, rows)
    kernels.sigmoidLoss(
      logits: outputs, targets: targetsAreInputs ? inputs : targets, outputs: keepsOutputs ? outputs : nil,
      gradients: weight == nil ? nil : outputGradients, squaredErrors: squaredErrors,
      scale: (weight ?? 0) * 2 / Float(batch * outputs.columns), rows: rows)
  }

  /// The error of the read codes against `inputCodes`, of each row.
  public func measureCodes(rows: Range<Int>) {
    for row in rows {
      var error: Float = 0
      for range in codeColumns {
        var sum: Float = 0
        for column in range {
          let difference = readCodes[row, column] - inputCodes[row, column]
          sum += difference * difference
        }
        error += sum / Float(range.count)
      }
      codeErrors[row] = error
    }
  }

  private func forward(
    _ layer: DenseLayer, _ input: Matrix, _ activation: KernelVariant.Activation, _ out: Matrix,
    _ rows: Range<Int>
  ) {
    kernels.forward(
      input, weights: layer.weights, bias: layer.bias, activation: activation, into: out, rows: rows,
      sparse: sparse(input))
    findColumns(out, rows)
  }

  private func findColumns(_ matrix: Matrix, _ rows: Range<Int>) {
    if let sparse = sparse(matrix) { kernels.findColumns(of: sparse, rows: rows) }
  }
}
