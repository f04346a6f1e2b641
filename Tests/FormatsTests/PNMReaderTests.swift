import Testing

@testable import Formats

@Suite struct PNMReaderTests {
  private func image(_ text: String, _ pixels: [UInt8] = [], limit: Int = 1000) throws(PNMFault) -> PixelImage
  {
    try PNMReader.image(Array(text.utf8) + pixels, pixelLimit: limit)
  }

  private func fault(_ text: String, _ pixels: [UInt8] = [], limit: Int = 1000) -> PNMFault? {
    do {
      _ = try image(text, pixels, limit: limit)
      return nil
    } catch { return error }
  }

  @Test func everyKindIsRead() throws {
    let grey = PixelImage(width: 3, height: 2, bytes: [0, 50, 100, 150, 200, 255])
    #expect(try image("P2 3 2 255 0 50 100 150 200 255") == grey)
    #expect(try image("P2\n3 2\n255\n0 50 100\n150 200 255\n") == grey)
    #expect(try image("P5 3 2 255\n", [0, 50, 100, 150, 200, 255]) == grey)
    let color = PixelImage(width: 1, height: 2, colors: .rgb, bytes: [1, 2, 3, 253, 254, 255])
    #expect(try image("P3 1 2 255 1 2 3 253 254 255") == color)
    #expect(try image("P6 1 2 255 ", [1, 2, 3, 253, 254, 255]) == color)
  }

  @Test func commentsStandBetweenNumbers() throws {
    let expected = PixelImage(width: 2, height: 1, bytes: [7, 8])
    #expect(try image("P5 # made by hand\n2#two\r1\n# 9\n255\n", [7, 8]) == expected)
    #expect(try image("P2\n#\n2 1 255 7 # seven\n8 # eight") == expected)
  }

  /// A second one is a pixel already.
  @Test(arguments: [0x0A, 0x20, 0x0D, 0x09] as [UInt8]) func oneByteStandsBeforeThePixels(space: UInt8) throws
  {
    let expected = PixelImage(width: 2, height: 1, bytes: [0x0A, 0x23])
    #expect(try PNMReader.image(Array("P5 2 1 255".utf8) + [space, 0x0A, 0x23], pixelLimit: 9) == expected)
  }

  @Test func samplesAreScaledByTheLargest() throws {
    #expect(try image("P2 3 1 15 7 15 0").bytes == [119, 255, 0])
    #expect(try image("P5 2 1 15 ", [7, 1]).bytes == [119, 17])
    #expect(try image("P2 2 1 1 0 1").bytes == [0, 255])
    #expect(try image("P2 3 1 65535 256 257 32767").bytes == [1, 1, 127])
  }

  @Test func aboveByteSizeTwoBytesAreASample() throws {
    #expect(try image("P5 2 1 65535 ", [0x01, 0x01, 0xFF, 0xFF]).bytes == [1, 255])
    #expect(try image("P5 2 1 256 ", [0x01, 0x00, 0x00, 0x80]).bytes == [255, 128])
    #expect(try image("P6 1 1 1000 ", [0x03, 0xE8, 0x01, 0xF4, 0, 0]).bytes == [255, 128, 0])
  }

  @Test func otherFormatsAreNamed() {
    #expect(fault("") == .notPNM)
    #expect(fault("P8 1 1 255 1") == .notPNM)
    #expect(fault("P1 1 1 1") == .otherKind("a bitmap (PBM)"))
    #expect(fault("P4 1 1 ", [1]) == .otherKind("a bitmap (PBM)"))
    #expect(fault("P7\nWIDTH 1\n") == .otherKind("PAM"))
  }

  @Test func invalidHeaders() {
    #expect(fault("P5") == .malformed("the width"))
    #expect(fault("P5 x") == .malformed("the width"))
    #expect(fault("P5 -1 1 255 ") == .malformed("the width"))
    #expect(fault("P5 3") == .malformed("the height"))
    #expect(fault("P5 3 2") == .malformed("the largest value"))
    #expect(fault("P5 3 2 255") == .malformed("the largest value"))
    #expect(fault("P5 3 2x 255 ") == .malformed("the height"))
    #expect(fault("P5 99999999999999999999 1 255 ") == .malformed("the width"))
    #expect(fault("P5 0 1 255 ") == .zero("the width"))
    #expect(fault("P5 1 0 255 ") == .zero("the height"))
    #expect(fault("P5 1 1 0 ", [0]) == .zero("the largest value"))
    #expect(fault("P5 1 1 65536 ", [0, 0]) == .wrongLargest(65536))
  }

  /// No memory is taken for what a header claims.
  @Test func hugeSizesAreRefused() {
    #expect(fault("P5 2147483647 2147483647 255 ") == .tooLarge([2_147_483_647, 2_147_483_647], limit: 1000))
    #expect(fault("P5 1001 1 255 ") == .tooLarge([1001, 1], limit: 1000))
    #expect(fault("P2 30000 30000 255 1", limit: 1 << 30) == .cut(expected: 900_000_000, found: nil))
    #expect(fault("P6 30000 30000 255 1", limit: 1 << 30) == .cut(expected: 2_700_000_000, found: 1))
  }

  @Test func thePixelsMustBeAsManyAsAnnounced() {
    #expect(fault("P5 2 2 255 ", [1, 2, 3]) == .cut(expected: 4, found: 3))
    #expect(fault("P5 2 1 256 ", [1, 0, 0]) == .cut(expected: 4, found: 3))
    #expect(fault("P2 2 2 255 1 2      3") == .cut(expected: 4, found: 3))
    #expect(fault("P5 2 1 255 ", [1, 2, 3]) == .leftOver)
    #expect(fault("P2 2 1 255 1 2 3") == .leftOver)
    #expect(fault("P5 2 1 255 ", [1, 2, 0x0A]) == nil)
  }

  @Test func pixelsMustNotExceedTheLargest() {
    #expect(fault("P2 2 1 15 7 16") == .beyondLargest(16, largest: 15))
    #expect(fault("P5 2 1 15 ", [7, 16]) == .beyondLargest(16, largest: 15))
    #expect(fault("P5 1 1 300 ", [2, 0]) == .beyondLargest(512, largest: 300))
    #expect(fault("P2 2 1 15 7 -1") == .malformed("a pixel"))
    #expect(fault("P2 2 1 15 7 1.5") == .malformed("a pixel"))
  }
}
