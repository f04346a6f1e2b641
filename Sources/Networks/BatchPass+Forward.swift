import Coordinates
import Kernels

extension BatchPass {
  /// Inputs to free latents and, if asked for, to read codes.
  public func encode(rows: Range<Int>, codes: Bool = true) {
    kernels.findColumns(of: sparseInputs, rows: rows)
    var current = inputs
    for (layer, out) in zip(network.backbone, hidden) {
      forward(layer, current, .rectified, out, rows)
      current = out
    }
    forward(network.latentHead, current, .identity, latents, rows)
    guard codes else { return }
    let schema = network.architecture.schema
    for (index, head) in network.typedHeads.enumerated() {
      forward(head, current, .identity, raw[index], rows)
      for row in rows {
        schema.typed[index].encode(
          raw: raw[index], row: row, into: readCodes, column: schema.codeColumns[index].lowerBound)
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

  /// Decoder inputs to outputs, with the squared error of each row against `targets` and the gradient of
  /// `weight` · mean squared error over `batch` rows.
  public func decode(rows: Range<Int>, weight: Float, batch: Int) {
    var current = decoderInputs
    for (layer, out) in zip(network.decoder, decoderHidden) {
      forward(layer, current, .rectified, out, rows)
      current = out
    }
    forward(network.decoder[network.decoder.count - 1], current, .identity, outputs, rows)
    kernels.sigmoidLoss(
      logits: outputs, targets: targets, outputs: outputs, gradients: outputGradients,
      squaredErrors: squaredErrors, scale: weight * 2 / Float(batch * outputs.columns), rows: rows)
  }

  /// The error of the read codes against `inputCodes`, of each row.
  public func measureCodes(rows: Range<Int>) {
    let columns = network.architecture.schema.codeColumns
    for row in rows {
      var error: Float = 0
      for range in columns {
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
      sparse: input === inputs ? sparseInputs : nil)
  }
}
