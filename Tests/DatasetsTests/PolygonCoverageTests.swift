import Testing

@testable import Datasets

/// The covered fractions of pixels, against areas by hand and by sampling.
@Suite struct PolygonCoverageTests {
  private static let side = 12

  private func image(of polygon: [Point]) -> [UInt8] {
    var pixels = [UInt8](repeating: 0, count: Self.side * Self.side)
    PolygonCoverage(of: polygon).draw(into: &pixels, width: Self.side)
    return pixels
  }

  /// The rows and columns of `image` that `expected` describes, from the given pixel; all others are empty.
  private func expect(_ image: [UInt8], _ expected: [[Double]], column: Int, row: Int) {
    var rest = image
    for (y, values) in expected.enumerated() {
      for (x, value) in values.enumerated() {
        let index = (row + y) * Self.side + column + x
        #expect(abs(Double(image[index]) - 255 * value) <= 0.5, "pixel \(column + x), \(row + y)")
        rest[index] = 0
      }
    }
    #expect(rest.allSatisfy { $0 == 0 })
  }

  @Test(arguments: [false, true]) func partsOfPixelsUnderARectangle(isReversed: Bool) {
    let corners = [Point(2.25, 3.5), Point(4.5, 3.5), Point(4.5, 5.25), Point(2.25, 5.25)]
    expect(
      image(of: isReversed ? corners.reversed() : corners),
      [[0.375, 0.5, 0.25], [0.75, 1, 0.5], [0.1875, 0.25, 0.125]], column: 2, row: 3)
  }

  @Test func partsOfPixelsUnderATriangle() {
    // The long side rises by one pixel in two.
    expect(
      image(of: [Point(2, 6), Point(6, 4), Point(6, 6)]),
      [[0, 0, 0.25, 0.75], [0.25, 0.75, 1, 1]], column: 2, row: 4)
  }

  @Test func sidesOnWholePixelsAndCornersOnTheBorder() {
    let whole = image(of: [Point(0, 0), Point(11.5, 0), Point(11.5, 11.5), Point(0, 11.5)])
    #expect(whole[0] == 255 && whole[10 * Self.side + 10] == 255)
    #expect(whole[11] == 128 && whole[Self.side * Self.side - 1] == 64)
    expect(image(of: [Point(3, 3), Point(4, 3), Point(4, 4), Point(3, 4)]), [[1]], column: 3, row: 3)
  }

  @Test(arguments: Sprite.Shape.allCases) func coverageMatchesManySamples(shape: Sprite.Shape) {
    let outline = shape.outline.map { 30 * $0 + Point(6.1, 5.7) }
    let image = image(of: outline)
    let samples = 40
    var largest = 0.0
    for index in image.indices {
      var inside = 0
      for sample in 0..<samples * samples {
        let point = Point(
          Double(index % Self.side) + (Double(sample % samples) + 0.5) / Double(samples),
          Double(index / Self.side) + (Double(sample / samples) + 0.5) / Double(samples))
        if contains(outline, point) { inside += 1 }
      }
      largest = max(largest, abs(Double(image[index]) / 255 - Double(inside) / Double(samples * samples)))
    }
    #expect(largest < 0.02, "\(largest)")
  }

  /// Counts the crossings of a ray to the right.
  private func contains(_ polygon: [Point], _ point: Point) -> Bool {
    var isInside = false
    var start = polygon[polygon.count - 1]
    for end in polygon {
      if (start.y > point.y) != (end.y > point.y) {
        let x = start.x + (point.y - start.y) / (end.y - start.y) * (end.x - start.x)
        if x > point.x { isInside.toggle() }
      }
      start = end
    }
    return isInside
  }
}
