import TestSupport
import Testing

@testable import Formats

/// Pictures of any size and kind, as grey or RGB.
@Suite struct PNGImageTests {
  private typealias File = PNGBytes

  private func image(_ file: [UInt8], background: UInt8 = 0) throws(PNGFault) -> PixelImage {
    try PNGReader.image(file, background: background, pixelLimit: 1 << 20)
  }

  private func row(
    _ type: UInt8, _ depth: UInt8, width: Int, chunks: [UInt8] = [], _ bytes: [UInt8]
  ) -> [UInt8] {
    File.file(File.header(type, depth, width: width, height: 1), chunks, lines: [0] + bytes)
  }

  @Test(arguments: Pictures.kinds, [(1, 1), (28, 28), (3, 70), (301, 2)])
  func writtenPicturesAreReadBack(kind: Pictures.Kind, size: (Int, Int)) throws {
    let picture = Pictures.noise(kind, width: size.0, height: size.1, seed: 8)
    let read = try image(PNG.encode(picture))
    guard case .palette(let colors) = picture.colors else {
      #expect(read == picture)
      return
    }
    #expect(read.colors == .rgb && [read.width, read.height] == [size.0, size.1])
    #expect(
      read.bytes
        == picture.bytes.flatMap { [colors[Int($0)].red, colors[Int($0)].green, colors[Int($0)].blue] })
  }

  @Test func palettesOfGreysAreGrey() throws {
    let palette = File.chunk("PLTE", [9, 9, 9, 200, 200, 200])
    let file = row(3, 1, width: 3, chunks: palette, [0b0100_0000])
    #expect(try image(file) == PixelImage(width: 3, height: 1, bytes: [9, 200, 9]))
    let colored = row(3, 2, width: 2, chunks: File.chunk("PLTE", [9, 9, 9, 1, 2, 3]), [0b0001_0000])
    #expect(try image(colored) == PixelImage(width: 2, height: 1, colors: .rgb, bytes: [9, 9, 9, 1, 2, 3]))
  }

  @Test func sixteenBitsAreDividedBy257() throws {
    let samples: [UInt8] = [0x01, 0x00, 0xFF, 0xFF, 0x80, 0x80]
    #expect(try image(row(0, 16, width: 3, samples)).bytes == [1, 255, 128])
    #expect(try image(row(2, 16, width: 1, samples)).bytes == [1, 255, 128])
  }

  @Test func transparentPixelsLieOverTheBackground() throws {
    let grey = row(4, 8, width: 3, [200, 128, 200, 0, 200, 255])
    #expect(try image(grey).bytes == [100, 0, 200])
    #expect(try image(grey, background: 255).bytes == [227, 255, 200])
    let color = row(6, 8, width: 2, [255, 0, 0, 51, 10, 20, 30, 255])
    #expect(try image(color).bytes == [51, 0, 0, 10, 20, 30])
    #expect(try image(color, background: 255).bytes == [255, 204, 204, 10, 20, 30])
    let key = row(0, 8, width: 2, chunks: File.chunk("tRNS", [0, 7]), [7, 8])
    #expect(try image(key, background: 255).bytes == [255, 8])
    let palette = File.chunk("PLTE", [200, 200, 200, 9, 9, 9]) + File.chunk("tRNS", [128])
    #expect(try image(row(3, 8, width: 2, chunks: palette, [0, 1]), background: 255).bytes == [227, 9])
  }

  /// Passes without columns have no rows either.
  @Test(arguments: [(1, 1), (2, 2), (3, 5), (5, 3), (8, 8), (9, 17)])
  func interlacedPicturesOfAnySize(width: Int, height: Int) throws {
    func pixel(_ row: Int, _ column: Int) -> UInt8 { UInt8(truncatingIfNeeded: row * 20 + column) }
    let passes = [
      (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ]
    var lines: [UInt8] = []
    for (x, y, xStep, yStep) in passes where x < width {
      for row in stride(from: y, to: height, by: yStep) {
        lines += [0] + stride(from: x, to: width, by: xStep).map { pixel(row, $0) }
      }
    }
    let file = File.file(File.header(0, 8, width: width, height: height, methods: [0, 0, 1]), lines: lines)
    let expected = (0..<height).flatMap { row in (0..<width).map { pixel(row, $0) } }
    #expect(try image(file) == PixelImage(width: width, height: height, bytes: expected))
  }

  /// No memory is taken for what a header claims.
  @Test func sizesAreLimited() {
    func fault(_ width: Int, _ height: Int) -> PNGFault? {
      do {
        _ = try image(File.file(File.header(6, 16, width: width, height: height), lines: [0]))
        return nil
      } catch { return error }
    }
    #expect(fault(0, 5) == .noPixels && fault(5, 0) == .noPixels)
    #expect(fault(1025, 1024) == .tooLarge([1025, 1024], limit: 1 << 20))
    #expect(fault(0xFFFF_FFFF, 0xFFFF_FFFF) == .tooLarge([0xFFFF_FFFF, 0xFFFF_FFFF], limit: 1 << 20))
    // More than the compressed bytes can become.
    #expect(fault(1024, 1024) == .wrongPixelCount)
  }

  @Test func theBeginningTellsSizeAndKind() throws {
    let kinds: [(type: UInt8, channels: Int)] = [(0, 1), (2, 3), (3, 3), (4, 1), (6, 3)]
    for (type, channels) in kinds {
      let header = File.signature + File.header(type, 8, width: 640, height: 480)
      #expect(try PNGReader.header(header) == PictureHeader(width: 640, height: 480, channels: channels))
    }
    let greys = File.signature + File.header(3, 8, width: 2, height: 3) + File.chunk("PLTE", [5, 5, 5])
    #expect(try PNGReader.header(greys).channels == 1)
    #expect(throws: PNGFault.cut) { try PNGReader.header(Array(greys.prefix(28))) }
    #expect(throws: PNGFault.notPNG) { try PNGReader.header([0x89]) }
  }
}
