import Coordinates
import Kernels

extension BatchPass {
  /// Computes the gradients of all layers' outputs that a step of `plan` needs, for some rows, from the decoder
  /// to the encoder's first layer.
  ///
  /// The gradients of weights are products over the whole batch: see `Adam`.
  public func backward(_ plan: StepPlan, rows: Range<Int>, batch: Int) {
    if plan.learning.contains(.decoder) || plan.passesThroughDecoder {
      decoderOutput.backward(self, rows: rows)
      decoder.backward(rows: rows, inputGradient: plan.passesThroughDecoder ? decoderInputGradients : nil)
      if plan.passesThroughDecoder { decoderOutput.splitInputGradient(self, rows: rows) }
    }
    guard !plan.learning.isDisjoint(with: NetworkPart.encoder) else { return }
    if plan.needsEncodedCodes {
      backwardThroughCodes(plan, rows: rows, batch: batch)
      codeEncoder.backward(self, rows: rows)
    }
    if plan.learning.contains(.backbone) {
      backwardThroughHeads(plan, rows: rows)
      backbone.backward(rows: rows)
    }
    if plan.learning.contains(.typedHeads) {
      for chain in codeEncoder.chains { chain.backward(rows: rows) }
    }
  }

  /// Computes the gradients with respect to the encoded codes: from the decoder where it used them, and from
  /// their loss.
  private func backwardThroughCodes(_ plan: StepPlan, rows: Range<Int>, batch: Int) {
    for row in rows {
      let group = group(row, of: plan)
      for columns in codeColumns {
        var gradient = SIMD2<Float>()
        if group.code == .encoded { gradient = codeGradients.code(row: row, columns: columns) }
        if group.coordinateWeight != 0 {
          gradient +=
            (group.coordinateWeight / Float(batch))
            * plan.coordinateLoss.gradient(
              of: codeDifference(row: row, columns: columns), width: columns.count)
        }
        codeGradients.setCode(gradient, row: row, columns: columns)
      }
    }
  }

  /// Accumulates the heads' gradients in the backbone's output; the last one applies the mask.
  private func backwardThroughHeads(_ plan: StepPlan, rows: Range<Int>) {
    let heads = plan.needsEncodedCodes ? codeEncoder.heads : []
    for (index, head) in heads.enumerated() {
      head.layer.inputGradient(
        head.gradient, mask: nil, accumulating: index > 0, into: backbone.outputGradient, rows: rows,
        kernels: kernels)
    }
    network.latentHead.inputGradient(
      latentGradients, mask: backbone.output, accumulating: !heads.isEmpty, into: backbone.outputGradient,
      rows: rows, kernels: kernels)
  }
}

extension BatchPass {
  /// The buffers of a layer's input and output gradient.
  func buffers(of layer: DenseLayer) -> LayerChain.LayerBuffers {
    for chain in [backbone, decoder] + codeEncoder.chains {
      if let index = chain.layers.firstIndex(where: { $0 === layer }) { return chain.buffers(index) }
    }
    let heads = codeEncoder.heads + [(network.latentHead, latentGradients)]
    guard let head = heads.first(where: { $0.layer === layer }) else {
      preconditionFailure("\(layer.place.name) is not a layer of this network")
    }
    return LayerChain.LayerBuffers(
      input: backbone.output, sparseInput: backbone.sparseOutput, outputGradient: head.gradient)
  }

  /// The named gradients of the weights and biases of `parts`, computed from what the last `backward` over
  /// `batch` rows left. For checks; training steps do not store them.
  public func gradients(of parts: Set<NetworkPart>, batch: Int) -> [NamedTensor] {
    network.layers(of: parts).flatMap { layer in
      let weights = PanelMatrix(rows: layer.place.inputs, columns: layer.place.outputs)
      let bias = Matrix(rows: 1, columns: layer.place.outputs)
      let buffers = buffers(of: layer)
      kernels.weightGradient(
        buffers.input, buffers.outputGradient, batch: batch, into: weights, inputs: 0..<layer.place.inputs)
      kernels.biasGradient(buffers.outputGradient, batch: batch, into: bias)
      return layer.tensors(suffix: "", weights: weights, bias: bias)
    }
  }

  /// The weight name of the first layer, in the order of computation, with an output that is not finite in
  /// some rows; nil where all are finite. A rectifier may hide some.
  public func firstNonFiniteWeight(rows: Range<Int>) -> String? {
    func isFinite(_ matrix: Matrix) -> Bool { rows.allSatisfy { matrix.row($0).allSatisfy(\.isFinite) } }
    let heads =
      [(network.latentHead, latents)] + (network.typedHeads.first.map { [($0, encodedCodes)] } ?? [])
    let computed =
      (codeEncoder.chains + [backbone]).flatMap { Array(zip($0.layers, $0.outputs)) } + heads
      + zip(decoder.layers, decoder.outputs)
    return computed.first { !isFinite($0.1) }?.0.weightName
  }
}
