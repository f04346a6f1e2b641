import KernelTypes

/// Where a matrix of many zeros is not zero, so that products can pass over the rest.
///
/// Images are zero for four fifths. For products from the left it lists, for each four rows, the columns in
/// which one of them is not zero; for products of the transpose, for each eight columns, the rows. What is
/// passed over would add 0, so results do not change. Parts may be found by several threads at once.
public final class SparseRows {
  /// The matrix.
  public let matrix: Matrix
  private let columnLists: UnsafeMutablePointer<Int32>
  private let rowLists: UnsafeMutablePointer<Int32>

  /// Rows in a tile of a product from the left: fewer than in a dense one, as fewer rows share more zeros.
  static let tileRows = 4
  /// Columns in a tile of a product of the transpose.
  static let tileColumns = 8

  /// Lists for `matrix`, empty until they are found.
  public init(_ matrix: Matrix) {
    self.matrix = matrix
    let columnCount = Self.tiles(matrix.rows, Self.tileRows) * (matrix.columns + 1)
    let rowCount = Self.tiles(matrix.columns, Self.tileColumns) * (matrix.rows + 1)
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
    StepLists(base: columnLists, stride: matrix.columns + 1, tileRows: Self.tileRows)
  }

  var byColumns: StepLists {
    StepLists(base: rowLists, stride: matrix.rows + 1, tileRows: Self.tileColumns)
  }

  static func tiles(_ count: Int, _ size: Int) -> Int { (count + size - 1) / size }
}

extension KernelVariant {
  /// Finds, for some rows, the columns that are not zero; nothing where the first row does not start a tile.
  public func findColumns(of sparse: SparseRows, rows: Range<Int>) {
    let matrix = sparse.matrix
    precondition(rows.lowerBound >= 0 && rows.upperBound <= matrix.rows, "rows \(rows) of \(matrix.rows)")
    guard rows.lowerBound % SparseRows.tileRows == 0 else { return }
    let tiles = rows.lowerBound / SparseRows.tileRows..<SparseRows.tiles(rows.upperBound, SparseRows.tileRows)
    table.findSteps(
      StepSearchArguments(
        tiles: tiles, depth: matrix.columns, rows: rows.upperBound, left: matrix.base,
        leftRow: matrix.stride, leftStep: 1, lists: sparse.byRows))
  }

  /// Finds, for some columns, which of the first `batch` rows are not zero; nothing where the first column
  /// does not start a tile.
  public func findRows(of sparse: SparseRows, columns: Range<Int>, batch: Int) {
    let matrix = sparse.matrix
    precondition(
      columns.lowerBound >= 0 && columns.upperBound <= matrix.columns && (0...matrix.rows).contains(batch),
      "columns \(columns) and \(batch) rows of \(matrix.rows) × \(matrix.columns)")
    guard columns.lowerBound % SparseRows.tileColumns == 0 else { return }
    let tiles =
      columns.lowerBound
      / SparseRows.tileColumns..<SparseRows.tiles(columns.upperBound, SparseRows.tileColumns)
    table.findSteps(
      StepSearchArguments(
        tiles: tiles, depth: batch, rows: columns.upperBound, left: matrix.base, leftRow: 1,
        leftStep: matrix.stride, lists: sparse.byColumns))
  }
}
