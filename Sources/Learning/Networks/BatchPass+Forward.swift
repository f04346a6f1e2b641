import Coordinates
import Kernels

extension BatchPass {
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

  /// Assembles the decoder's input with the code of each row's task.
  func assemble(_ plan: StepPlan, rows: Range<Int>) {
    for row in rows {
      decodedCodes.setRow(
        row, toRow: row, of: task(row, of: plan).code == .encoded ? encodedCodes : targetCodes)
    }
    decoderOutput.assemble(self, rows: rows)
  }

  /// Decodes, and computes the squared error of each row against its target and, if `weight` is given, the
  /// gradient of `weight` · mean squared error over `batch` rows.
  public func decode(rows: Range<Int>, weight: Float? = nil, batch: Int = 1) {
    decoder.forward(rows: rows)
    decoderOutput.finish(
      self, targets: targetsAreInputs ? inputs : targets, rows: rows, weight: weight, batch: batch)
  }

  /// Computes the error of the encoded codes against `inputCodes`, for the rows whose task counts it.
  public func measureCodes(_ plan: StepPlan, rows: Range<Int>) {
    for row in rows {
      var error: Float = 0
      if task(row, of: plan).coordinateWeight != 0 {
        for columns in codeColumns { error += codeError(plan.coordinateLoss, row: row, columns: columns) }
      }
      codeErrors[row] = error
    }
  }

  private func codeError(_ loss: StepPlan.CoordinateLoss, row: Int, columns: Range<Int>) -> Float {
    let difference =
      encodedCodes.code(row: row, columns: columns) - inputCodes.code(row: row, columns: columns)
    return loss.value(of: difference, width: columns.count)
  }
}
