import KernelInterface

/// A matrix in the layout that products read fastest: panels of 48 columns.
///
/// Panel q holds the columns from 48 q on, row by row; the last panel has 16, 32 or 48 columns, padded with
/// zeros. A dense layer's weights have inputs as rows and outputs as columns.
public final class PanelMatrix {
  /// The number of rows (a layer's inputs).
  public let rows: Int
  /// The number of columns (a layer's outputs).
  public let columns: Int
  let base: UnsafeMutablePointer<Float>

  var paddedColumns: Int { Matrix.padded(columns) }
  /// The number of panels.
  public var blockCount: Int { (paddedColumns + ColumnBlocks.width - 1) / ColumnBlocks.width }

  func hasShape(of other: PanelMatrix) -> Bool { rows == other.rows && columns == other.columns }

  /// Creates a matrix of zeros.
  public init(rows: Int, columns: Int) {
    precondition(rows >= 1 && columns >= 1, "a matrix needs rows and columns, not \(rows) × \(columns)")
    self.rows = rows
    self.columns = columns
    base = allocateZeros(count: rows * Matrix.padded(columns))
  }

  deinit {
    base.deallocate()
  }

  /// The values in the layout `[columns][rows]`, that of a PyTorch weight, `[outputs, inputs]`.
  public var transposedValues: [Float] {
    get {
      [Float](unsafeUninitializedCapacity: columns * rows) { values, initializedCount in
        forEachStrip { strip in
          for row in 0..<rows {
            let from = base + strip.start + row * strip.step
            for column in 0..<strip.columns.count {
              values[(strip.columns.lowerBound + column) * rows + row] = from[column]
            }
          }
        }
        initializedCount = columns * rows
      }
    }
    set {
      precondition(newValue.count == columns * rows, "\(newValue.count) values for \(columns) × \(rows)")
      newValue.withUnsafeBufferPointer { values in
        forEachStrip { strip in
          for row in 0..<rows {
            let to = base + strip.start + row * strip.step
            for column in 0..<strip.columns.count {
              to[column] = values[(strip.columns.lowerBound + column) * rows + row]
            }
          }
        }
      }
    }
  }

  /// Writes the transpose of this matrix to `other`.
  public func transpose(into other: PanelMatrix) {
    precondition(
      other.rows == columns && other.columns == rows,
      "\(other.rows) × \(other.columns) is not the transposed shape of \(rows) × \(columns)")
    forEachStrip { strip in
      for column in strip.columns {
        let from = base + strip.start + column - strip.columns.lowerBound
        other.forEachStrip { otherStrip in
          let to = other.base + otherStrip.start + column * otherStrip.step
          for row in otherStrip.columns {
            to[row - otherStrip.columns.lowerBound] = from[row * strip.step]
          }
        }
      }
    }
  }

  /// At most 16 adjacent columns, so that transposing a strip stays in the level-1 cache.
  private struct Strip {
    var columns: Range<Int>
    /// The offset of the first value of the first row, and the row stride.
    var start: Int
    var step: Int
  }

  private func forEachStrip(_ body: (Strip) -> Void) {
    for first in stride(from: 0, to: columns, by: Self.stripWidth) {
      let block = first / ColumnBlocks.width * ColumnBlocks.width
      let width = min(ColumnBlocks.width, paddedColumns - block)
      body(
        Strip(
          columns: first..<min(columns, first + Self.stripWidth), start: block * rows + first - block,
          step: width))
    }
  }

  private static let stripWidth = 16
}
