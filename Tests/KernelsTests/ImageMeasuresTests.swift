import Testing

@testable import Kernels

@Suite struct ImageMeasuresTests {
  /// Two images of a shape, with values in [0, 1].
  private func images(_ shape: SampledShape) -> (Matrix, [Float], [Float]) {
    let matrix = shape.matrix(rows: 2)
    let one = pattern(shape.valueCount, salt: 1).map { ($0 + 1) / 2 }
    let other = zip(one, pattern(shape.valueCount, salt: 2)).map { 0.7 * $0 + 0.15 * ($1 + 1) }
    matrix.setRow(0, to: one)
    matrix.setRow(1, to: other)
    return (matrix, one, other)
  }

  /// The mean over planes and windows of 7 by 7, by the definition in double precision.
  private func similarity(_ one: [Float], _ other: [Float], _ shape: SampledShape) -> Double {
    var (total, windows) = (0.0, 0.0)
    for plane in 0..<shape.channels {
      for top in 0...shape.height - 7 {
        for left in 0...shape.width - 7 {
          let places = (0..<49).map {
            plane * shape.pixelCount + (top + $0 / 7) * shape.width + left + $0 % 7
          }
          let (x, y) = (places.map { Double(one[$0]) }, places.map { Double(other[$0]) })
          let (meanX, meanY) = (x.reduce(0, +) / 49, y.reduce(0, +) / 49)
          let varianceX = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) } / 49
          let varianceY = y.reduce(0) { $0 + ($1 - meanY) * ($1 - meanY) } / 49
          let covariance = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / 49
          total +=
            (2 * meanX * meanY + 1e-4) * (2 * covariance + 9e-4)
            / ((meanX * meanX + meanY * meanY + 1e-4) * (varianceX + varianceY + 9e-4))
          windows += 1
        }
      }
    }
    return total / windows
  }

  @Test(arguments: SampledShape.all) func structuralSimilarityMatchesTheDefinition(shape: SampledShape) {
    let (matrix, one, other) = images(shape)
    func found(_ row: Int, _ otherRow: Int) -> Double {
      ImageMeasures.structuralSimilarity(
        matrix, row: row, matrix, row: otherRow, width: shape.width, channels: shape.channels)
    }
    let expected = similarity(one, other, shape)
    #expect(expected > 0.1 && expected < 0.9)
    #expect(abs(found(0, 1) - expected) < 1e-4)
    #expect(abs(found(0, 0) - 1) < 1e-6)
  }

  @Test(arguments: SampledShape.all) func gradientSumMatchesTheDefinition(shape: SampledShape) {
    let (matrix, one, _) = images(shape)
    var expected = 0.0
    for plane in 0..<shape.channels {
      for row in 0..<shape.height {
        for column in 0..<shape.width {
          let place = plane * shape.pixelCount + row * shape.width + column
          if column > 0 { expected += Double(abs(one[place] - one[place - 1])) }
          if row > 0 { expected += Double(abs(one[place] - one[place - shape.width])) }
        }
      }
    }
    let found = ImageMeasures.gradientSum(matrix, row: 0, width: shape.width, channels: shape.channels)
    #expect(abs(found - expected) < 1e-4 * expected)
  }

  @Test(arguments: SampledShape.all) func squaresMatchTheDefinition(shape: SampledShape) {
    let (matrix, one, other) = images(shape)
    let found = ImageMeasures.squares(matrix, row: 0, matrix, row: 1)
    let difference = zip(one, other).reduce(0.0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
    let norm = other.reduce(0.0) { $0 + Double($1) * Double($1) }
    #expect(abs(found.ofDifference - difference) < 1e-5 * difference)
    #expect(abs(found.ofOther - norm) < 1e-5 * norm)
  }
}
