/// A matrix of `Float` in row-major order, with rows aligned to 64 bytes.
///
/// Rows are padded with zeros to a multiple of 16 columns; the row stride is an odd multiple of 16 values, so
/// that columns do not share cache lines. Kernels write to disjoint parts of one matrix from several threads;
/// the caller keeps the parts disjoint.
public final class Matrix {
  /// The number of rows.
  public let rows: Int
  /// The number of columns, without padding.
  public let columns: Int
  /// The row stride, in values.
  let stride: Int
  /// The first value.
  let base: UnsafeMutablePointer<Float>

  /// The number of columns with padding, a multiple of 16.
  var paddedColumns: Int { Self.padded(columns) }

  /// Creates a matrix of zeros.
  public init(rows: Int, columns: Int) {
    precondition(rows >= 1 && columns >= 1, "a matrix needs rows and columns, not \(rows) × \(columns)")
    self.rows = rows
    self.columns = columns
    stride = (Self.padded(columns) / 16 | 1) * 16
    base = allocateZeros(count: rows * stride)
  }

  deinit {
    base.deallocate()
  }

  /// One value.
  public subscript(row: Int, column: Int) -> Float {
    get {
      check(row: row, column: column)
      return base[row * stride + column]
    }
    set {
      check(row: row, column: column)
      base[row * stride + column] = newValue
    }
  }

  /// The values of one row.
  public func row(_ row: Int) -> [Float] {
    check(row: row, column: 0)
    return Array(UnsafeBufferPointer(start: base + row * stride, count: columns))
  }

  /// Sets one row to `values`, one for each column.
  public func setRow(_ row: Int, to values: [Float]) {
    check(row: row, column: 0)
    precondition(values.count == columns, "\(values.count) values for a row of \(columns)")
    (base + row * stride).update(from: values, count: columns)
  }

  /// Sets one row to a row of another matrix with as many columns.
  public func setRow(_ row: Int, toRow source: Int, of other: Matrix) {
    check(row: row, column: 0)
    other.check(row: source, column: 0)
    precondition(other.columns == columns, "a row of \(other.columns) for a row of \(columns)")
    (base + row * stride).update(from: other.base + source * other.stride, count: columns)
  }

  /// Copies columns of another matrix's rows to the same rows of this one, from column `column` on.
  public func copy(columns source: Range<Int>, of other: Matrix, to column: Int, rows range: Range<Int>) {
    precondition(
      source.lowerBound >= 0 && source.upperBound <= other.columns && column >= 0
        && column + source.count <= columns,
      "columns \(source) of \(other.columns) to \(column) of \(columns)")
    precondition(
      range.lowerBound >= 0 && range.upperBound <= min(rows, other.rows), "rows \(range) of \(rows)")
    for row in range {
      (base + row * stride + column)
        .update(from: other.base + row * other.stride + source.lowerBound, count: source.count)
    }
  }

  /// Sets the elements of one row, from column `column` on, to `values`.
  public func set(row: Int, column: Int, to values: [Float]) {
    check(row: row, column: column)
    precondition(column + values.count <= columns, "\(values.count) values do not fit at \(column)")
    (base + row * stride + column).update(from: values, count: values.count)
  }

  func check(row: Int, column: Int) {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "(\(row), \(column)) lies outside \(rows) × \(columns)")
  }

  static func padded(_ columns: Int) -> Int { (columns + 15) / 16 * 16 }
}

/// Allocates `count` zeros, aligned to 64 bytes.
func allocateZeros(count: Int) -> UnsafeMutablePointer<Float> {
  let memory = UnsafeMutableRawPointer.allocate(
    byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
  let values = memory.bindMemory(to: Float.self, capacity: count)
  values.initialize(repeating: 0, count: count)
  return values
}

extension Matrix {
  /// Σ x² over some rows: not finite if an element is not finite, otherwise no smaller than the largest
  /// square.
  public func squareSum(rows range: Range<Int>) -> Double {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    var total = 0.0
    for row in range {
      let start = UnsafeRawPointer(base + row * stride)
      // Padding is zero and adds nothing.
      var sums = SIMD16<Float>()
      for column in Swift.stride(from: 0, to: paddedColumns, by: 16) {
        let values = start.load(
          fromByteOffset: column * MemoryLayout<Float>.stride, as: SIMD16<Float>.self)
        sums += values * values
      }
      total += Double(sums.sum())
    }
    return total
  }
}
