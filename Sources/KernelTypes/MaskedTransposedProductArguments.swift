/// Some numbers of a product with a transposed matrix: out[row, c] = left[row] · right[c], a sum over `depth`.
///
/// Only where the mask is above 0, all others become 0: what a rectifier passes no gradient through need not
/// be computed.
@frozen public struct MaskedTransposedProductArguments {
  /// The rows to compute.
  public var rowStart, rowEnd: Int
  /// How many columns of the product there are: rows of `right`.
  public var columns: Int
  /// Terms of each sum, a multiple of 16; both matrices are padded with zeros to it.
  public var depth: Int
  /// The left matrix, its rows `leftRow` values apart.
  public var left: UnsafePointer<Float>
  /// The distance between two rows of the left matrix.
  public var leftRow: Int
  /// The right matrix in panels of 48 terms, each with `columns` rows.
  public var right: UnsafePointer<Float>
  /// Rows like those of `out`.
  public var mask: UnsafePointer<Float>
  /// For each four rows, the columns at which one of their masks is not 0; absent: all columns.
  public var active: StepLists?
  /// Where the product goes.
  public var out: UnsafeMutablePointer<Float>
  /// The distance between two rows of `out` and of the mask.
  public var outRow: Int

  /// Names the matrices.
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
