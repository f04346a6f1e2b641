import Primitives
import Testing

@testable import Evaluation

@Suite struct PrincipalComponentsTests {
  private func isClose(_ left: [Double], _ right: [Double], within tolerance: Double = 1e-6) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance }
  }

  private func dot(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Rows whose columns vary by given deviations along axes that a fixed mixing turns.
  private func cloud(rows: Int, deviations: [Double], seed: UInt64 = 3) -> [[Float]] {
    var stream = RandomStream(seed: seed)
    return (0..<rows).map { _ in
      var row = deviations.map { $0 * stream.normal() }
      for column in row.indices.dropFirst() {
        let (left, right) = (row[column - 1], row[column])
        row[column - 1] = 0.8 * left - 0.6 * right
        row[column] = 0.6 * left + 0.8 * right
      }
      return row.enumerated().map { Float($0.element) + Float($0.offset) }
    }
  }

  /// The covariance times a vector, straight from the definition.
  private func image(_ rows: [[Float]], _ vector: [Double]) -> [Double] {
    let count = Double(rows.count)
    let mean = vector.indices.map { column in rows.reduce(0) { $0 + Double($1[column]) } / count }
    var sum = vector.map { _ in 0.0 }
    for row in rows {
      let centred = vector.indices.map { Double(row[$0]) - mean[$0] }
      let part = dot(centred, vector) / count
      for column in sum.indices { sum[column] += part * centred[column] }
    }
    return sum
  }

  /// The covariance is [[2.5, 1.5], [1.5, 2.5]]: 4 along the diagonal, 1 across it.
  @Test func handMadeNumbers() {
    let rows: [[Float]] = [[6, 5], [2, 1], [5, 2], [3, 4]]
    let components = PrincipalComponents(of: rows)
    // Deviations from the mean (4, 3): (2, 2), (−2, −2), (1, −1), (−1, 1).
    let half = Double(0.5).squareRoot()
    #expect(components.mean == [4, 3])
    #expect(isClose(components.directions[0], [half, half]))
    // Both entries are as large: the first is the positive one.
    #expect(isClose(components.directions[1], [half, -half]))
    #expect(isClose(components.explainedFractions, [0.8, 0.2]))
    #expect(isClose(components.project([6, 5]), [Double(8).squareRoot(), 0]))
    #expect(isClose(components.project([5, 2]), [0, Double(2).squareRoot()]))
    #expect(isClose(components.project([4, 3]), [0, 0]))
  }

  @Test func theLargestEntryIsPositive() {
    // Along (1, −3) there is no way but one to say it.
    let components = PrincipalComponents(of: [[1, -3], [-1, 3], [0, 0]])
    #expect(isClose(components.directions[0], [-1 / Double(10).squareRoot(), 3 / Double(10).squareRoot()]))
    #expect(isClose(components.explainedFractions, [1, 0]))
  }

  /// Against the definition: a direction's image under the covariance is its variance times itself, and the
  /// rest of the variance is less along any other direction.
  @Test(arguments: [3, 12, 40])
  func directionsAreEigenvectors(columns: Int) {
    let rows = cloud(rows: 60, deviations: (0..<columns).map { 4 / (1 + Double($0)) })
    let components = PrincipalComponents(of: rows, count: 3)
    #expect(components.directions.count == 3)
    let total = (0..<columns).reduce(0.0) { sum, column in
      sum + image(rows, (0..<columns).map { $0 == column ? 1 : 0 })[column]
    }
    var previous = Double.infinity
    for (index, direction) in components.directions.enumerated() {
      let variance = components.explainedFractions[index] * total
      #expect(isClose(image(rows, direction), direction.map { variance * $0 }))
      #expect(variance <= previous)
      previous = variance
      for (other, second) in components.directions.enumerated() {
        #expect(abs(dot(direction, second) - (other == index ? 1 : 0)) < 1e-12)
      }
    }
    // No axis, freed of the three, varies more than the third direction.
    for column in 0..<columns {
      var vector = (0..<columns).map { $0 == column ? 1.0 : 0 }
      for direction in components.directions {
        let part = dot(direction, vector)
        for index in vector.indices { vector[index] -= part * direction[index] }
      }
      let square = dot(vector, vector)
      guard square > 1e-9 else { continue }
      #expect(dot(vector, image(rows, vector)) / square <= previous * (1 + 1e-9))
    }
  }

  /// With more columns than a matrix is made for, the directions are those of the few columns that vary.
  @Test func manyColumnsGiveTheSameDirections() {
    let few = cloud(rows: 30, deviations: [3, 2, 1])
    let wide = few.map { $0 + Array(repeating: 7, count: 400) }
    let narrow = PrincipalComponents(of: few)
    let components = PrincipalComponents(of: wide)
    #expect(isClose(components.explainedFractions, narrow.explainedFractions))
    for (direction, expected) in zip(components.directions, narrow.directions) {
      #expect(isClose(direction, expected + Array(repeating: 0, count: 400)))
    }
    #expect(isClose(components.project(wide[4]), narrow.project(few[4]), within: 1e-5))
  }

  @Test func rowsWithNoNumberAreLeftOut() {
    let rows = cloud(rows: 20, deviations: [2, 1, 1])
    let spoiled = [[.nan, 0, 0]] + rows + [[0, .infinity, 1]]
    #expect(PrincipalComponents(of: spoiled) == PrincipalComponents(of: rows))
    let nothing = PrincipalComponents(of: [[.nan, 1]])
    #expect(nothing.mean == [0, 0])
    #expect(nothing.explainedFractions == [0, 0])
  }

  /// Constant latents still have directions.
  @Test func littleVariesSafely() {
    let rows = [[[1, 2, 3]], [[1, 2, 3], [1, 2, 3]], [[1, 2, 3], [1, 4, 3]]] as [[[Float]]]
    for (index, rows) in rows.enumerated() {
      let components = PrincipalComponents(of: rows)
      #expect(isClose(components.explainedFractions, index == 2 ? [1, 0] : [0, 0]))
      #expect(components.rowsVary == (index == 2))
      #expect(abs(dot(components.directions[0], components.directions[0]) - 1) < 1e-12)
      #expect(abs(dot(components.directions[1], components.directions[1]) - 1) < 1e-12)
      #expect(abs(dot(components.directions[0], components.directions[1])) < 1e-12)
    }
    #expect(isClose(PrincipalComponents(of: rows[2]).directions[0], [0, 1, 0]))
  }

  /// The mean of equal numbers is not always the number: what is left of them is rounding.
  @Test func equalRowsDoNotVary() {
    for value in [0.1, -7.3, 1e6, 1e-9] as [Float] {
      let components = PrincipalComponents(of: Array(repeating: [value, value / 3, 0], count: 1009))
      #expect(!components.rowsVary && components.explainedFractions == [0, 0])
    }
    #expect(PrincipalComponents(of: [[1e6, 0], [1e6, 1e-3]]).rowsVary)
  }

  @Test func countsThatDoNotFit() {
    let rows = cloud(rows: 9, deviations: [2, 1])
    #expect(PrincipalComponents(of: rows, count: 5).directions.count == 2)
    #expect(isClose([PrincipalComponents(of: rows, count: 5).explainedFractions.reduce(0, +)], [1]))
    #expect(PrincipalComponents(of: rows, count: 0).directions.isEmpty)
    #expect(PrincipalComponents(of: rows, count: -1).directions.isEmpty)
    #expect(PrincipalComponents(of: []).project([]) == [])
    #expect(PrincipalComponents(of: [[], []]).directions.isEmpty)
    let fewRows = PrincipalComponents(of: cloud(rows: 2, deviations: [1, 1, 1, 1, 1]))
    #expect(isClose(fewRows.explainedFractions, [1, 0]))
  }

  @Test func movingChangesOnlyTheCoordinates() {
    let rows = cloud(rows: 40, deviations: [3, 2, 1, 1])
    let components = PrincipalComponents(of: rows)
    let moved = components.row(at: [1.5, -2], from: rows[7])
    #expect(isClose(components.project(moved), [1.5, -2], within: 1e-5))
    // The base's components across the directions stay.
    let step = zip(moved, rows[7]).map { Double($0) - Double($1) }
    let along = components.directions.map { dot($0, step) }
    let rest = step.indices.map { column in
      step[column] - along[0] * components.directions[0][column] - along[1] * components.directions[1][column]
    }
    #expect(rest.allSatisfy { abs($0) < 1e-5 })
    #expect(along.allSatisfy { abs($0) > 0.1 })
    // One coordinate leaves the other where it is; more than there are directions are dropped.
    let half = components.project(components.row(at: [1], from: rows[7]))
    #expect(isClose(half, [1, components.project(rows[7])[1]], within: 1e-5))
    #expect(components.row(at: [1.5, -2, 9], from: rows[7]) == moved)
  }
}
