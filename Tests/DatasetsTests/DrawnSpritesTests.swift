import Testing

@testable import Datasets

/// The images and factors of the built-in sprites.
@Suite struct DrawnSpritesTests {
  private static let test = DrawnSprites(seed: 1, .test, count: 10_000)
  private static let sprites = (0..<10_000).map(test.sprite)

  @Test func anImageDependsOnItsNumberAlone() {
    let (one, other) = (
      DrawnSprites(seed: 5, .training, count: 60_000), DrawnSprites(seed: 5, .training, count: 60_000)
    )
    let indices = [0, 1, 2, 255, 30_000, 59_999]
    let images = indices.map { pixels(of: one, at: $0) }
    #expect(indices.reversed().map { pixels(of: other, at: $0) } == images.reversed())
    #expect(Set(images).count == images.count)
    #expect(images.allSatisfy { $0.count == 4096 })
  }

  @Test func seedsAndSplitsHaveDifferentImages() {
    let (one, other) = (
      DrawnSprites(seed: 1, .training, count: 10), DrawnSprites(seed: 2, .training, count: 10)
    )
    for index in 0..<10 {
      let image = pixels(of: one, at: index)
      #expect(pixels(of: other, at: index) != image)
      #expect(pixels(of: Self.test, at: index) != image)
    }
  }

  @Test func shapesAreEquallyLikely() {
    for shape in Sprite.Shape.allCases {
      // Four deviations of a binomial distribution with 10,000 draws and a probability of one in three.
      #expect(abs(Self.sprites.count { $0.shape == shape } - 3_333) < 189)
    }
  }

  /// The factors, each scaled to 0 to 1.
  private static func fractions(_ sprite: Sprite) -> [Double] {
    [2 * sprite.scale - 1, sprite.orientation / 360, sprite.x, sprite.y]
  }

  @Test func factorsAreUniformForEachShape() {
    for shape in Sprite.Shape.allCases {
      let rows = Self.sprites.filter { $0.shape == shape }.map(Self.fractions)
      for factor in 0..<4 {
        let values = rows.map { $0[factor] }.sorted()
        #expect(values.allSatisfy { (0..<1).contains($0) })
        let gaps = values.indices.map { abs(values[$0] - (Double($0) + 0.5) / Double(values.count)) }
        // Kolmogorov's distribution: exceeded once in 100,000 sets.
        #expect((gaps.max() ?? 1) * Double(values.count).squareRoot() < 2.47, "\(shape) \(factor)")
      }
    }
  }

  @Test func factorsAreIndependent() {
    let rows = Self.sprites.map { Self.fractions($0) + [Double($0.shape.rawValue) / 2] }
    let bins = 4
    for (one, other) in (0..<5).flatMap({ one in (0..<one).map { (one, $0) } }) {
      var counts = [Double](repeating: 0, count: bins * bins)
      for row in rows {
        let places = [one, other].map { min(Int(row[$0] * Double(bins)), bins - 1) }
        counts[places[0] * bins + places[1]] += 1
      }
      #expect(chiSquare(counts, bins) < 45, "factors \(one) and \(other)")
    }
  }

  /// The statistic of a table against the product of its margins; with 9 degrees of freedom it exceeds 45 once in a
  /// million tables.
  private func chiSquare(_ counts: [Double], _ bins: Int) -> Double {
    let total = counts.reduce(0, +)
    return counts.indices.reduce(0) { sum, cell in
      let row = (0..<bins).reduce(0) { $0 + counts[cell / bins * bins + $1] }
      let column = (0..<bins).reduce(0) { $0 + counts[$1 * bins + cell % bins] }
      let expected = row * column / total
      return expected > 0 ? sum + (counts[cell] - expected) * (counts[cell] - expected) / expected : sum
    }
  }

  /// A change of these images changes what networks learn from them. A few grey levels are left for platforms whose
  /// sine rounds differently.
  @Test func imagesMatchRecordedSums() {
    let training = DrawnSprites(seed: 1, .training, count: 60_000)
    let sums = (0..<8).map { index in pixels(of: training, at: index).reduce(0) { $0 + Int($1) } }
    let labels = (0..<8).map { training.label(at: $0) }
    #expect(labels == [2, 2, 1, 1, 1, 2, 2, 0])
    let expected = [51096, 48609, 22209, 39990, 29090, 52134, 41517, 50167]
    #expect(zip(sums, expected).allSatisfy { abs($0 - $1) <= 4 }, "\(sums)")
  }
}
