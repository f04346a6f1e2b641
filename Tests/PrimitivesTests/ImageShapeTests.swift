import Primitives
import Testing

@Suite struct ImageShapeTests {
  @Test func countsAndTexts() {
    let shape = ImageShape(width: 64, height: 48, channels: 3)
    #expect(shape.pixelCount == 3072 && shape.valueCount == 9216 && shape.isColour)
    #expect(shape.text == "64x48x3" && shape.description == "64×48 in colour")
    #expect(ImageShape.mnist.description == "28×28" && ImageShape.mnist.valueCount == 784)
  }

  @Test(arguments: [
    ("64x48x3", ImageShape(width: 64, height: 48, channels: 3)),
    ("8x128x1", ImageShape(width: 8, height: 128)),
    ("7x8x1", nil), ("129x8x1", nil), ("8x8x2", nil), ("8x8", nil), ("8x8x1x1", nil), ("", nil),
    ("8xx1", nil), ("-8x8x1", nil), ("99999999999999999999x8x1", nil),
  ])
  func parsing(text: String, shape: ImageShape?) {
    #expect(ImageShape(text: text) == shape)
    if let shape { #expect(ImageShape(text: shape.text) == shape) }
  }

  @Test(arguments: [
    (784, ImageShape.mnist), (64, ImageShape(width: 8, height: 8)), (4096, ImageShape(width: 64, height: 64)),
    (12288, ImageShape(width: 64, height: 64, channels: 3)), (783, nil), (0, nil), (49, nil),
    (129 * 129, nil), (2352, ImageShape(width: 28, height: 28, channels: 3)),
  ])
  func squares(values: Int, shape: ImageShape?) {
    #expect(ImageShape(squareOfValues: values) == shape)
  }
}
