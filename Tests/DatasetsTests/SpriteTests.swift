import Testing

@testable import Datasets

/// Figures of the sprites, against those of the public set dSprites.
@Suite struct SpriteTests {
  /// The lit pixels of a figure of scale 1, and the farthest pixel of its outline, of the public set.
  private static let figures: [(shape: Sprite.Shape, area: Double, reach: Double)] = [
    (.square, 368.6, 13.6), (.ellipse, 289.5, 12.8), (.heart, 224.6, 11.3),
  ]

  /// Facts about images of the public set: factors, lit pixels, their mean column and row counted from 0.
  private static let references: [(Sprite, lit: Double, column: Double, row: Double)] = [
    (sprite(.ellipse, 1.0, 3.222146, 0.838710, 0.903226), 289, 42.3391, 44.4360),
    (sprite(.square, 0.8, 2.577717, 0.322581, 0.225806), 237, 25.8143, 22.7511),
    (sprite(.heart, 0.8, 5.477649, 0.258065, 0.903226), 145, 24.9724, 43.4621),
    (sprite(.ellipse, 0.7, 3.705468, 0.387097, 0.838710), 139, 27.8129, 42.3237),
    (sprite(.ellipse, 0.6, 2.577717, 0.709677, 0.354839), 106, 38.2264, 26.8868),
    (sprite(.ellipse, 0.6, 5.155434, 0.064516, 1.000000), 105, 17.5429, 47.4952),
    (sprite(.heart, 0.5, 6.283185, 0.645161, 0.548387), 57, 36.1404, 32.1404),
    (sprite(.ellipse, 0.7, 2.094395, 0.548387, 0.258065), 140, 33.0429, 23.7643),
    (sprite(.ellipse, 0.9, 2.577717, 0.612903, 0.064516), 235, 35.1106, 17.5489),
    (sprite(.heart, 0.5, 4.027683, 0.387097, 0.612903), 55, 28.6545, 35.7818),
    (sprite(.heart, 0.7, 0.000000, 0.290323, 0.548387), 112, 24.7679, 31.6518),
    (sprite(.ellipse, 0.6, 5.960971, 0.354839, 0.451613), 104, 26.8077, 29.9327),
  ]

  private static func sprite(
    _ shape: Sprite.Shape, _ scale: Double, _ radians: Double, _ x: Double, _ y: Double
  ) -> Sprite {
    Sprite(shape, scale: scale, orientation: radians * 180 / .pi, x: x, y: y)
  }

  /// The covered area in pixels.
  private func area(_ pixels: [UInt8]) -> Double { pixels.reduce(0) { $0 + Double($1) } / 255 }

  @Test(arguments: Sprite.Shape.allCases) func areasAreThoseOfThePublicSet(shape: Sprite.Shape) throws {
    let expected = try #require(Self.figures.first { $0.shape == shape }).area
    for (scale, orientation) in [(0.5, 0.0), (0.61, 17), (0.8, 133.3), (1, 45), (1, 301)] {
      let area = area(Sprite(shape, scale: scale, orientation: orientation, x: 0.3, y: 0.77).pixels())
      #expect(abs(area / (scale * scale * expected) - 1) < 0.005, "\(area) at \(scale), \(orientation)")
    }
  }

  @Test(arguments: Sprite.Shape.allCases) func reachIsThatOfThePublicSet(shape: Sprite.Shape) throws {
    let expected = try #require(Self.figures.first { $0.shape == shape }).reach
    let middle = Point(32, 32)
    let reach = Sprite(shape, orientation: 77).outline.map { $0.distance(to: middle) }.max()
    #expect(abs(try #require(reach) - expected) < 0.06)
  }

  /// Pixels that are half covered and more are nearly those whose centres lie inside, which the public set lights.
  @Test func referenceImagesHaveTheSamePixels() {
    for (sprite, lit, column, row) in Self.references {
      let pixels = sprite.pixels()
      let covered = pixels.indices.filter { pixels[$0] >= 128 }
      let columns = covered.reduce(0.0) { $0 + Double($1 % 64) }
      let rows = covered.reduce(0.0) { $0 + Double($1 / 64) }
      let count = Double(covered.count)
      #expect(abs(count - lit) <= 1, "\(sprite)")
      #expect(abs(columns / count - column) < 0.06 && abs(rows / count - row) < 0.06, "\(sprite)")
    }
  }

  @Test func noFigureIsCutOff() {
    for shape in Sprite.Shape.allCases {
      for orientation in stride(from: 0.0, to: 360, by: 7) {
        for (x, y) in [(0.0, 0.0), (1, 0), (0, 1), (1, 1)] {
          let pixels = Sprite(shape, orientation: orientation, x: x, y: y).pixels()
          let border = pixels.indices.filter { !(2...61).contains($0 % 64) || !(2...61).contains($0 / 64) }
          #expect(border.allSatisfy { pixels[$0] == 0 })
        }
      }
    }
  }

  @Test(arguments: Sprite.Shape.allCases) func theSymmetryIsTheSmallestTurn(shape: Sprite.Shape) {
    for orientation in [0.0, 12.5, 200] {
      let sprite = Sprite(shape, scale: 0.9, orientation: orientation, x: 0.41, y: 0.63)
      var turned = sprite
      turned.orientation += shape.symmetry
      // Rounding of sine and cosine may change a grey level by one.
      #expect(largestDifference(sprite, turned) <= 1)
      for part in 2...4 {
        turned.orientation = orientation + shape.symmetry / Double(part)
        #expect(largestDifference(sprite, turned) > 60)
      }
    }
  }

  private func largestDifference(_ one: Sprite, _ other: Sprite) -> Int {
    zip(one.pixels(), other.pixels()).map { abs(Int($0) - Int($1)) }.max() ?? 0
  }

  @Test func growingOrientationsTurnCounterClockwise() {
    // The tip of the heart points down, and after a quarter turn to the right.
    let lowest = Sprite(.heart).outline.max { $0.y < $1.y }
    #expect(lowest.map { abs($0.x - 32) < 1e-9 && $0.y > 41 } == true)
    let rightmost = Sprite(.heart, orientation: 90).outline.max { $0.x < $1.x }
    #expect(rightmost.map { $0.x > 41 && abs($0.y - 32) < 1e-9 } == true)
    // The ellipse lies flat, then rises to the right.
    let pixels = Sprite(.ellipse, orientation: 30).pixels()
    #expect(pixels[27 * 64 + 40] == 255 && pixels[37 * 64 + 24] == 255)
    #expect(pixels[37 * 64 + 40] == 0 && pixels[27 * 64 + 24] == 0)
  }

  @Test func pixelsInsideAreFullAndEdgesSmooth() {
    for shape in Sprite.Shape.allCases {
      let pixels = Sprite(shape, orientation: 20).pixels()
      #expect(pixels[32 * 64 + 32] == 255)
      let partly = pixels.count { $0 > 0 && $0 < 255 }
      #expect((40...120).contains(partly), "\(partly)")
    }
  }
}
