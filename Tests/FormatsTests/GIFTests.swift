import TestSupport
import Testing

@testable import Formats

/// GIF files, decoded by an independent reader.
@Suite struct GIFTests {
  private static func colors(of image: PixelImage) -> [UInt8] {
    switch image.colors {
    case .grey: image.bytes.flatMap { [$0, $0, $0] }
    case .rgb: image.bytes
    case .palette(let colors):
      image.bytes.flatMap { [colors[Int($0)].red, colors[Int($0)].green, colors[Int($0)].blue] }
    }
  }

  private func expectExact(_ frames: [PixelImage], delay: Int = 10) throws {
    let read = try GIFReader(try GIF.encode(Animation(frames: frames, delay: delay)))
    #expect(read.width == frames[0].width && read.height == frames[0].height)
    #expect(read.repetitions == 0)
    #expect(read.frames.map(\.delay) == frames.map { _ in delay })
    #expect(read.frames.map(\.pixels) == frames.map(Self.colors))
  }

  @Test(arguments: [1, 2, 3, 4, 5, 16, 17, 128, 255, 256], [(1, 1), (28, 28), (200, 90)])
  func palettesOfAllSizes(count: Int, size: (Int, Int)) throws {
    try expectExact((1...2).map { Pictures.noise(.palette(count), width: size.0, height: size.1, seed: $0) })
  }

  @Test func manyGreysFillTheTableOfCodesOftenAndExactly() throws {
    try expectExact((0..<3).map { Pictures.noise(.grey, width: 160, height: 120, seed: $0) }, delay: 3)
  }

  /// The table of codes is full, or a code becomes longer, at the last pixel of one of these.
  @Test(arguments: [2, 3, 7, 8]) func everyLengthRoundTrips(bits: Int) throws {
    let bytes = noiseBytes(9000, below: 1 << bits, seed: 5)
    let palette = PixelImage.Colors.palette(Pictures.palette(1 << bits))
    let lengths = Array(1...300) + Array(3700..<4200).filter { $0 % 3 == bits % 3 || bits == 8 }
    for length in lengths {
      let image = PixelImage(width: length, height: 1, colors: palette, bytes: Array(bytes.prefix(length)))
      let read = try GIFReader(try GIF.encode(Animation(frames: [image], delay: 1)))
      #expect(read.frames[0].pixels == Self.colors(of: image), "\(length) pixels")
    }
  }

  @Test func uniformImagesRoundTrip() throws {
    try expectExact([
      PixelImage(width: 900, height: 700, grey: 0), PixelImage(width: 900, height: 700, grey: 255),
    ])
  }

  @Test func fewColorsOfThreeBytesAreAPalette() throws {
    let (red, blue) = ([200, 0, 0] as [UInt8], [0, 10, 250] as [UInt8])
    let image = PixelImage(width: 3, height: 1, colors: .rgb, bytes: red + blue + red)
    try expectExact([image, image.inverted])
  }

  @Test func tooManyColorsAreRefused() {
    let image = Pictures.noise(.rgb, width: 20, height: 20, seed: 1)
    #expect(throws: GIFFault.tooManyColors(400)) { try GIF.encode(Animation(frames: [image], delay: 1)) }
  }

  @Test func aSizeBeyondSixteenBitsIsRefused() {
    let image = PixelImage(width: 65_536, height: 1, grey: 0)
    #expect(throws: GIFFault.tooLarge(width: 65_536, height: 1, frames: 1)) {
      try GIF.encode(Animation(frames: [image], delay: 1))
    }
  }
}
