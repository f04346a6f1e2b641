import Primitives

/// The principal components of rows of numbers.
///
/// They are the eigenvectors of the rows' covariance with the largest eigenvalues (Pearson, "On lines and
/// planes of closest fit to systems of points in space", 1901; Hotelling, 1933), found by subspace iteration
/// with a Rayleigh–Ritz step (Golub and Van Loan, "Matrix Computations", 8.2.4) from more directions than
/// requested, as in Halko, Martinsson and Tropp, "Finding structure with randomness", 2011. With many
/// columns, no matrix of columns × columns is formed.
///
///     let components = PrincipalComponents(of: outputs.map(\.latents))
///     let coordinates = components.project(latents)
///
/// The result is deterministic.
public struct PrincipalComponents: Sendable, Equatable {
  /// The mean of each column.
  public let mean: [Double]
  /// Orthonormal directions, one element for each column, by falling variance. The first of the elements with
  /// the largest magnitude is positive.
  public let directions: [[Double]]
  /// The fraction (0–1) of the rows' variance that each direction explains; 0 where the variance is 0.
  public let explainedFractions: [Double]

  /// A Boolean value that is true if the rows vary; the fractions are undefined otherwise.
  public var rowsVary: Bool { explainedFractions.contains { $0 > 0 } }

  /// Computes the first components of some rows.
  ///
  /// The number of directions is at most that of columns. Directions without variance are still orthonormal,
  /// with a fraction of 0.
  ///
  /// - Parameters:
  ///   - rows: rows of equal length; those with elements that are not finite are ignored.
  ///   - count: the number of directions.
  public init(of rows: [[Float]], count: Int = 2) {
    let columns = rows.first?.count ?? 0
    let spread = RowSpread(of: rows, columns: columns)
    let found = SubspaceIteration(of: spread, count: min(max(0, count), columns))
    mean = spread.mean
    directions = found.directions.map(Self.oriented)
    explainedFractions = found.variances.map {
      spread.variance > 0 ? min(1, max(0, $0 / spread.variance)) : 0
    }
  }

  /// The coordinates of a row along each direction, relative to the mean.
  ///
  /// - Parameter row: one element for each column.
  public func project(_ row: [Float]) -> [Double] {
    precondition(row.count == mean.count, "a row of \(row.count) numbers for \(mean.count) columns")
    return directions.map { direction in
      var sum = 0.0
      for column in row.indices { sum += (Double(row[column]) - mean[column]) * direction[column] }
      return sum
    }
  }

  /// The row nearest to `base` with the given coordinates: `base` moved along the directions alone.
  ///
  /// - Parameters:
  ///   - coordinates: as from `project(_:)`; missing ones do not change.
  ///   - base: one element for each column.
  public func row(at coordinates: [Double], from base: [Float]) -> [Float] {
    let start = project(base)
    var moved = base.map(Double.init)
    for (index, coordinate) in coordinates.prefix(directions.count).enumerated() {
      let step = coordinate - start[index]
      for column in moved.indices { moved[column] += step * directions[index][column] }
    }
    return moved.map(Float.init)
  }

  /// The direction with the sign that makes its largest element positive.
  private static func oriented(_ direction: [Double]) -> [Double] {
    let largest = direction.reduce(0) { max($0, $1.magnitude) }
    // Elements that differ by rounding only count as equal, so that the sign is the same on every machine.
    let decisive = direction.first { $0.magnitude >= largest * (1 - 1e-6) } ?? 0
    return decisive < 0 ? direction.map { -$0 } : direction
  }
}

/// Centred rows, and the product with their covariance.
private struct RowSpread {
  let columns: Int
  let mean: [Double]
  /// The sum of the columns' variances.
  let variance: Double
  /// The rows with finite elements minus their mean.
  private let centred: [Double]
  private let rowCount: Int
  /// The covariance, columns × columns; nil where there are too many.
  private let covariance: [Double]?

  /// The largest number of columns with an explicit covariance.
  private static let maximumMatrixColumns = 256

  init(of rows: [[Float]], columns: Int) {
    var centred: [Double] = []
    centred.reserveCapacity(rows.count * columns)
    var sums = [Double](repeating: 0, count: columns)
    for row in rows {
      precondition(row.count == columns, "a row of \(row.count) numbers for \(columns) columns")
      guard row.allSatisfy(\.isFinite) else { continue }
      for column in 0..<columns {
        let value = Double(row[column])
        sums[column] += value
        centred.append(value)
      }
    }
    let rowCount = columns == 0 ? 0 : centred.count / columns
    let mean = sums.map { $0 / Double(max(1, rowCount)) }
    var variance = 0.0
    for start in stride(from: 0, to: centred.count, by: max(1, columns)) {
      for column in 0..<columns {
        centred[start + column] -= mean[column]
        variance += centred[start + column] * centred[start + column]
      }
    }
    self.columns = columns
    self.mean = mean
    let count = Double(max(1, rowCount))
    let varies = (0..<columns).contains { column in
      let squares = stride(from: column, to: centred.count, by: columns).reduce(0) {
        $0 + centred[$1] * centred[$1]
      }
      return varianceBeyondRounding(squares / count, meanSquare: mean[column] * mean[column]) > 0
    }
    self.variance = varies ? variance / count : 0
    self.centred = centred
    self.rowCount = rowCount
    covariance =
      columns <= Self.maximumMatrixColumns ? Self.covariance(centred, rows: rowCount, columns: columns) : nil
  }

  /// The number of multiplications for one direction.
  var cost: Int { covariance == nil ? 2 * rowCount * columns : columns * columns }

  /// The product of the covariance and a direction.
  func times(_ direction: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: columns)
    if let covariance {
      // The matrix is symmetric: adding rows avoids a long chain of dependent sums.
      for row in 0..<columns {
        Self.add(direction[row], ofRow: row, in: covariance, to: &product)
      }
      return product
    }
    for row in 0..<rowCount {
      let start = row * columns
      var sum = 0.0
      for column in 0..<columns { sum += centred[start + column] * direction[column] }
      Self.add(sum / Double(rowCount), ofRow: row, in: centred, to: &product)
    }
    return product
  }

  private static func add(_ factor: Double, ofRow row: Int, in matrix: [Double], to sums: inout [Double]) {
    let start = row * sums.count
    for column in sums.indices { sums[column] += factor * matrix[start + column] }
  }

  private static func covariance(_ centred: [Double], rows: Int, columns: Int) -> [Double] {
    var matrix = [Double](repeating: 0, count: columns * columns)
    for row in 0..<rows {
      let start = row * columns
      for first in 0..<columns {
        let factor = centred[start + first] / Double(rows)
        for second in first..<columns {
          matrix[first * columns + second] += factor * centred[start + second]
        }
      }
    }
    for first in 0..<columns {
      for second in 0..<first { matrix[first * columns + second] = matrix[second * columns + first] }
    }
    return matrix
  }
}

/// The largest eigenvalues of a covariance and their eigenvectors.
private struct SubspaceIteration {
  private(set) var directions: [[Double]]
  private(set) var variances: [Double]

  /// The number of additional directions: they speed up convergence where eigenvalues are close.
  private static let extraDirections = 8
  /// The largest residual of an eigenvector, relative to the largest eigenvalue.
  private static let tolerance = 1e-9
  private static let maximumRounds = 500
  /// The limit on multiplications: where many eigenvalues are close, the directions are then nearly optimal.
  private static let maximumWork = 1_000_000_000

  init(of spread: RowSpread, count: Int) {
    let width = count == 0 ? 0 : min(spread.columns, count + Self.extraDirections)
    // Any start that is not orthogonal to the result.
    var stream = RandomStream(seed: 1)
    var basis = (0..<width).map { _ in (0..<spread.columns).map { _ in stream.uniform(in: -1..<1) } }
    directions = []
    variances = []
    let rounds = min(Self.maximumRounds, max(8, Self.maximumWork / max(1, spread.cost * width)))
    for _ in 0..<rounds {
      Self.orthogonalize(&basis, noise: 1e-14 * spread.variance)
      let images = basis.map(spread.times)
      let inner = basis.map { row in images.map { Self.dot(row, $0) } }
      let (values, turns) = SymmetricEigen.solve(inner)
      directions = turns.prefix(count).map { Self.combination(of: basis, by: $0) }
      variances = Array(values.prefix(count))
      let imagesTurned = turns.map { Self.combination(of: images, by: $0) }
      if Self.areSettled(directions, imagesTurned, variances) { break }
      basis = imagesTurned
    }
  }

  private static func areSettled(_ directions: [[Double]], _ images: [[Double]], _ variances: [Double])
    -> Bool
  {
    let limit = tolerance * (variances.first ?? 0)
    return directions.indices.allSatisfy { index in
      let rest = zip(directions[index], images[index]).reduce(0) { sum, pair in
        let difference = pair.1 - variances[index] * pair.0
        return sum + difference * difference
      }
      return rest.squareRoot() <= limit
    }
  }

  /// Makes the vectors orthonormal. A vector within the span of the earlier ones, up to `noise`, is replaced
  /// by the axis farthest outside of it.
  private static func orthogonalize(_ basis: inout [[Double]], noise: Double) {
    for index in basis.indices {
      // Two passes make them orthogonal to the last digit.
      for _ in 0..<2 { removeParts(of: basis[..<index], from: &basis[index]) }
      var length = dot(basis[index], basis[index]).squareRoot()
      if !(length > noise) {
        basis[index] = axis(outside: basis[..<index], columns: basis[index].count)
        for _ in 0..<2 { removeParts(of: basis[..<index], from: &basis[index]) }
        length = dot(basis[index], basis[index]).squareRoot()
      }
      for column in basis[index].indices { basis[index][column] /= length }
    }
  }

  private static func removeParts(of others: ArraySlice<[Double]>, from vector: inout [Double]) {
    for other in others {
      let part = dot(other, vector)
      for column in vector.indices { vector[column] -= part * other[column] }
    }
  }

  private static func axis(outside others: ArraySlice<[Double]>, columns: Int) -> [Double] {
    let covered = (0..<columns).map { column in others.reduce(0) { $0 + $1[column] * $1[column] } }
    let least = covered.indices.min { covered[$0] < covered[$1] } ?? 0
    return (0..<columns).map { $0 == least ? 1 : 0 }
  }

  private static func dot(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for column in left.indices { sum += left[column] * right[column] }
    return sum
  }

  private static func combination(of vectors: [[Double]], by weights: [Double]) -> [Double] {
    var sum = [Double](repeating: 0, count: vectors[0].count)
    for (vector, weight) in zip(vectors, weights) {
      for column in sum.indices { sum[column] += weight * vector[column] }
    }
    return sum
  }
}
