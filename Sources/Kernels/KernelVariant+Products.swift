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
      input.columns == weights.rows && out.columns == weights.columns && bias.columns == weights.columns,
      "forward", [input.rows, input.columns], [weights.rows, weights.columns], [out.rows, out.columns])
    checkRows(rows, [input, out])
    var arguments = ProductArguments(
      rows: rows, blocks: 0..<weights.blockCount, columns: weights.paddedColumns, depth: weights.rows,
      left: input.base, leftRow: input.stride, leftStep: 1,
      right: ColumnBlocks(panels: weights.base, panelRows: weights.rows),
      out: ColumnBlocks(rows: out.base, stride: out.stride))
    arguments.steps = rows.lowerBound % SparseRows.tileRows == 0 ? sparse?.byRows : nil
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
      "input gradient", [outputGradient.rows, outputGradient.columns], [transposed.rows, transposed.columns],
      [out.rows, out.columns])
    checkRows(rows, [outputGradient, out] + (mask.map { [$0] } ?? []))
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
    checkShapes(
      input.columns == out.rows && outputGradient.columns == out.columns,
      "weight gradient", [input.rows, input.columns], [outputGradient.rows, outputGradient.columns],
      [out.rows, out.columns])
    checkRows(0..<batch, [input, outputGradient])
    precondition(inputs.lowerBound >= 0 && inputs.upperBound <= out.rows, "inputs \(inputs) of \(out.rows)")
    var arguments = ProductArguments(
      rows: inputs, blocks: 0..<out.blockCount, columns: out.paddedColumns, depth: batch,
      left: input.base, leftRow: 1, leftStep: input.stride,
      right: ColumnBlocks(rows: outputGradient.base, stride: outputGradient.stride),
      out: ColumnBlocks(panels: out.base, panelRows: out.rows))
    arguments.steps = inputs.lowerBound % SparseRows.tileColumns == 0 ? sparse?.byColumns : nil
    table.product(arguments)
  }

  /// A dense layer's gradient with respect to its bias: the sum over the first `batch` rows.
  public func biasGradient(_ outputGradient: Matrix, batch: Int, into out: Matrix) {
    checkShapes(
      outputGradient.columns == out.columns, "bias gradient",
      [outputGradient.rows, outputGradient.columns], [out.rows, out.columns])
    checkRows(0..<batch, [outputGradient])
    table.columnSums(
      ColumnSumArguments(
        rows: batch, columns: 0..<out.paddedColumns, matrix: outputGradient.base,
        stride: outputGradient.stride, sums: out.base))
  }

  private func checkShapes(_ agree: Bool, _ operation: String, _ shapes: [Int]...) {
    precondition(agree, "\(operation): the shapes \(shapes) do not agree")
  }

  private func checkRows(_ rows: Range<Int>, _ matrices: [Matrix]) {
    for matrix in matrices {
      precondition(
        rows.lowerBound >= 0 && rows.upperBound <= matrix.rows, "rows \(rows) of a matrix with \(matrix.rows)"
      )
    }
  }
}
