import KernelInterface

/// The positions of a matrix's nonzero values, with which products skip the zeros.
///
/// Four fifths of an image are zeros. For products from the left it lists, for each four rows, the columns
/// that are nonzero in one of them; for products of the transpose, for each four columns, the rows. Skipped
/// terms would add 0, so that results do not change as long as all values are finite. Several threads may
/// find parts at once.
public final class SparseRows {
  /// The matrix.
  public let matrix: Matrix
  private let columnLists: UnsafeMutablePointer<Int32>
  private let rowLists: UnsafeMutablePointer<Int32>

  /// Creates empty lists for `matrix`.
  public init(_ matrix: Matrix) {
    self.matrix = matrix
    let columnCount = Self.tiles(matrix.rows) * (matrix.columns + 1)
    let rowCount = Self.tiles(matrix.columns) * (matrix.rows + 1)
    columnLists = .allocate(capacity: columnCount)
    columnLists.initialize(repeating: 0, count: columnCount)
    rowLists = .allocate(capacity: rowCount)
    rowLists.initialize(repeating: 0, count: rowCount)
  }

  deinit {
    columnLists.deallocate()
    rowLists.deallocate()
  }

  var byRows: StepLists {
    StepLists(base: columnLists, stride: matrix.columns + 1)
  }

  var byColumns: StepLists {
    StepLists(base: rowLists, stride: matrix.rows + 1)
  }

  static func tiles(_ count: Int) -> Int { (count + StepLists.tile - 1) / StepLists.tile }
}

extension KernelVariant {
  /// Lists the nonzero columns of some rows; does nothing where the first row does not start a tile.
  public func findColumns(of sparse: SparseRows, rows: Range<Int>) {
    let matrix = sparse.matrix
    precondition(rows.lowerBound >= 0 && rows.upperBound <= matrix.rows, "rows \(rows) of \(matrix.rows)")
    guard rows.lowerBound % StepLists.tile == 0 else { return }
    let tiles = rows.lowerBound / StepLists.tile..<SparseRows.tiles(rows.upperBound)
    table.listColumns(
      ListArguments(
        tiles: tiles, matrix: matrix.base, stride: matrix.stride, rows: rows.upperBound,
        columns: matrix.columns, lists: sparse.byRows))
  }

  /// Lists the nonzero ones among the first `batch` rows, for some columns; does nothing where the first
  /// column does not start a tile.
  public func findRows(of sparse: SparseRows, columns: Range<Int>, batch: Int) {
    let matrix = sparse.matrix
    precondition(
      columns.lowerBound >= 0 && columns.upperBound <= matrix.columns && (0...matrix.rows).contains(batch),
      "columns \(columns) and \(batch) rows of \(matrix.rows) × \(matrix.columns)")
    guard columns.lowerBound % StepLists.tile == 0 else { return }
    let tiles =
      columns.lowerBound
      / StepLists.tile..<SparseRows.tiles(columns.upperBound)
    table.listRows(
      ListArguments(
        tiles: tiles, matrix: matrix.base, stride: matrix.stride, rows: batch, columns: columns.upperBound,
        lists: sparse.byColumns))
  }
}
