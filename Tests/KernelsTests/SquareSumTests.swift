import Kernels
import Testing

@Suite struct SquareSumTests {
  private func matrix(_ columns: Int) -> Matrix {
    let matrix = Matrix(rows: 5, columns: columns)
    for row in 0..<5 { matrix.setRow(row, to: (0..<columns).map { Float(row * columns + $0) / 64 - 1 }) }
    return matrix
  }

  @Test(arguments: [1, 7, 16, 17, 100])
  func theSumOfSquaresMatchesTheRows(columns: Int) {
    let matrix = matrix(columns)
    let expected = (1..<4).reduce(0.0) { $0 + matrix.row($1).reduce(0.0) { $0 + Double($1) * Double($1) } }
    #expect(abs(matrix.squareSum(rows: 1..<4) - expected) <= 1e-5 * expected)
    #expect(matrix.squareSum(rows: 2..<2) == 0)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity, 1e30])
  func nonFiniteNumbersAreFound(value: Float) {
    for column in 0..<33 {
      let matrix = matrix(33)
      matrix[3, column] = value
      #expect(!matrix.squareSum(rows: 0..<5).isFinite)
      #expect(matrix.squareSum(rows: 0..<3).isFinite)
    }
  }
}
