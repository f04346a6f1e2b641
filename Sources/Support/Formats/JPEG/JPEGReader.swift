import Primitives

/// A reader of JPEG files by the system's libturbojpeg, which is loaded when it is first needed: a program that reads
/// no such file runs without it.
public struct JPEGReader: Sendable {
  private let library: TurboJPEG?

  /// The reader with the system's library.
  public static let system = JPEGReader(TurboJPEG.load())

  /// Creates a reader with a library, or without one, which refuses all files.
  init(_ library: TurboJPEG?) { self.library = library }

  /// True if the library was found.
  public var isAvailable: Bool { library != nil }

  /// Decodes `file` at its own size, as grey or RGB.
  ///
  /// - Throws: `JPEGFault.tooLarge` for more pixels than `pixelLimit`, before memory is allocated for them.
  public func image(_ file: [UInt8], pixelLimit: Int) throws(JPEGFault) -> PixelImage {
    let (library, handle) = try open()
    defer { _ = library.destroy(handle) }
    let header = try Self.header(file, library, handle)
    guard header.width <= pixelLimit / header.height else {
      throw .tooLarge([header.width, header.height], limit: pixelLimit)
    }
    var status: Int32 = 0
    let size = header.width * header.height * header.channels
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      // Damaged files may leave rows unwritten.
      buffer.initialize(repeating: 0)
      status = library.decompress(
        handle, file, UInt(file.count), buffer.baseAddress, Int32(header.width),
        Int32(header.width * header.channels), Int32(header.height),
        header.channels == 1 ? Self.greyPixels : Self.rgbPixels, Self.accurateTransform)
      count = size
    }
    guard status == 0 else { throw Self.damage(library, handle) }
    return PixelImage(
      width: header.width, height: header.height, colors: header.channels == 1 ? .grey : .rgb, bytes: bytes)
  }

  /// The size and kind of the picture in a whole file.
  func header(_ file: [UInt8]) throws(JPEGFault) -> PictureHeader {
    let (library, handle) = try open()
    defer { _ = library.destroy(handle) }
    return try Self.header(file, library, handle)
  }

  // Numbers of <turbojpeg.h>.
  private static let rgbPixels: Int32 = 0
  private static let greyPixels: Int32 = 6
  private static let accurateTransform: Int32 = 4096
  private static let greyColorSpace: Int32 = 2
  private static let printColorSpaces: ClosedRange<Int32> = 3...4

  private func open() throws(JPEGFault) -> (TurboJPEG, TurboJPEG.Handle) {
    guard let library else { throw .noLibrary }
    guard let handle = library.initialize() else { throw .damaged(reason: "libturbojpeg does not start") }
    return (library, handle)
  }

  private static func header(
    _ file: [UInt8], _ library: TurboJPEG, _ handle: TurboJPEG.Handle
  ) throws(JPEGFault) -> PictureHeader {
    var (width, height, subsampling, colorSpace) = (Int32(0), Int32(0), Int32(0), Int32(0))
    let status = library.readHeader(
      handle, file, UInt(file.count), &width, &height, &subsampling, &colorSpace)
    guard status == 0, width > 0, height > 0 else { throw damage(library, handle) }
    guard !printColorSpaces.contains(colorSpace) else { throw .printColors }
    return PictureHeader(
      width: Int(width), height: Int(height), channels: colorSpace == greyColorSpace ? 1 : 3)
  }

  private static func damage(_ library: TurboJPEG, _ handle: TurboJPEG.Handle) -> JPEGFault {
    .damaged(reason: library.message(handle).map { String(cString: $0).printable } ?? "no reason given")
  }
}

/// A fault of a JPEG file, or a missing library.
public enum JPEGFault: Error, Sendable, Equatable {
  /// The system has no libturbojpeg.
  case noLibrary
  /// The library refuses the file; the reason is its own.
  case damaged(reason: String)
  /// The picture has the colours of print (CMYK).
  case printColors
  /// The image has more pixels than the limit.
  case tooLarge([Int], limit: Int)
}

extension JPEGFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .noLibrary:
      "JPEG needs libturbojpeg; 'apt install libturbojpeg0' or 'brew install jpeg-turbo' gets it"
    case .damaged(let reason): "damaged JPEG: \(reason)"
    case .printColors: "a JPEG in the colours of print (CMYK), not in grey or RGB"
    case .tooLarge(let size, let limit):
      "a picture of \(size[0])×\(size[1]) pixels; the limit is \(limit) pixels"
    }
  }
}
