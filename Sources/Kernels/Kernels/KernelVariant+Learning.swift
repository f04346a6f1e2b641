import KernelInterface

extension KernelVariant {
  /// Computes the sigmoid of `logits`, its squared error per row, and the gradient of `scale` · squared error
  /// ÷ 2.
  ///
  /// For the given rows of matrices of one shape: output = sigmoid(logit); squaredErrors[row] = Σ (output −
  /// target)²; gradient = scale · (output − target) · output · (1 − output).
  public func sigmoidLoss(
    logits: Matrix, targets: Matrix, outputs: Matrix?, gradients: Matrix?, squaredErrors: RowValues,
    scale: Float, rows: Range<Int>
  ) {
    checkAgainst(logits, targets, rows)
    if let gradients { checkAgainst(logits, gradients, rows) }
    if let outputs { checkAgainst(logits, outputs, rows) }
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= min(logits.rows, squaredErrors.count),
      "rows \(rows) of \(logits.rows) logits and \(squaredErrors.count) errors")
    table.sigmoidLoss(
      SigmoidLossArguments(
        rows: rows, columns: logits.columns, stride: logits.stride, logits: logits.base,
        targets: targets.base, outputs: outputs?.base, gradients: gradients?.base,
        rowLosses: squaredErrors.base, scale: scale))
  }

  /// Computes the sigmoid of the given rows of `logits`.
  public func sigmoid(_ logits: Matrix, into outputs: Matrix, rows: Range<Int>) {
    checkRows(logits, outputs, rows)
    table.sigmoid(
      SigmoidArguments(
        rows: rows, columns: logits.columns, stride: logits.stride, logits: logits.base,
        outputs: outputs.base))
  }

  /// Replaces `gradients` with respect to the sigmoids `outputs` by those with respect to their logits.
  public func sigmoidBackward(_ outputs: Matrix, gradients: Matrix, rows: Range<Int>) {
    checkRows(outputs, gradients, rows)
    table.sigmoidBackward(
      SigmoidBackwardArguments(
        rows: rows, columns: outputs.columns, stride: outputs.stride, outputs: outputs.base,
        gradients: gradients.base))
  }

  /// Computes the squared error of `outputs` per row, and the gradient of `scale` · squared error ÷ 2.
  public func squaredLoss(
    outputs: Matrix, targets: Matrix, gradients: Matrix?, squaredErrors: RowValues, scale: Float,
    rows: Range<Int>
  ) {
    checkRows(outputs, targets, rows)
    if let gradients { checkRows(outputs, gradients, rows) }
    precondition(rows.upperBound <= squaredErrors.count, "rows \(rows) of \(squaredErrors.count) errors")
    table.squaredLoss(
      SquaredLossArguments(
        rows: rows, columns: outputs.columns, stride: outputs.stride, outputs: outputs.base,
        targets: targets.base, gradients: gradients?.base, rowLosses: squaredErrors.base, scale: scale))
  }

  private func checkRows(_ matrix: Matrix, _ other: Matrix, _ rows: Range<Int>) {
    checkAgainst(matrix, other, rows)
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= matrix.rows,
      "rows \(rows) of \(matrix.rows) × \(matrix.columns)")
  }

  private func checkAgainst(_ logits: Matrix, _ other: Matrix, _ rows: Range<Int>) {
    precondition(
      other.columns == logits.columns && rows.upperBound <= other.rows,
      "sigmoid loss: \(rows) of \(other.rows) × \(other.columns) for \(logits.columns) columns")
  }

  /// Updates a bias, a matrix of one row, by one Adam step.
  ///
  /// - Parameter columns: the columns to update, both ends multiples of 16; nil for all.
  public func adam(
    _ bias: Matrix, gradients: Matrix, firstMoments: Matrix, secondMoments: Matrix, factors: AdamFactors,
    columns: Range<Int>? = nil
  ) {
    let columns = columns ?? 0..<bias.paddedColumns
    precondition(
      bias.rows == 1 && gradients.rows == 1 && firstMoments.rows == 1 && secondMoments.rows == 1
        && gradients.columns == bias.columns && firstMoments.columns == bias.columns
        && secondMoments.columns == bias.columns, "adam: the shapes do not agree with \(bias.columns)")
    precondition(
      columns.lowerBound >= 0 && columns.upperBound <= bias.paddedColumns
        && columns.lowerBound % 16 == 0 && columns.upperBound % 16 == 0, "columns \(columns)")
    let start = columns.lowerBound
    table.adam(
      AdamArguments(
        count: columns.count, parameters: bias.base + start, gradients: gradients.base + start,
        firstMoments: firstMoments.base + start, secondMoments: secondMoments.base + start,
        factors: factors))
  }
}

/// One float for each row of a batch; several threads may write to different rows.
public final class RowValues {
  /// The number of rows.
  public let count: Int
  let base: UnsafeMutablePointer<Float>

  /// Creates `count` zeros.
  public init(count: Int) {
    self.count = count
    base = allocateZeros(count: count)
  }

  deinit {
    base.deallocate()
  }

  /// The value of one row.
  public subscript(row: Int) -> Float {
    get {
      precondition(row >= 0 && row < count, "row \(row) of \(count)")
      return base[row]
    }
    set {
      precondition(row >= 0 && row < count, "row \(row) of \(count)")
      base[row] = newValue
    }
  }

  /// The sum of some rows' values, in order.
  public func sum(rows: Range<Int>) -> Double {
    rows.reduce(0) { $0 + Double(self[$1]) }
  }
}

/// The factors common to all parameters in one Adam step.
public typealias AdamFactors = KernelInterface.AdamFactors
