import KernelInterface

extension KernelVariant {
  /// The function applied to a product's results.
  public enum Activation: Sendable {
    /// The identity.
    case identity
    /// The rectifier, max(0, x).
    case rectified
  }

  /// Computes a dense layer for the given rows: out = activation(input · weights + bias).
  ///
  /// Shapes: input `[rows, inputs]`, weights `[inputs, outputs]`, bias `[1, outputs]`, out `[rows, outputs]`.
  /// With `sparse`, whose columns must have been found for these rows, zeros of the input are skipped.
  public func forward(
    _ input: Matrix, weights: PanelMatrix, bias: Matrix, activation: Activation, into out: Matrix,
    rows: Range<Int>, sparse: SparseRows? = nil
  ) {
    checkShapes(
      input.columns == weights.rows && out.columns == weights.columns && bias.columns == weights.columns
        && (sparse == nil || sparse?.matrix === input),
      "forward", [[input.rows, input.columns], [weights.rows, weights.columns], [out.rows, out.columns]])
    checkRows(rows, input)
    checkRows(rows, out)
    var arguments = ProductArguments(
      rows: rows, blocks: 0..<weights.blockCount, columns: weights.paddedColumns, depth: weights.rows,
      left: input.base, leftRow: input.stride, leftStep: 1,
      right: ColumnBlocks(panels: weights.base, panelRows: weights.rows),
      out: ColumnBlocks(rows: out.base, stride: out.stride))
    arguments.steps = rows.lowerBound % StepLists.tile == 0 ? sparse?.byRows : nil
    arguments.bias = UnsafePointer(bias.base)
    arguments.rectified = activation == .rectified
    table.product(arguments)
  }

  /// Computes a dense layer's input gradient for the given rows: out = outputGradient · weightsᵀ.
  ///
  /// - Parameters:
  ///   - transposed: the transposed copy of the weights, `[outputs, inputs]`.
  ///   - mask: the layer's rectified input; the gradient is 0 where it is not above 0.
  ///   - accumulating: adds the product to the contents of `out` before masking, for layers that share an
  ///     input.
  public func inputGradient(
    _ outputGradient: Matrix, transposed: PanelMatrix, mask: Matrix?, accumulating: Bool = false,
    into out: Matrix, rows: Range<Int>
  ) {
    checkShapes(
      outputGradient.columns == transposed.rows && out.columns == transposed.columns
        && (mask == nil || mask?.columns == out.columns),
      "input gradient",
      [
        [outputGradient.rows, outputGradient.columns], [transposed.rows, transposed.columns],
        [out.rows, out.columns],
      ])
    checkRows(rows, outputGradient)
    checkRows(rows, out)
    if let mask { checkRows(rows, mask) }
    var arguments = ProductArguments(
      rows: rows, blocks: 0..<transposed.blockCount, columns: transposed.paddedColumns,
      depth: transposed.rows, left: outputGradient.base, leftRow: outputGradient.stride, leftStep: 1,
      right: ColumnBlocks(panels: transposed.base, panelRows: transposed.rows),
      out: ColumnBlocks(rows: out.base, stride: out.stride))
    arguments.accumulates = accumulating
    if let mask {
      arguments.mask = UnsafePointer(mask.base)
      arguments.maskRow = mask.stride
    }
    table.product(arguments)
  }

  /// Computes the input gradient from the weights themselves where `mask` is above 0; faster for layers with
  /// many outputs.
  ///
  /// - Parameter active: the nonzero columns of `mask`, which must have been found for these rows.
  public func inputGradient(
    _ outputGradient: Matrix, weights: PanelMatrix, mask: Matrix, active: SparseRows?, into out: Matrix,
    rows: Range<Int>
  ) {
    checkShapes(
      outputGradient.columns == weights.columns && out.columns == weights.rows && mask.columns == out.columns
        && (active == nil || active?.matrix === mask),
      "input gradient",
      [
        [outputGradient.rows, outputGradient.columns], [weights.rows, weights.columns],
        [mask.rows, mask.columns], [out.rows, out.columns],
      ])
    checkRows(rows, outputGradient)
    checkRows(rows, out)
    checkRows(rows, mask)
    table.maskedTransposedProduct(
      MaskedTransposedProductArguments(
        rows: rows, columns: weights.rows, depth: weights.paddedColumns, left: outputGradient.base,
        leftRow: outputGradient.stride, right: weights.base, mask: mask.base,
        active: rows.lowerBound % StepLists.tile == 0 ? active?.byRows : nil, out: out.base,
        outRow: out.stride))
  }

  /// Computes a dense layer's gradient with respect to some rows of its weights: out = inputᵀ ·
  /// outputGradient.
  ///
  /// - Parameters:
  ///   - batch: the number of rows of `input` and `outputGradient` to sum over.
  ///   - inputs: the rows of `out` to compute, `[inputs, outputs]`.
  ///   - sparse: the nonzero rows of the input, which must have been found for these inputs and this batch.
  public func weightGradient(
    _ input: Matrix, _ outputGradient: Matrix, batch: Int, into out: PanelMatrix, inputs: Range<Int>,
    sparse: SparseRows? = nil
  ) {
    table.product(
      weightGradientArguments(
        input, outputGradient, batch: batch, out: out, inputs: inputs, sparse: sparse))
  }

  /// Updates some rows of a dense layer's weights by one Adam step, without storing their gradient.
  ///
  /// - Parameters:
  ///   - weights: the weights, `[inputs, outputs]`; the moments have the same shape.
  ///   - transposed: the weights' transposed copy, updated for these rows.
  public func stepWeights(
    _ weights: PanelMatrix, transposed: PanelMatrix?, firstMoments: PanelMatrix, secondMoments: PanelMatrix,
    factors: AdamFactors, input: Matrix, outputGradient: Matrix, batch: Int, inputs: Range<Int>,
    sparse: SparseRows? = nil
  ) {
    var arguments = weightGradientArguments(
      input, outputGradient, batch: batch, out: weights, inputs: inputs, sparse: sparse)
    checkShapes(
      firstMoments.hasShape(of: weights) && secondMoments.hasShape(of: weights), "adam",
      [[firstMoments.rows, firstMoments.columns], [secondMoments.rows, secondMoments.columns]])
    if let transposed {
      checkShapes(
        transposed.rows == weights.columns && transposed.columns == weights.rows, "transposed copy",
        [[transposed.rows, transposed.columns], [weights.rows, weights.columns]])
    }
    withUnsafeTemporaryAllocation(
      byteCount: UpdateArguments.scratchCount * MemoryLayout<Float>.stride, alignment: 64
    ) { scratch in
      guard let scratch = scratch.bindMemory(to: Float.self).baseAddress else { return }
      var update = UpdateArguments(
        firstMoments: firstMoments.base, secondMoments: secondMoments.base, factors: factors,
        scratch: scratch)
      if let transposed {
        update.transposed = transposed.base
        update.transposedRows = transposed.rows
        update.transposedColumns = transposed.paddedColumns
      }
      arguments.update = update
      table.product(arguments)
    }
  }

  private func weightGradientArguments(
    _ input: Matrix, _ outputGradient: Matrix, batch: Int, out: PanelMatrix, inputs: Range<Int>,
    sparse: SparseRows?
  ) -> ProductArguments {
    checkShapes(
      input.columns == out.rows && outputGradient.columns == out.columns
        && (sparse == nil || sparse?.matrix === input),
      "weight gradient",
      [
        [input.rows, input.columns], [outputGradient.rows, outputGradient.columns],
        [out.rows, out.columns],
      ])
    checkRows(0..<batch, input)
    checkRows(0..<batch, outputGradient)
    precondition(inputs.lowerBound >= 0 && inputs.upperBound <= out.rows, "inputs \(inputs) of \(out.rows)")
    var arguments = ProductArguments(
      rows: inputs, blocks: 0..<out.blockCount, columns: out.paddedColumns, depth: batch,
      left: input.base, leftRow: 1, leftStep: input.stride,
      right: ColumnBlocks(rows: outputGradient.base, stride: outputGradient.stride),
      out: ColumnBlocks(panels: out.base, panelRows: out.rows))
    arguments.steps = inputs.lowerBound % StepLists.tile == 0 ? sparse?.byColumns : nil
    return arguments
  }

  /// Computes a dense layer's bias gradient: the sum over the first `batch` rows.
  ///
  /// - Parameter columns: the columns to compute, both ends multiples of 16; nil for all.
  public func biasGradient(
    _ outputGradient: Matrix, batch: Int, into out: Matrix, columns: Range<Int>? = nil
  ) {
    let columns = columns ?? 0..<out.paddedColumns
    checkShapes(
      outputGradient.columns == out.columns, "bias gradient",
      [[outputGradient.rows, outputGradient.columns], [out.rows, out.columns]])
    precondition(
      columns.lowerBound >= 0 && columns.upperBound <= out.paddedColumns
        && columns.lowerBound % 16 == 0 && columns.upperBound % 16 == 0, "columns \(columns)")
    checkRows(0..<batch, outputGradient)
    table.columnSums(
      ColumnSumArguments(
        rows: batch, columns: columns, matrix: outputGradient.base, stride: outputGradient.stride,
        sums: out.base))
  }

  /// Formats the shapes only where they disagree: a training step must not allocate.
  @inline(__always)
  private func checkShapes(_ agree: Bool, _ operation: String, _ shapes: @autoclosure () -> [[Int]]) {
    precondition(agree, "\(operation): the shapes \(shapes()) do not agree")
  }

  private func checkRows(_ rows: Range<Int>, _ matrix: Matrix) {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= matrix.rows, "rows \(rows) of a matrix with \(matrix.rows)")
  }
}
