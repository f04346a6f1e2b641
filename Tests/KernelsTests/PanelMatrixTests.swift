import Testing

@testable import Kernels

@Suite struct PanelMatrixTests {
  /// rows, columns: parts of a strip, of a panel, and several of both.
  static let shapes = [
    (1, 1), (5, 16), (3, 17), (7, 31), (2, 48), (16, 49), (33, 65), (50, 97), (97, 160), (784, 7),
  ]

  @Test(arguments: shapes) func packingRoundTrips(rows: Int, columns: Int) {
    let matrix = PanelMatrix(rows: rows, columns: columns)
    let values = pattern(rows * columns, salt: 3)
    matrix.transposedValues = values
    #expect(matrix.transposedValues == values)
  }

  @Test(arguments: shapes) func theTransposeSwapsRowsAndColumns(rows: Int, columns: Int) {
    let matrix = PanelMatrix(rows: rows, columns: columns)
    let other = PanelMatrix(rows: columns, columns: rows)
    let values = pattern(rows * columns, salt: 4)
    matrix.transposedValues = values
    matrix.transpose(into: other)
    #expect(other.transposedValues == Reference.transposed(values, rows: columns, columns: rows))
    other.transpose(into: matrix)
    #expect(matrix.transposedValues == values)
  }
}
