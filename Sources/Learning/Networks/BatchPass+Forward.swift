import Coordinates
import Kernels

extension BatchPass {
  /// Runs the encoder and decoder as a step of `plan` needs it, for some rows.
  ///
  /// - Parameter latentsAreGiven: `latents` are filled already and the encoder is skipped; requires a plan
  ///   without encoded codes and with a frozen encoder.
  public func forward(_ plan: StepPlan, rows: Range<Int>, latentsAreGiven: Bool = false) {
    if !latentsAreGiven { encode(rows: rows, codes: plan.needsEncodedCodes, learns: true) }
    assemble(plan, rows: rows)
    decoder.forward(rows: rows)
    decoderOutput.forward(self, rows: rows)
  }

  /// Encodes inputs as free latents and, if `codes`, as typed codes.
  ///
  /// Unless `learns`, a staged encoder's compass averages over four quarter turns.
  public func encode(rows: Range<Int>, codes: Bool = true, learns: Bool = false) {
    findInputColumns(rows: rows)
    codeEncoder.prepare(self, rows: rows, averagesQuarterTurns: !learns)
    backbone.forward(rows: rows)
    applyHead(network.latentHead, into: latents, rows: rows)
    if codes { codeEncoder.encode(self, rows: rows) }
  }

  /// Computes a head from the backbone's output.
  func applyHead(_ head: DenseLayer, into out: Matrix, rows: Range<Int>) {
    kernels.forward(
      backbone.output, weights: head.weights, bias: head.bias, activation: .identity, into: out, rows: rows,
      sparse: backbone.sparseOutput)
  }

  /// Assembles the decoder's input from codes and latents.
  public func assemble(code source: StepPlan.CodeSource, rows: Range<Int>) {
    let codes = source == .encoded ? encodedCodes : targetCodes
    decodedCodes.copy(columns: 0..<codes.columns, of: codes, to: 0, rows: rows)
    decoderOutput.assemble(self, rows: rows)
  }

  /// Assembles the decoder's input with the code of each row's group.
  private func assemble(_ plan: StepPlan, rows: Range<Int>) {
    for row in rows {
      decodedCodes.setRow(
        row, toRow: row, of: group(row, of: plan).code == .encoded ? encodedCodes : targetCodes)
    }
    decoderOutput.assemble(self, rows: rows)
  }

  /// Decodes, and computes the squared error of each row against its target.
  public func decode(rows: Range<Int>) {
    decoder.forward(rows: rows)
    decoderOutput.forward(self, rows: rows)
    decoderOutput.measure(self, rows: rows, gradientScale: nil)
  }
}
