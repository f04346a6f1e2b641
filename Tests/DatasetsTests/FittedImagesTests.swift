import Datasets
import Primitives
import Testing

@Suite struct FittedImagesTests {
  private static func bytes(_ images: any ImageSource) -> [UInt8] {
    images.withPixels(at: 0) { pixels in pixels.indices.map { pixels[$0] } }
  }

  /// A ramp of 16 × 16 pixels: its rows are equal.
  private static let ramp = StoredImages(
    shape: ImageShape(width: 16, height: 16), pixels: (0..<256).map { UInt8($0 % 16 * 16) }, labels: [3])

  @Test func imagesShrinkToTheMeanOfTheirArea() {
    let fitted = Self.ramp.fitted(to: ImageShape(width: 8, height: 8))
    #expect(fitted.shape == ImageShape(width: 8, height: 8) && fitted.count == 1)
    #expect(fitted.label(at: 0) == 3)
    let row: [UInt8] = [8, 40, 72, 104, 136, 168, 200, 232]
    #expect(Self.bytes(fitted) == Array(repeatElement(row, count: 8).joined()))
  }

  @Test func greyBecomesThreeEqualPlanes() {
    let fitted = Self.ramp.fitted(to: ImageShape(width: 16, height: 16, channels: 3))
    let plane = Self.bytes(Self.ramp)
    #expect(Self.bytes(fitted) == Array(repeatElement(plane, count: 3).joined()))
  }

  @Test func coloursBecomeTheirLightness() {
    let shape = ImageShape(width: 8, height: 8, channels: 3)
    let planes = [200, 100, 50].flatMap { [UInt8](repeating: $0, count: 64) }
    let images = StoredImages(shape: shape, pixels: planes, labels: [nil])
    #expect(
      Self.bytes(images.fitted(to: ImageShape(width: 8, height: 8))) == [UInt8](repeating: 124, count: 64))
  }

  @Test func theTitleStatesTheConversion() {
    let dataset = Dataset(
      name: "ramp", title: "Ramp", classNames: [], training: Self.ramp, test: Self.ramp)
    #expect(dataset.fitted(to: ImageShape(width: 16, height: 16)).title == "Ramp")
    let fitted = dataset.fitted(to: .mnist)
    #expect(fitted.title == "Ramp, 16×16 as 28×28" && fitted.name == "ramp")
    #expect(fitted.training.shape == .mnist && fitted.test.shape == .mnist)
  }
}
