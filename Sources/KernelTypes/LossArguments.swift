/// The sigmoid of logits, its squared error against targets, and the gradient of the scaled error.
///
/// For each row: output = 1 ÷ (1 + e^−logit), rowLoss = Σ (output − target)²,
/// gradient = scale · (output − target) · output · (1 − output). All rows are `stride` values apart.
@frozen public struct SigmoidLossArguments {
  /// The rows to compute.
  public var rowStart, rowEnd: Int
  /// Values in a row, a multiple of 16.
  public var columns: Int
  /// The distance between two rows.
  public var stride: Int
  /// What the last layer computed.
  public var logits: UnsafePointer<Float>
  /// What it should have come to.
  public var targets: UnsafePointer<Float>
  /// Where the sigmoid of the logits goes; absent: it is not kept.
  public var outputs: UnsafeMutablePointer<Float>?
  /// Where the gradient with respect to the logits goes; absent: it is not computed.
  public var gradients: UnsafeMutablePointer<Float>?
  /// The squared error of each row.
  public var rowLosses: UnsafeMutablePointer<Float>
  /// The factor of the gradient.
  public var scale: Float

  /// Names the rows.
  public init(
    rows: Range<Int>, columns: Int, stride: Int, logits: UnsafePointer<Float>,
    targets: UnsafePointer<Float>, outputs: UnsafeMutablePointer<Float>?,
    gradients: UnsafeMutablePointer<Float>?, rowLosses: UnsafeMutablePointer<Float>, scale: Float
  ) {
    (rowStart, rowEnd) = (rows.lowerBound, rows.upperBound)
    self.columns = columns
    self.stride = stride
    self.logits = logits
    self.targets = targets
    self.outputs = outputs
    self.gradients = gradients
    self.rowLosses = rowLosses
    self.scale = scale
  }
}

/// Sigmoids of logits. All rows are `stride` values apart.
@frozen public struct SigmoidArguments {
  /// The rows to compute.
  public var rowStart, rowEnd: Int
  /// Values in a row, a multiple of 16.
  public var columns: Int
  /// The distance between two rows.
  public var stride: Int
  /// Where to take the sigmoid.
  public var logits: UnsafePointer<Float>
  /// Where it goes.
  public var outputs: UnsafeMutablePointer<Float>

  /// Names the rows.
  public init(
    rows: Range<Int>, columns: Int, stride: Int, logits: UnsafePointer<Float>,
    outputs: UnsafeMutablePointer<Float>
  ) {
    (rowStart, rowEnd) = (rows.lowerBound, rows.upperBound)
    self.columns = columns
    self.stride = stride
    self.logits = logits
    self.outputs = outputs
  }
}

/// Gradients with respect to sigmoids that become those with respect to their logits: times
/// output · (1 − output). All rows are `stride` values apart.
@frozen public struct SigmoidBackwardArguments {
  /// The rows to compute.
  public var rowStart, rowEnd: Int
  /// Values in a row, a multiple of 16.
  public var columns: Int
  /// The distance between two rows.
  public var stride: Int
  /// The sigmoids.
  public var outputs: UnsafePointer<Float>
  /// The gradients to replace.
  public var gradients: UnsafeMutablePointer<Float>

  /// Names the rows.
  public init(
    rows: Range<Int>, columns: Int, stride: Int, outputs: UnsafePointer<Float>,
    gradients: UnsafeMutablePointer<Float>
  ) {
    (rowStart, rowEnd) = (rows.lowerBound, rows.upperBound)
    self.columns = columns
    self.stride = stride
    self.outputs = outputs
    self.gradients = gradients
  }
}

/// The squared error of outputs against targets, and the gradient of the scaled error.
///
/// For each row: rowLoss = Σ (output − target)², gradient = scale · (output − target). All rows are `stride`
/// values apart.
@frozen public struct SquaredLossArguments {
  /// The rows to compute.
  public var rowStart, rowEnd: Int
  /// Values in a row, a multiple of 16.
  public var columns: Int
  /// The distance between two rows.
  public var stride: Int
  /// What was drawn.
  public var outputs: UnsafePointer<Float>
  /// What it should have come to.
  public var targets: UnsafePointer<Float>
  /// Where the gradient with respect to the outputs goes; absent: it is not computed.
  public var gradients: UnsafeMutablePointer<Float>?
  /// The squared error of each row.
  public var rowLosses: UnsafeMutablePointer<Float>
  /// The factor of the gradient.
  public var scale: Float

  /// Names the rows.
  public init(
    rows: Range<Int>, columns: Int, stride: Int, outputs: UnsafePointer<Float>,
    targets: UnsafePointer<Float>, gradients: UnsafeMutablePointer<Float>?,
    rowLosses: UnsafeMutablePointer<Float>, scale: Float
  ) {
    (rowStart, rowEnd) = (rows.lowerBound, rows.upperBound)
    self.columns = columns
    self.stride = stride
    self.outputs = outputs
    self.targets = targets
    self.gradients = gradients
    self.rowLosses = rowLosses
    self.scale = scale
  }
}
