import TestSupport
import Testing

@testable import Formats

@Suite struct PictureReaderTests {
  private let reader = PictureReader(jpeg: JPEGReader(nil))

  private func fault(_ file: [UInt8]) -> PictureFault? {
    do {
      _ = try reader.image(file)
      return nil
    } catch { return error }
  }

  private func header(_ file: [UInt8]) -> Result<PictureHeader, PictureFault> { reader.header(file) { file } }

  @Test func theFirstBytesTellTheFormat() throws {
    #expect(try reader.image(PNGBytes.grey()).width == 28)
    #expect(try reader.image(Array("P2 1 1 15 7".utf8)).bytes == [119])
    #expect(fault(JPEGBytes.grey) == .jpeg(.noLibrary))
    #expect(header(PNGBytes.grey()) == .success(PictureHeader(width: 28, height: 28, channels: 1)))
    #expect(header(Array("P6 4 5 15 ".utf8)) == .success(PictureHeader(width: 4, height: 5, channels: 3)))
    #expect(header(JPEGBytes.grey) == .failure(.jpeg(.noLibrary)))
  }

  @Test func otherPicturesAreNamed() {
    let files: [(String, [UInt8])] = [
      ("BMP", Array("BM".utf8)), ("GIF", Array("GIF89a".utf8)), ("TIFF", [0x49, 0x49, 0x2A, 0]),
      ("TIFF", [0x4D, 0x4D, 0, 0x2A]), ("WebP", Array("RIFF....WEBP".utf8)), ("SVG", Array("<svg>".utf8)),
      ("HEIC or AVIF", [0, 0, 0, 24] + Array("ftypavif".utf8)),
    ]
    for (name, bytes) in files {
      #expect(fault(bytes) == .otherFormat(name))
      #expect(header(bytes) == .failure(.otherFormat(name)))
      #expect("\(PictureFault.otherFormat(name))".contains("\(name) picture"))
    }
    #expect(fault(Array("P4 1 1 ".utf8)) == .pnm(.otherKind("a bitmap (PBM)")))
    #expect(fault([]) == .empty)
    #expect(fault(Array("hello".utf8)) == .noPicture)
  }

  @Test func faultsAreThoseOfTheFormat() {
    #expect(fault(Array(PNGBytes.grey().dropLast())) == .png(.cut))
    #expect(fault(Array("P5 2 1 255 1".utf8)) == .pnm(.cut(expected: 2, found: 1)))
  }
}
