import Testing

@testable import Formats

@Suite struct MedianCutTests {
  private func image(_ colors: [PixelImage.RGB], width: Int) -> PixelImage {
    PixelImage(
      width: width, height: colors.count / width, colors: .rgb,
      bytes: colors.flatMap { [$0.red, $0.green, $0.blue] })
  }

  /// The largest difference of red, green and blue.
  private func distance(_ a: PixelImage.RGB, _ b: PixelImage.RGB) -> Int {
    let red = abs(Int(a.red) - Int(b.red))
    let green = abs(Int(a.green) - Int(b.green))
    return max(red, green, abs(Int(a.blue) - Int(b.blue)))
  }

  /// All of red and green at 16 levels, in four blues: 1,024 colours.
  private var many: [PixelImage.RGB] {
    (0..<1024).map { number -> PixelImage.RGB in
      let (red, green, blue) = (number % 16, number / 16 % 16, number / 256)
      return PixelImage.RGB(UInt8(17 * red), UInt8(17 * green), UInt8(20 * blue))
    }
  }

  @Test func manyColoursBecome256NearOnes() throws {
    let animation = Animation(frames: [image(many, width: 32), image(many.reversed(), width: 32)], delay: 3)
    let reduced = animation.reducedColors
    #expect(reduced.delay == 3 && reduced.frames.count == 2)
    guard case .palette(let palette) = reduced.frames[0].colors else {
      Issue.record("no palette")
      return
    }
    #expect(palette.count == 256)
    for (place, color) in many.enumerated() {
      let found = palette[Int(reduced.frames[0].bytes[place])]
      #expect(distance(color, found) <= 40)
      #expect(reduced.frames[1].bytes[1023 - place] == reduced.frames[0].bytes[place])
    }
    #expect(!(try GIF.encode(reduced)).isEmpty)
  }

  @Test func fewColoursAndGreysStay() {
    let few = Animation(frames: [image(Array(many[..<256]), width: 16)], delay: 1)
    #expect(few.reducedColors.frames == few.frames)
    let grey = Animation(frames: [PixelImage(width: 2, height: 1, bytes: [3, 200])], delay: 1)
    #expect(grey.reducedColors.frames == grey.frames)
  }

  /// Frequent colours are exact where rare ones are not.
  @Test func anEvenSurfaceKeepsItsColour() {
    let surface = Array(repeating: PixelImage.RGB(200, 100, 50), count: 7168)
    let animation = Animation(frames: [image(surface + many, width: 64)], delay: 1).reducedColors
    guard case .palette(let palette) = animation.frames[0].colors else {
      Issue.record("no palette")
      return
    }
    let found = palette[Int(animation.frames[0].bytes[0])]
    #expect(
      abs(Int(found.red) - 200) <= 4 && abs(Int(found.green) - 100) <= 4 && abs(Int(found.blue) - 50) <= 4)
  }
}
