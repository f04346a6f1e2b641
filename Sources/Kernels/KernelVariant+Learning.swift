import KernelTypes

extension KernelVariant {
  /// The sigmoid of `logits`, its squared error per row, and the gradient of `scale` · squared error ÷ 2.
  ///
  /// For the given rows of matrices of one shape: output = sigmoid(logit); squaredErrors[row, 0] =
  /// Σ (output − target)²; gradient = scale · (output − target) · output · (1 − output).
  public func sigmoidLoss(
    logits: Matrix, targets: Matrix, outputs: Matrix, gradients: Matrix, squaredErrors: RowValues,
    scale: Float, rows: Range<Int>
  ) {
    let shapes = [logits, targets, outputs, gradients].map { [$0.columns, $0.stride] }
    precondition(Set(shapes).count == 1, "sigmoid loss: the shapes \(shapes) do not agree")
    precondition(
      logits.columns % 16 == 0, "sigmoid loss: \(logits.columns) columns are not a multiple of 16")
    let rowCounts = [logits, targets, outputs, gradients].map(\.rows) + [squaredErrors.count]
    precondition(
      rows.lowerBound >= 0 && rowCounts.allSatisfy { rows.upperBound <= $0 }, "rows \(rows) of \(rowCounts)")
    table.sigmoidLoss(
      SigmoidLossArguments(
        rows: rows, columns: logits.columns, stride: logits.stride, logits: logits.base,
        targets: targets.base, outputs: outputs.base, gradients: gradients.base,
        rowLosses: squaredErrors.base, scale: scale))
  }

  /// One Adam step for some rows of a weight matrix.
  public func adam(
    _ weights: PanelMatrix, gradients: PanelMatrix, firstMoments: PanelMatrix, secondMoments: PanelMatrix,
    factors: AdamFactors, rows: Range<Int>
  ) {
    let shapes = [weights, gradients, firstMoments, secondMoments].map { [$0.rows, $0.columns] }
    precondition(Set(shapes).count == 1, "adam: the shapes \(shapes) do not agree")
    precondition(rows.lowerBound >= 0 && rows.upperBound <= weights.rows, "rows \(rows) of \(weights.rows)")
    for block in 0..<weights.blockCount {
      let firstColumn = block * ColumnBlocks.width
      let width = min(ColumnBlocks.width, weights.paddedColumns - firstColumn)
      let start = firstColumn * weights.rows + rows.lowerBound * width
      table.adam(
        AdamArguments(
          count: rows.count * width, parameters: weights.base + start, gradients: gradients.base + start,
          firstMoments: firstMoments.base + start, secondMoments: secondMoments.base + start,
          factors: factors))
    }
  }

  /// One Adam step for a bias, a matrix of one row.
  public func adam(
    _ bias: Matrix, gradients: Matrix, firstMoments: Matrix, secondMoments: Matrix, factors: AdamFactors
  ) {
    let shapes = [bias, gradients, firstMoments, secondMoments].map { [$0.rows, $0.columns] }
    precondition(Set(shapes).count == 1, "adam: the shapes \(shapes) do not agree")
    table.adam(
      AdamArguments(
        count: bias.rows * bias.stride, parameters: bias.base, gradients: gradients.base,
        firstMoments: firstMoments.base, secondMoments: secondMoments.base, factors: factors))
  }
}

/// One number for each row of a batch, written by several threads to different rows.
public final class RowValues {
  /// How many rows there are.
  public let count: Int
  let base: UnsafeMutablePointer<Float>

  /// Makes `count` zeros.
  public init(count: Int) {
    self.count = count
    base = allocateZeros(count: count)
  }

  deinit {
    base.deallocate()
  }

  /// The number of one row.
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

  /// The sum of the first `rows` numbers, from first to last.
  public func sum(rows: Int) -> Double {
    (0..<rows).reduce(0) { $0 + Double(self[$1]) }
  }
}

/// The numbers that all parameters share in one Adam step.
public typealias AdamFactors = KernelTypes.AdamFactors
