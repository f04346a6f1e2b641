import KernelInterface

/// The number of columns with padding.
func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 }

/// A matrix whose rows are padded.
protocol CaseValues {
  var rows: Int { get }
  var columns: Int { get }
  subscript(row: Int, column: Int) -> Float { get nonmutating set }
}

extension CaseValues {
  /// The values without padding, row by row.
  var values: [Float] {
    var values: [Float] = []
    values.reserveCapacity(rows * columns)
    for row in 0..<rows { for column in 0..<columns { values.append(self[row, column]) } }
    return values
  }

  /// The values behind the columns of each row, and a zero where there are none.
  var padding: [Float] {
    var values: [Float] = [0]
    for row in 0..<rows { for column in columns..<padded(columns) { values.append(self[row, column]) } }
    return values
  }
}

/// A matrix of rows, padded with zeros to a multiple of 16 columns, an odd multiple of 16 values apart.
struct CaseMatrix: CaseValues {
  let rows, columns, stride: Int
  let base: UnsafeMutablePointer<Float>

  init(_ memory: CaseMemory, rows: Int, columns: Int) {
    (self.rows, self.columns) = (rows, columns)
    stride = (padded(columns) / 16 | 1) * 16
    base = memory.floats(rows * stride)
  }

  /// A matrix of seeded numbers, of which a fraction is 0.
  init(_ memory: CaseMemory, rows: Int, columns: Int, seed: Int, zeros: Float = 0, factor: Float = 1) {
    self.init(memory, rows: rows, columns: columns)
    var numbers = CaseNumbers(seed: seed)
    for row in 0..<rows {
      for column in 0..<columns {
        let isZero = (numbers.next() + 1) / 2 < zeros
        let value = factor * numbers.next()
        self[row, column] = isZero ? 0 : value
      }
    }
  }

  subscript(row: Int, column: Int) -> Float {
    get { base[row * stride + column] }
    nonmutating set { base[row * stride + column] = newValue }
  }

  func fill(_ value: Float) {
    for row in 0..<rows { for column in 0..<columns { self[row, column] = value } }
  }

  var blocks: ColumnBlocks { ColumnBlocks(rows: base, stride: stride) }
}

/// A matrix in panels of 48 columns.
struct CasePanels: CaseValues {
  let rows, columns: Int
  let base: UnsafeMutablePointer<Float>

  init(_ memory: CaseMemory, rows: Int, columns: Int) {
    (self.rows, self.columns) = (rows, columns)
    base = memory.floats(rows * padded(columns))
  }

  init(_ memory: CaseMemory, rows: Int, columns: Int, seed: Int) {
    self.init(memory, rows: rows, columns: columns)
    var numbers = CaseNumbers(seed: seed)
    for row in 0..<rows { for column in 0..<columns { self[row, column] = numbers.next() } }
  }

  private func place(_ row: Int, _ column: Int) -> Int {
    let first = column / ColumnBlocks.width * ColumnBlocks.width
    let width = min(ColumnBlocks.width, padded(columns) - first)
    return first * rows + row * width + column - first
  }

  subscript(row: Int, column: Int) -> Float {
    get { base[place(row, column)] }
    nonmutating set { base[place(row, column)] = newValue }
  }

  var blocks: ColumnBlocks { ColumnBlocks(panels: base, panelRows: rows) }
  var blockCount: Int { (columns + ColumnBlocks.width - 1) / ColumnBlocks.width }

  /// Copies the transpose of this matrix.
  func transpose(into other: CasePanels) {
    for row in 0..<rows { for column in 0..<columns { other[column, row] = self[row, column] } }
  }
}

extension CaseOutput {
  /// Expects exactly the values of another computation.
  init(_ name: StaticString, _ values: [Float], same: [Float]) {
    self.init(name, values, expected: same.map { Double($0) }, tolerance: 0)
  }

  /// Expects zeros behind the columns.
  init(paddingOf values: [Float]) {
    self.init("padding", values, expected: [Double](repeating: 0, count: values.count), tolerance: 0)
  }
}
