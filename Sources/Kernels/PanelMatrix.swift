import KernelTypes

/// A matrix that stays in the layout that products read fastest: panels of 48 columns.
///
/// Panel q holds the columns from 48 q on, row by row; the last panel has 16, 32 or 48 columns, padded
/// with zeros. A dense layer's weights are stored with inputs as rows and outputs as columns.
public final class PanelMatrix {
  /// Rows (a layer's inputs).
  public let rows: Int
  /// Columns (a layer's outputs).
  public let columns: Int
  let base: UnsafeMutablePointer<Float>

  var paddedColumns: Int { Matrix.padded(columns) }
  /// How many panels there are.
  public var blockCount: Int { (paddedColumns + ColumnBlocks.width - 1) / ColumnBlocks.width }

  func hasShape(of other: PanelMatrix) -> Bool { rows == other.rows && columns == other.columns }

  /// Makes a matrix of zeros.
  public init(rows: Int, columns: Int) {
    precondition(rows >= 1 && columns >= 1, "a matrix needs rows and columns, not \(rows) × \(columns)")
    self.rows = rows
    self.columns = columns
    base = allocateZeros(count: rows * Matrix.padded(columns))
  }

  deinit {
    base.deallocate()
  }

  /// The values in the layout `[columns][rows]`, which is a PyTorch weight's `[outputs, inputs]`.
  public var transposedValues: [Float] {
    get {
      var values = [Float](repeating: 0, count: columns * rows)
      for column in 0..<columns {
        for row in 0..<rows { values[column * rows + row] = base[offset(row: row, column: column)] }
      }
      return values
    }
    set {
      precondition(newValue.count == columns * rows, "\(newValue.count) values for \(columns) × \(rows)")
      for column in 0..<columns {
        for row in 0..<rows { base[offset(row: row, column: column)] = newValue[column * rows + row] }
      }
    }
  }

  /// Writes the transpose of this matrix to `other`.
  public func transpose(into other: PanelMatrix) {
    precondition(
      other.rows == columns && other.columns == rows,
      "\(other.rows) × \(other.columns) is not the transposed shape of \(rows) × \(columns)")
    for row in 0..<rows {
      for column in 0..<columns {
        other.base[other.offset(row: column, column: row)] = base[offset(row: row, column: column)]
      }
    }
  }

  /// Where a value lies.
  private func offset(row: Int, column: Int) -> Int {
    let block = column / ColumnBlocks.width
    let firstColumn = block * ColumnBlocks.width
    let width = min(ColumnBlocks.width, paddedColumns - firstColumn)
    return firstColumn * rows + row * width + column - firstColumn
  }
}
