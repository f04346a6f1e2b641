import Testing

@testable import Formats

@Suite struct JPEGReaderTests {
  /// A library that knows one grey picture of 3×2 and one in colour of 1×1, by their first bytes.
  private static let fake = TurboJPEG(
    initialize: { UnsafeMutableRawPointer(bitPattern: 8) },
    readHeader: { _, file, count, width, height, _, colorSpace in
      guard let file, count >= 3 else { return -1 }
      let isColor = file[2] == 2
      width?.pointee = isColor ? 1 : 3
      height?.pointee = isColor ? 1 : 2
      colorSpace?.pointee = file[2] == 4 ? 4 : isColor ? 1 : 2
      return 0
    },
    decompress: { _, file, _, pixels, width, rowBytes, height, format, flags in
      guard let file, let pixels, file[2] != 9 else { return -1 }
      for index in 0..<Int(rowBytes * height) { pixels[index] = UInt8(10 * index) }
      return flags == 4096 && (format == 0 ? width * 3 == rowBytes : format == 6 && width == rowBytes)
        ? 0 : -1
    },
    message: { _ in nil }, destroy: { _ in 0 })

  private static func fault(_ reader: JPEGReader, _ file: [UInt8], limit: Int = 1000) -> JPEGFault? {
    do {
      _ = try reader.image(file, pixelLimit: limit)
      return nil
    } catch { return error }
  }

  @Test func aLoadedLibraryDecodes() throws {
    let reader = JPEGReader(Self.fake)
    #expect(reader.isAvailable)
    let grey = try reader.image([0xFF, 0xD8, 1], pixelLimit: 6)
    #expect(grey == PixelImage(width: 3, height: 2, bytes: [0, 10, 20, 30, 40, 50]))
    let color = try reader.image([0xFF, 0xD8, 2], pixelLimit: 1)
    #expect(color == PixelImage(width: 1, height: 1, colors: .rgb, bytes: [0, 10, 20]))
    #expect(try reader.header([0xFF, 0xD8, 2]) == PictureHeader(width: 1, height: 1, channels: 3))
  }

  @Test func refusalsOfTheLibraryAreNamed() {
    let reader = JPEGReader(Self.fake)
    #expect(Self.fault(reader, [0xFF]) == .damaged(reason: "no reason given"))
    #expect(Self.fault(reader, [0xFF, 0xD8, 9]) == .damaged(reason: "no reason given"))
    #expect(Self.fault(reader, [0xFF, 0xD8, 4]) == .printColors)
    #expect(Self.fault(reader, [0xFF, 0xD8, 1], limit: 5) == .tooLarge([3, 2], limit: 5))
    var broken = Self.fake
    broken.initialize = { nil }
    #expect(
      Self.fault(JPEGReader(broken), [0xFF, 0xD8, 1]) == .damaged(reason: "libturbojpeg does not start"))
  }

  @Test func withoutTheLibraryThePackageIsNamed() {
    let none = JPEGReader(TurboJPEG.load(["libturbojpeg-of-no-system.so.0"]))
    #expect(!none.isAvailable)
    #expect(Self.fault(none, JPEGBytes.grey) == .noLibrary)
    #expect("\(JPEGFault.noLibrary)".contains("libturbojpeg0"))
    // The C library exists, but has no such functions.
    #expect(TurboJPEG.load(["libc.so.6", "libSystem.dylib"]) == nil)
  }

  /// The system's library where there is one, to within 1 of Pillow's pixels; else the refusal.
  @Test(arguments: [(JPEGBytes.color, JPEGBytes.colorPixels, 3), (JPEGBytes.grey, JPEGBytes.greyPixels, 1)])
  func theSystemsLibraryAgreesWithPillow(file: [UInt8], expected: [UInt8], channels: Int) throws {
    guard JPEGReader.system.isAvailable else {
      #expect(Self.fault(.system, file) == .noLibrary)
      return
    }
    let image = try JPEGReader.system.image(file, pixelLimit: 1000)
    #expect([image.width, image.height, image.colors.bytesPerPixel] == [16, 12, channels])
    #expect(expected.count == image.bytes.count)
    #expect(zip(image.bytes, expected).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
  }

  @Test func damagedFilesAreRefusedByTheSystemsLibrary() {
    let files = [[0xFF, 0xD8], Array(JPEGBytes.color.prefix(400)), Array(JPEGBytes.color.prefix(640)), []]
    for file in files {
      switch Self.fault(.system, file) {
      case .damaged: #expect(JPEGReader.system.isAvailable)
      case .noLibrary: #expect(!JPEGReader.system.isAvailable)
      case let other: Issue.record("\(file.count) bytes: \(String(describing: other))")
      }
    }
    let expected: JPEGFault = JPEGReader.system.isAvailable ? .printColors : .noLibrary
    #expect(Self.fault(.system, JPEGBytes.print) == expected)
  }
}
