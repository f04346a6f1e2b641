import Coordinates
import Kernels

extension BatchPass {
  /// The whole first pass of a training step over some rows: forward, losses, gradients of all inputs.
  ///
  /// - Parameters:
  ///   - batch: the number of rows of the whole batch, over which the losses are means.
  ///   - latentsAreGiven: whether `latents` are filled already and the encoder has nothing to do, which
  ///     takes a plan that reads no codes and leaves the encoder frozen.
  public func run(_ plan: StepPlan, rows: Range<Int>, batch: Int, latentsAreGiven: Bool = false) {
    if !latentsAreGiven { encode(rows: rows, codes: plan.readsCodes) }
    if plan.readsCodes {
      measureCodes(rows: rows)
    }
    assemble(code: plan.code, rows: rows)
    decode(rows: rows, weight: plan.reconstructionWeight, batch: batch)
    if plan.learning.contains(.decoder) || plan.passesThroughDecoder {
      backwardThroughDecoder(toInput: plan.passesThroughDecoder, rows: rows)
    }
    if !plan.learning.isDisjoint(with: NetworkPart.encoder) {
      backwardThroughHeads(plan, rows: rows, batch: batch)
    }
    if plan.learning.contains(.backbone) {
      backwardThroughBackbone(plan, rows: rows)
    }
  }

  private func backwardThroughDecoder(toInput: Bool, rows: Range<Int>) {
    var gradient = outputGradients
    for index in network.decoder.indices.dropFirst().reversed() {
      let out = decoderHiddenGradients[index - 1]
      inputGradient(network.decoder[index], gradient, mask: decoderHidden[index - 1], into: out, rows: rows)
      gradient = out
    }
    if toInput {
      inputGradient(network.decoder[0], gradient, mask: nil, into: decoderInputGradients, rows: rows)
    }
  }

  /// The gradients of latents and raw typed numbers, from the decoder's input and from the code's loss.
  private func backwardThroughHeads(_ plan: StepPlan, rows: Range<Int>, batch: Int) {
    let schema = network.architecture.schema
    if plan.passesThroughDecoder {
      latentGradients.copy(columns: schema.freeColumns, of: decoderInputGradients, to: 0, rows: rows)
    }
    guard plan.readsCodes else { return }
    for (index, coordinate) in schema.typed.enumerated() {
      let columns = codeColumns[index]
      let scale = plan.coordinateWeight * 2 / Float(batch * columns.count)
      for row in rows {
        for (offset, column) in columns.enumerated() {
          let fromDecoder = plan.code == .read ? decoderInputGradients[row, column] : 0
          rawGradients[index][row, offset] =
            fromDecoder + scale * (readCodes[row, column] - inputCodes[row, column])
        }
        coordinate.backpropagate(raw: raw[index], row: row, rawGradient: rawGradients[index])
      }
    }
  }

  private func backwardThroughBackbone(_ plan: StepPlan, rows: Range<Int>) {
    let last = hidden.count - 1
    // The heads share the last hidden layer: their gradients are added up, and the last one masks the sum.
    let headCount = plan.readsCodes ? network.typedHeads.count : 0
    for index in 0..<headCount {
      inputGradient(
        network.typedHeads[index], rawGradients[index], mask: nil, accumulating: index > 0,
        into: hiddenGradients[last], rows: rows)
    }
    inputGradient(
      network.latentHead, latentGradients, mask: hidden[last], accumulating: headCount > 0,
      into: hiddenGradients[last], rows: rows)
    for index in network.backbone.indices.dropFirst().reversed() {
      inputGradient(
        network.backbone[index], hiddenGradients[index], mask: hidden[index - 1],
        into: hiddenGradients[index - 1], rows: rows)
    }
  }

  private func inputGradient(
    _ layer: DenseLayer, _ outputGradient: Matrix, mask: Matrix?, accumulating: Bool = false,
    into out: Matrix, rows: Range<Int>
  ) {
    guard let transposed = layer.transposed else {
      guard let mask, !accumulating else {
        preconditionFailure("no gradient reaches the input of \(layer.place.name)")
      }
      kernels.inputGradient(
        outputGradient, weights: layer.weights, mask: mask, active: sparse(mask), into: out, rows: rows)
      return
    }
    kernels.inputGradient(
      outputGradient, transposed: transposed, mask: mask, accumulating: accumulating, into: out, rows: rows)
  }

  /// The gradients of the weights and biases of `parts`, under their names, from what the last `run` over
  /// `batch` rows left; in memory of their own. Learning steps do without them.
  public func gradients(of parts: Set<NetworkPart>, batch: Int) -> [NamedTensor] {
    network.layers(of: parts).flatMap { layer in
      let weights = PanelMatrix(rows: layer.place.inputs, columns: layer.place.outputs)
      let bias = Matrix(rows: 1, columns: layer.place.outputs)
      let flow = flow(of: layer)
      kernels.weightGradient(
        flow.input, flow.outputGradient, batch: batch, into: weights, inputs: 0..<layer.place.inputs)
      kernels.biasGradient(flow.outputGradient, batch: batch, into: bias)
      return layer.tensors(suffix: "", weights: weights, bias: bias)
    }
  }

  /// A layer's input and the gradient of its output, as the first pass left them.
  func flow(of layer: DenseLayer) -> (input: Matrix, outputGradient: Matrix) {
    if let index = network.backbone.firstIndex(where: { $0 === layer }) {
      return (index == 0 ? inputs : hidden[index - 1], hiddenGradients[index])
    }
    if let index = network.typedHeads.firstIndex(where: { $0 === layer }) {
      return (hidden[hidden.count - 1], rawGradients[index])
    }
    if layer === network.latentHead {
      return (hidden[hidden.count - 1], latentGradients)
    }
    guard let index = network.decoder.firstIndex(where: { $0 === layer }) else {
      preconditionFailure("\(layer.place.name) is not a layer of this network")
    }
    return (
      index == 0 ? decoderInputs : decoderHidden[index - 1],
      index == network.decoder.count - 1 ? outputGradients : decoderHiddenGradients[index]
    )
  }
}
