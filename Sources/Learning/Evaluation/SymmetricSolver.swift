import Kernels

/// A solver for one symmetric positive semidefinite matrix, by Cholesky decomposition.
///
/// An unknown whose row depends linearly on the previous ones is 0.
struct SymmetricSolver {
  /// The lower triangle, row by row.
  private let lower: [[Double]]

  /// Decomposes `matrix`; only the lower triangle is used.
  init(_ matrix: [[Double]]) {
    var lower = matrix
    for row in matrix.indices {
      for column in 0...row {
        var sum = matrix[row][column]
        for step in 0..<column { sum -= lower[row][step] * lower[column][step] }
        lower[row][column] =
          row == column ? Self.pivot(sum, of: matrix[row][row]) : sum / lower[column][column]
      }
    }
    self.lower = lower
  }

  /// The square root of the remainder of a diagonal element; infinite, so that the unknown becomes 0, where the
  /// remainder is a rounding error.
  private static func pivot(_ remainder: Double, of element: Double) -> Double {
    remainder > 1e-9 * element ? remainder.squareRoot() : .infinity
  }

  /// Decomposes the bound ½ XᵀX + I of logistic regression, X being `inputs` with a column of ones, which has
  /// no I.
  init(boundOf inputs: Matrix) {
    var matrix = Self.moments(of: inputs).map { $0.map { $0 / 2 } }
    for index in 0..<inputs.columns { matrix[index][index] += 1 }
    self.init(matrix)
  }

  /// XᵀX, X being `inputs` with a column of ones.
  static func moments(of inputs: Matrix) -> [[Double]] {
    let width = inputs.columns + 1
    var sums = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
    for row in 0..<inputs.rows {
      let values = inputs.row(row).map(Double.init) + [1]
      for one in 0..<width {
        for other in 0...one { sums[one][other] += values[one] * values[other] }
      }
    }
    for one in 0..<width {
      for other in one..<width { sums[one][other] = sums[other][one] }
    }
    return sums
  }

  /// The solution x of matrix · x = `right`.
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for row in lower.indices {
      for step in 0..<row { x[row] -= lower[row][step] * x[step] }
      x[row] /= lower[row][row]
    }
    for row in lower.indices.reversed() {
      for step in row + 1..<lower.count { x[row] -= lower[step][row] * x[step] }
      x[row] /= lower[row][row]
    }
    return x
  }
}
