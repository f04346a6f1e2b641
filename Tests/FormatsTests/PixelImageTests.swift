import Testing

@testable import Formats

@Suite struct PixelImageTests {
  @Test func intensitiesAreRoundedAndCut() {
    let image = PixelImage(intensities: [0, 1, 0.5, -3, 7, .nan, 0.001, 0.998], width: 4)
    #expect(image.bytes == [0, 255, 128, 0, 255, 0, 0, 254])
    #expect(image.width == 4 && image.height == 2)
  }

  @Test func planesBecomePixelsOfThreeBytes() {
    let planes: [Float] = [1, 0, 0.5, 0, 1, 0.5, 0, 0.2, 0.5]
    let image = PixelImage(planes: planes, width: 3, height: 1)
    #expect(image.colors == .rgb && image.bytes == [255, 0, 0, 0, 255, 51, 128, 128, 128])
    #expect(PixelImage(planes: Array(planes[0..<3]), width: 3, height: 1).bytes == [255, 0, 128])
  }

  @Test func greyPicturesBecomeColored() {
    let image = PixelImage(width: 2, height: 1, bytes: [7, 200]).colored
    #expect(image.colors == .rgb && image.bytes == [7, 7, 7, 200, 200, 200])
    #expect(image.colored == image)
  }

  @Test func coloredPicturesHoldGreyAndColoredOnes() {
    var image = PixelImage(width: 2, height: 2, grey: 9).colored
    image.place(PixelImage(width: 2, height: 1, colors: .rgb, bytes: [1, 2, 3, 4, 5, 6]), x: 1, y: 0)
    image.place(PixelImage(width: 2, height: 1, bytes: [40, 50]), x: -1, y: 1)
    image.set(x: 1, y: 1, grey: 70)
    image.set(x: 2, y: 1, grey: 80)
    #expect(image.bytes == [9, 9, 9, 1, 2, 3, 50, 50, 50, 70, 70, 70])
  }

  @Test func pixelsBecomeSquares() {
    let grey = PixelImage(width: 2, height: 1, bytes: [3, 9]).enlarged(by: 2)
    #expect(grey == PixelImage(width: 4, height: 2, bytes: [3, 3, 9, 9, 3, 3, 9, 9]))
    let color = PixelImage(width: 1, height: 1, colors: .rgb, bytes: [1, 2, 3]).enlarged(by: 2)
    #expect(color.bytes == [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3])
  }

  @Test func invertingSwapsDarkAndLight() {
    #expect(PixelImage(width: 2, height: 1, bytes: [0, 200]).inverted.bytes == [255, 55])
    let palette = PixelImage(width: 1, height: 1, colors: .palette([.init(1, 2, 3)]), bytes: [0]).inverted
    #expect(palette.colors == .palette([.init(254, 253, 252)]) && palette.bytes == [0])
  }

  @Test func drawingIsClippedAtTheEdges() {
    var image = PixelImage(width: 3, height: 2, grey: 0)
    let patch = PixelImage(width: 2, height: 2, bytes: [1, 2, 3, 4])
    image.place(patch, x: -1, y: -1)
    image.place(patch, x: 2, y: 1)
    image.place(patch, x: 5, y: 0)
    image.place(patch, x: -9, y: 0)
    #expect(image.bytes == [4, 0, 0, 0, 0, 1])
  }
}
