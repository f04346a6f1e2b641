#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// All eigenvalues of a small symmetric matrix.
enum SymmetricEigen {
  /// Computes the eigenvalues, largest first, and orthonormal eigenvectors, by Jacobi rotations (Golub and
  /// Van Loan, "Matrix Computations", 8.5).
  static func solve(_ matrix: [[Double]]) -> (values: [Double], vectors: [[Double]]) {
    let size = matrix.count
    var matrix = matrix
    var vectors = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0 } }
    // Convergence is faster than quadratic: six sweeps are usual.
    for _ in 0..<30 {
      var isDiagonal = true
      for first in 0..<size {
        for second in first + 1..<max(first + 1, size) {
          let scale = (matrix[first][first].magnitude * matrix[second][second].magnitude).squareRoot()
          guard matrix[first][second].magnitude > 1e-15 * scale else { continue }
          isDiagonal = false
          rotate(&matrix, &vectors, first, second)
        }
      }
      if isDiagonal { break }
    }
    let order = (0..<size).sorted { (matrix[$0][$0], $1) > (matrix[$1][$1], $0) }
    return (order.map { matrix[$0][$0] }, order.map { vectors[$0] })
  }

  /// Applies the rotation of two axes that makes their common element zero.
  private static func rotate(
    _ matrix: inout [[Double]], _ vectors: inout [[Double]], _ first: Int, _ second: Int
  ) {
    let ratio = (matrix[second][second] - matrix[first][first]) / (2 * matrix[first][second])
    let tangent = (ratio < 0 ? -1 : 1) / (ratio.magnitude + (1 + ratio * ratio).squareRoot())
    let cosine = 1 / (1 + tangent * tangent).squareRoot()
    let sine = tangent * cosine
    for index in matrix.indices {
      let (left, right) = (matrix[index][first], matrix[index][second])
      matrix[index][first] = cosine * left - sine * right
      matrix[index][second] = sine * left + cosine * right
    }
    for index in matrix.indices {
      let (upper, lower) = (matrix[first][index], matrix[second][index])
      matrix[first][index] = cosine * upper - sine * lower
      matrix[second][index] = sine * upper + cosine * lower
      let (left, right) = (vectors[first][index], vectors[second][index])
      vectors[first][index] = cosine * left - sine * right
      vectors[second][index] = sine * left + cosine * right
    }
  }
}
