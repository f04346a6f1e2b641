import KernelTypes

extension KernelVariant {
  /// What happens to a product's results before they are stored.
  public enum Activation: Sendable {
    /// Nothing.
    case identity
    /// Negative results become 0.
    case rectified
  }

  /// A dense layer, forward: out = activation(input · weights + bias), for the given rows.
  ///
  /// Shapes: input `[rows, inputs]`, weights `[inputs, outputs]`, bias `[1, outputs]`, out `[rows, outputs]`.
  /// With `sparse`, whose columns have been found for these rows, the input's zeros are passed over.
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

  /// A dense layer's gradient with respect to its input: out = outputGradient · weightsᵀ, for the given rows.
  ///
  /// `transposed` is the transposed copy of the weights, `[outputs, inputs]`. Where `mask`, the layer's
  /// rectified input, is not above 0, the gradient is 0. With `accumulating`, the product is added to
  /// what `out` holds before the mask applies: that is how several layers share an input.
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

  /// The same from the weights themselves, for layers with many outputs: only where `mask` is above 0.
  ///
  /// `active`, whose columns have been found for these rows of `mask`, says where to look.
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

  /// A dense layer's gradient with respect to some rows of its weights: out = inputᵀ · outputGradient.
  ///
  /// - Parameters:
  ///   - batch: how many rows of `input` and `outputGradient` are summed, from the first on.
  ///   - inputs: the rows of `out` to compute, `[inputs, outputs]`.
  ///   - sparse: passes over the input's zeros, where its rows have been found for these inputs and batch.
  public func weightGradient(
    _ input: Matrix, _ outputGradient: Matrix, batch: Int, into out: PanelMatrix, inputs: Range<Int>,
    sparse: SparseRows? = nil
  ) {
    table.product(
      weightGradientArguments(
        input, outputGradient, batch: batch, out: out, inputs: inputs, sparse: sparse))
  }

  /// One Adam step for some rows of a dense layer's weights by that gradient, which is kept nowhere.
  ///
  /// - Parameters:
  ///   - weights: what learns, `[inputs, outputs]`; the moments have the same shape.
  ///   - transposed: the weights' transposed copy, brought up to date for these rows.
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

  /// A dense layer's gradient with respect to its bias: the sum over the first `batch` rows.
  ///
  /// `columns` are those to compute; both ends are multiples of 16, or it is all of them.
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

  /// The shapes are written out only where they do not agree: a step must not take memory.
  @inline(__always)
  private func checkShapes(_ agree: Bool, _ operation: String, _ shapes: @autoclosure () -> [[Int]]) {
    precondition(agree, "\(operation): the shapes \(shapes()) do not agree")
  }

  private func checkRows(_ rows: Range<Int>, _ matrix: Matrix) {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= matrix.rows, "rows \(rows) of a matrix with \(matrix.rows)")
  }
}
