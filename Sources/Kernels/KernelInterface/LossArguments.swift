/// The arguments of a sigmoid with its squared error and the gradient of the scaled error.
///
/// For each row: output = 1 ÷ (1 + e^−logit), rowLoss = Σ (output − target)², gradient = scale · (output −
/// target) · output · (1 − output). All rows are `stride` values apart.
@frozen public struct SigmoidLossArguments {
  /// The rows to compute.
  public var rowStart, rowEnd: Int
  /// Values in a row; rows are padded with zeros to a multiple of 16.
  public var columns: Int
  /// The row stride, in values.
  public var stride: Int
  /// The outputs of the last layer.
  public var logits: UnsafePointer<Float>
  /// The target values.
  public var targets: UnsafePointer<Float>
  /// The sigmoids; nil where they are not needed.
  public var outputs: UnsafeMutablePointer<Float>?
  /// The gradient with respect to the logits; nil where it is not needed.
  public var gradients: UnsafeMutablePointer<Float>?
  /// The squared error of each row.
  public var rowLosses: UnsafeMutablePointer<Float>
  /// The factor of the gradient.
  public var scale: Float

  /// Creates the arguments.
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

/// The arguments of a sigmoid. All rows are `stride` values apart.
@frozen public struct SigmoidArguments {
  /// The rows to compute.
  public var rowStart, rowEnd: Int
  /// Values in a row; rows are padded with zeros to a multiple of 16.
  public var columns: Int
  /// The row stride, in values.
  public var stride: Int
  /// The input.
  public var logits: UnsafePointer<Float>
  /// The sigmoids.
  public var outputs: UnsafeMutablePointer<Float>

  /// Creates the arguments.
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

/// The arguments of a sigmoid's gradient, in place: times output · (1 − output). All rows are `stride` values
/// apart.
@frozen public struct SigmoidBackwardArguments {
  /// The rows to compute.
  public var rowStart, rowEnd: Int
  /// Values in a row; rows are padded with zeros to a multiple of 16.
  public var columns: Int
  /// The row stride, in values.
  public var stride: Int
  /// The sigmoids.
  public var outputs: UnsafePointer<Float>
  /// The gradients with respect to the sigmoids, replaced by those with respect to the logits.
  public var gradients: UnsafeMutablePointer<Float>

  /// Creates the arguments.
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

/// The arguments of a squared error and the gradient of the scaled error.
///
/// For each row: rowLoss = Σ (output − target)², gradient = scale · (output − target). All rows are `stride`
/// values apart.
@frozen public struct SquaredLossArguments {
  /// The rows to compute.
  public var rowStart, rowEnd: Int
  /// Values in a row; rows are padded with zeros to a multiple of 16.
  public var columns: Int
  /// The row stride, in values.
  public var stride: Int
  /// The outputs.
  public var outputs: UnsafePointer<Float>
  /// The target values.
  public var targets: UnsafePointer<Float>
  /// The gradient with respect to the outputs; nil where it is not needed.
  public var gradients: UnsafeMutablePointer<Float>?
  /// The squared error of each row.
  public var rowLosses: UnsafeMutablePointer<Float>
  /// The factor of the gradient.
  public var scale: Float

  /// Creates the arguments.
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
