/// A reader of PNG files of all colour types and depths, interlaced or not, row by row.
///
/// Samples of 16 bits are divided by 257, rounded. Colour profiles and gamma are ignored.
public enum PNGReader {
  /// Decodes `file` as grey bytes; it must have this size.
  ///
  /// Colours are converted to grey by `PixelImage.luma`, times the opacity.
  public static func grey(_ file: [UInt8], width: Int, height: Int) throws(PNGFault) -> [UInt8] {
    let chunks = try PNGChunks(file)
    let header = chunks.header
    guard header.width == width, header.height == height else {
      throw .wrongSize([header.width, header.height], expected: [width, height])
    }
    let pixels = try PNGPixels(chunks)
    let stride = pixels.samples
    return (0..<width * height).map { pixel in
      let start = pixel * stride
      let grey =
        pixels.channels == 1
        ? pixels.bytes[start]
        : PixelImage.luma(pixels.bytes[start], pixels.bytes[start + 1], pixels.bytes[start + 2])
      return pixels.hasAlpha
        ? PixelImage.composited(grey, over: 0, alpha: pixels.bytes[start + stride - 1]) : grey
    }
  }

  /// Decodes `file` at its own size: grey pixels as grey, others as RGB, transparent ones over `background`.
  ///
  /// - Throws: `PNGFault.tooLarge` for more pixels than `pixelLimit`, before memory is allocated for them.
  public static func image(
    _ file: [UInt8], background: UInt8 = 0, pixelLimit: Int
  ) throws(PNGFault) -> PixelImage {
    let chunks = try PNGChunks(file)
    let (width, height) = (chunks.header.width, chunks.header.height)
    guard width > 0, height > 0 else { throw .noPixels }
    guard width <= pixelLimit / height else { throw .tooLarge([width, height], limit: pixelLimit) }
    let pixels = try PNGPixels(chunks)
    return PixelImage(
      width: width, height: height, colors: pixels.channels == 1 ? .grey : .rgb,
      bytes: pixels.hasAlpha ? opaque(pixels, over: background) : pixels.bytes)
  }

  /// The size and kind of a picture, from the first bytes of its file.
  ///
  /// A palette of greys makes a grey picture if it stands within `bytes`.
  static func header(_ bytes: [UInt8]) throws(PNGFault) -> PictureHeader {
    guard bytes.starts(with: PNGChunks.signature) else { throw .notPNG }
    guard bytes.count >= 29 else { throw .cut }
    guard bytes[12..<16].elementsEqual("IHDR".utf8) else { throw .missing(chunk: "IHDR") }
    let header = try PNGHeader(bytes[16..<16 + min(13, BigEndian.number(bytes[8..<12]))])
    guard header.width > 0, header.height > 0 else { throw .noPixels }
    let isGrey =
      switch header.colorType {
      case .grey, .greyAlpha: true
      case .color, .colorAlpha: false
      case .palette: palette(in: bytes)?.allSatisfy(\.isGrey) ?? false
      }
    return PictureHeader(width: header.width, height: header.height, channels: isGrey ? 1 : 3)
  }

  /// The colours of the PLTE chunk within the first bytes of a file.
  private static func palette(in bytes: [UInt8]) -> [PixelImage.RGB]? {
    var place = PNGChunks.signature.count
    while place + 8 <= bytes.count {
      let length = BigEndian.number(bytes[place..<place + 4])
      guard length <= bytes.count - place - 8 else { return nil }
      let contents = place + 8..<place + 8 + length
      if bytes[place + 4..<place + 8].elementsEqual("PLTE".utf8) {
        return PNGChunks.colors(in: bytes[contents])
      }
      place += 12 + length
    }
    return nil
  }

  private static func opaque(_ pixels: PNGPixels, over background: UInt8) -> [UInt8] {
    let count = pixels.width * pixels.height
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * pixels.channels)
    for start in stride(from: 0, to: count * pixels.samples, by: pixels.samples) {
      let alpha = pixels.bytes[start + pixels.channels]
      for channel in 0..<pixels.channels {
        bytes.append(PixelImage.composited(pixels.bytes[start + channel], over: background, alpha: alpha))
      }
    }
    return bytes
  }
}
