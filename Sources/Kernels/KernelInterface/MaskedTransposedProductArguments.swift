/// The arguments of a masked product A·Bᵀ: out[row, c] = Σ left[row, k] · right[c, k] where the mask is above
/// 0, and 0 elsewhere.
///
/// It computes only the input gradients that a rectifier passes on.
@frozen public struct MaskedTransposedProductArguments {
  /// The rows to compute.
  public var rowStart, rowEnd: Int
  /// The number of columns of the product: rows of `right`.
  public var columns: Int
  /// The number of terms of each sum, a multiple of 16; both matrices are padded with zeros to it.
  public var depth: Int
  /// The left matrix, its rows `leftRow` values apart.
  public var left: UnsafePointer<Float>
  /// The row stride of the left matrix, in values.
  public var leftRow: Int
  /// The right matrix in panels of 48 terms, each with `columns` rows.
  public var right: UnsafePointer<Float>
  /// The mask, with the row stride of `out`.
  public var mask: UnsafePointer<Float>
  /// For each four rows, the columns with a nonzero mask in one of them; nil for all columns.
  public var active: StepLists?
  /// The product.
  public var out: UnsafeMutablePointer<Float>
  /// The row stride of `out` and of the mask, in values.
  public var outRow: Int

  /// Creates the arguments.
  public init(
    rows: Range<Int>, columns: Int, depth: Int, left: UnsafePointer<Float>, leftRow: Int,
    right: UnsafePointer<Float>, mask: UnsafePointer<Float>, active: StepLists?,
    out: UnsafeMutablePointer<Float>, outRow: Int
  ) {
    (rowStart, rowEnd) = (rows.lowerBound, rows.upperBound)
    self.columns = columns
    self.depth = depth
    self.left = left
    self.leftRow = leftRow
    self.right = right
    self.mask = mask
    self.active = active
    self.out = out
    self.outRow = outRow
  }
}
