import Primitives
import Testing

@testable import Datasets

@Suite struct DigitsInkTests {
  @Test func aVerticalLineIsAntialiasedAndFillsTheBox() {
    let line = InkLine(
      segments: [InkSegment(Point(3, 0), 1, Point(3, 5), 1)], fittedWithRadius: 1.25)
    let pixels = line.pixels()
    let row = Array(pixels[14 * ImageShape.mnist.width..<15 * ImageShape.mnist.width])
    // Drawn about x = 14 between two pixels: half a pixel from the axis all ink, then 1.25 − 1.5 + ½ of it.
    #expect(row.filter { $0 > 0 } == [64, 255, 255, 64])
    let column = (0..<ImageShape.mnist.height).map { pixels[$0 * ImageShape.mnist.width + 14] }
    #expect(column.filter { $0 > 0 }.count == 20)
  }

  @Test func theLargerSideDecidesTheScale() {
    let wide = InkLine(
      segments: [
        InkSegment(Point(0, 0), 1, Point(10, 0), 1), InkSegment(Point(10, 0), 1, Point(10, 5), 1),
      ], fittedWithRadius: 1)
    let (corner, end) = (wide.segments[1].start, wide.segments[1].end)
    #expect(abs(corner.x - wide.segments[0].start.x - 17) < 1e-9)
    #expect(abs(end.y - corner.y - 8.5) < 1e-9)
  }

  @Test func aHigherPressureDrawsAWiderLine() {
    let line = InkLine(
      segments: [InkSegment(Point(0, 0), 0.5, Point(0, 1), 2)], fittedWithRadius: 1.5)
    let pixels = line.pixels()
    func ink(inRow row: Int) -> Int {
      pixels[row * ImageShape.mnist.width..<(row + 1) * ImageShape.mnist.width].reduce(0) { $0 + Int($1) }
    }
    #expect(ink(inRow: 8) < ink(inRow: 14))
    #expect(ink(inRow: 14) < ink(inRow: 19))
  }
}
