/// The size and kind of a picture.
public struct PictureHeader: Sendable, Hashable {
  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// 1 for a grey picture, 3 for one in colour.
  public let channels: Int

  /// Creates a description.
  public init(width: Int, height: Int, channels: Int) {
    (self.width, self.height, self.channels) = (width, height, channels)
  }
}

/// A reader of picture files, whose format their first bytes say, not their names.
public struct PictureReader: Sendable {
  /// The ends of the names of files that are read, in lower case.
  public static let endings = ["png", "pgm", "ppm", "pnm", "jpg", "jpeg"]
  /// The ends of the names of pictures in other formats.
  public static let otherEndings = [
    "bmp", "gif", "tif", "tiff", "webp", "pbm", "pam", "jp2", "heic", "avif", "svg",
  ]

  /// The number of first bytes that tell the size of a picture in most formats.
  public static let headerSize = 4096
  /// The limit on the number of pixels of a picture.
  public static let pixelLimit = 1 << 25
  /// The limit on a file's size, in bytes.
  public static let sizeLimit = 1 << 27

  private let jpeg: JPEGReader

  /// Creates a reader that decodes JPEG by `jpeg`.
  public init(jpeg: JPEGReader = .system) { self.jpeg = jpeg }

  /// Decodes `file` at its own size, as grey or RGB, transparent pixels over `background`.
  public func image(_ file: [UInt8], background: UInt8 = 0) throws(PictureFault) -> PixelImage {
    switch try PictureFormat(file) {
    case .png:
      do {
        return try PNGReader.image(file, background: background, pixelLimit: Self.pixelLimit)
      } catch { throw .png(error) }
    case .pnm:
      do { return try PNMReader.image(file, pixelLimit: Self.pixelLimit) } catch { throw .pnm(error) }
    case .jpeg:
      do { return try jpeg.image(file, pixelLimit: Self.pixelLimit) } catch { throw .jpeg(error) }
    }
  }

  /// The size and kind of the picture that begins with `bytes`, of which there are `headerSize` if the file has as many.
  ///
  /// - Parameter whole: reads the whole file, where the beginning is not enough.
  public func header<Failure>(
    _ bytes: [UInt8], whole: () throws(Failure) -> [UInt8]
  ) throws(Failure) -> Result<PictureHeader, PictureFault> {
    do throws(PictureFault) {
      switch try PictureFormat(bytes) {
      case .png:
        do { return .success(try PNGReader.header(bytes)) } catch { throw PictureFault.png(error) }
      case .pnm:
        do { return .success(try PNMReader.header(bytes)) } catch { throw PictureFault.pnm(error) }
      case .jpeg: break
      }
    } catch { return .failure(error) }
    let file = try whole()
    do { return .success(try jpeg.header(file)) } catch { return .failure(.jpeg(error)) }
  }
}

/// A format of pictures that is read.
private enum PictureFormat {
  case png, pnm, jpeg

  /// The format of a file that begins with `bytes`.
  init(_ bytes: [UInt8]) throws(PictureFault) {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8]) {
      self = .jpeg
    } else if bytes.first == UInt8(ascii: "P"), (0x31...0x37).contains(bytes.dropFirst().first ?? 0) {
      self = .pnm
    } else if let name = Self.otherName(bytes) {
      throw .otherFormat(name)
    } else {
      throw bytes.isEmpty ? .empty : .noPicture
    }
  }

  private static func otherName(_ bytes: [UInt8]) -> String? {
    let beginnings: [(name: String, bytes: [UInt8])] = [
      ("BMP", Array("BM".utf8)), ("GIF", Array("GIF8".utf8)), ("TIFF", [0x49, 0x49, 0x2A, 0]),
      ("TIFF", [0x4D, 0x4D, 0, 0x2A]), ("WebP", Array("RIFF".utf8)), ("SVG", Array("<svg".utf8)),
      ("JPEG 2000", [0, 0, 0, 12, 0x6A, 0x50]),
    ]
    if bytes.dropFirst(4).starts(with: "ftyp".utf8) { return "HEIC or AVIF" }
    return beginnings.first { bytes.starts(with: $0.bytes) }?.name
  }
}

/// A fault of a picture file.
public enum PictureFault: Error, Sendable, Equatable {
  /// A fault of a PNG file.
  case png(PNGFault)
  /// A fault of a PGM or PPM file.
  case pnm(PNMFault)
  /// A fault of a JPEG file.
  case jpeg(JPEGFault)
  /// A picture in a format that is not read.
  case otherFormat(String)
  /// A file without bytes.
  case empty
  /// A file of no known format of pictures.
  case noPicture
}

extension PictureFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .png(let fault): "\(fault)"
    case .pnm(let fault): "\(fault)"
    case .jpeg(let fault): "\(fault)"
    case .otherFormat(let name): "a \(name) picture; PNG, PGM, PPM and JPEG are read"
    case .empty: "the file is empty"
    case .noPicture: "not a picture (PNG, PGM, PPM or JPEG)"
    }
  }
}
