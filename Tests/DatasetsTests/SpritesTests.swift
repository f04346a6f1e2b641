import Primitives
import Testing

@testable import Datasets

/// The data set of sprites, with its factors.
@Suite struct SpritesTests {
  private static let dataset = Sprites.dataset()

  @Test func theSetStatesItsShapeClassesAndFactors() {
    let dataset = Self.dataset
    #expect(dataset.name == "sprites" && dataset.title == "built-in sprites")
    #expect(dataset.shape == ImageShape(width: 64, height: 64))
    #expect(dataset.classNames == ["square", "ellipse", "heart"])
    #expect(dataset.training.count == 60_000 && dataset.test.count == 10_000)
    #expect(dataset.factors.map(\.name) == ["scale", "orientation", "x", "y"])
    #expect(dataset.factors.map(\.period) == [nil, 360, nil, nil])
    #expect(dataset.factors.map(\.unit) == ["", "°", "", ""])
  }

  /// Labels and factors tell all about an image, to the precision of 32-bit numbers.
  @Test func imagesAreDrawnFromTheirFactors() throws {
    for images in [Self.dataset.training, Self.dataset.test] {
      for index in 0..<200 {
        let factors = images.factors(at: index).map(Double.init)
        let shape = try #require(images.label(at: index).flatMap(Sprite.Shape.init))
        let sprite = Sprite(
          shape, scale: factors[0], orientation: factors[1], x: factors[2], y: factors[3])
        let differences = zip(sprite.pixels(), pixels(of: images, at: index)).map { abs(Int($0) - Int($1)) }
        #expect((differences.max() ?? 255) <= 1, "image \(index)")
      }
    }
  }
}
