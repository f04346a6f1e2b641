/// A picture of 8-bit pixels in row-major order.
public struct PixelImage: Sendable, Hashable {
  /// An RGB colour.
  public struct RGB: Sendable, Hashable {
    /// The intensities from 0 to 255.
    public var red, green, blue: UInt8

    /// Creates a colour.
    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
      (self.red, self.green, self.blue) = (red, green, blue)
    }
  }

  /// The interpretation of the bytes.
  public enum Colors: Sendable, Hashable {
    /// One byte per pixel, from 0 (black) to 255 (white).
    case grey
    /// Three bytes per pixel: red, green, blue.
    case rgb
    /// One byte per pixel, an index into 1 to 256 colours.
    case palette([RGB])

    /// The number of bytes per pixel.
    public var bytesPerPixel: Int { self == .rgb ? 3 : 1 }
  }

  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// The interpretation of the bytes.
  public let colors: Colors
  /// The bytes, row-major, `height · width · bytesPerPixel`.
  public private(set) var bytes: [UInt8]

  /// Creates a picture from as many bytes as its size requires.
  public init(width: Int, height: Int, colors: Colors = .grey, bytes: [UInt8]) {
    precondition(width > 0 && height > 0, "a picture needs pixels, not \(width) × \(height)")
    precondition(
      bytes.count == width * height * colors.bytesPerPixel,
      "\(bytes.count) bytes for \(width) × \(height) pixels of \(colors.bytesPerPixel)")
    if case .palette(let entries) = colors {
      precondition(
        (1...256).contains(entries.count) && bytes.allSatisfy { $0 < entries.count },
        "\(entries.count) colours for positions up to \(bytes.max() ?? 0)")
    }
    (self.width, self.height, self.colors, self.bytes) = (width, height, colors, bytes)
  }

  /// Creates a uniform grey picture.
  public init(width: Int, height: Int, grey: UInt8) {
    self.init(width: width, height: height, bytes: [UInt8](repeating: grey, count: width * height))
  }

  /// Creates a greyscale picture from intensities, 0 for black and 1 for white, rounded to 256 levels and
  /// clamped; NaN is black. Their count is a multiple of `width`.
  public init(intensities: [Float], width: Int) {
    self.init(
      width: width, height: intensities.count / width,
      bytes: intensities.map(Self.level))
  }

  /// Creates a picture from intensities likewise, in one plane for grey, or in planes of red, green and blue.
  public init(planes: [Float], width: Int, height: Int) {
    let count = width * height
    precondition(
      planes.count == count || planes.count == 3 * count,
      "\(planes.count) intensities for \(width) × \(height) pixels")
    guard planes.count > count else {
      self.init(intensities: planes, width: width)
      return
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(3 * count)
    for pixel in 0..<count {
      for plane in 0..<3 { bytes.append(Self.level(planes[plane * count + pixel])) }
    }
    self.init(width: width, height: height, colors: .rgb, bytes: bytes)
  }

  /// The nearest of 256 levels.
  private static func level(_ intensity: Float) -> UInt8 {
    intensity > 0 ? UInt8((min(intensity, 1) * 255).rounded()) : 0
  }

  /// A greyscale picture as one of colours; others unchanged.
  public var colored: PixelImage {
    guard colors == .grey else { return self }
    return PixelImage(width: width, height: height, colors: .rgb, bytes: bytes.flatMap { [$0, $0, $0] })
  }

  /// A value over a background, by its opacity `alpha` from 0 to 255, rounded.
  public static func composited(_ value: UInt8, over background: UInt8, alpha: UInt8) -> UInt8 {
    let sum: Int = Int(value) * Int(alpha) + Int(background) * Int(255 - alpha)
    return UInt8((sum + 127) / 255)
  }

  /// The grey of a colour: (19595 · red + 38470 · green + 7471 · blue) ÷ 65536, rounded (ITU-R BT.601).
  public static func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let sum: Int = 19595 * Int(red) + 38470 * Int(green) + 7471 * Int(blue)
    return UInt8((sum + 32768) >> 16)
  }

  /// The picture with each pixel enlarged to `factor` × `factor` pixels.
  public func enlarged(by factor: Int) -> PixelImage {
    precondition(factor >= 1, "a picture cannot be enlarged by \(factor)")
    guard factor > 1 else { return self }
    let pixelSize = colors.bytesPerPixel
    let rowSize = width * pixelSize
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * factor * factor)
    for row in 0..<height {
      var line: [UInt8] = []
      line.reserveCapacity(rowSize * factor)
      for pixel in stride(from: row * rowSize, to: (row + 1) * rowSize, by: pixelSize) {
        for _ in 0..<factor { line += bytes[pixel..<pixel + pixelSize] }
      }
      for _ in 0..<factor { result += line }
    }
    return PixelImage(width: width * factor, height: height * factor, colors: colors, bytes: result)
  }

  /// The picture with inverted intensities.
  public var inverted: PixelImage {
    switch colors {
    case .grey, .rgb:
      return PixelImage(width: width, height: height, colors: colors, bytes: bytes.map { 255 - $0 })
    case .palette(let entries):
      let opposite = entries.map { RGB(255 - $0.red, 255 - $0.green, 255 - $0.blue) }
      return PixelImage(width: width, height: height, colors: .palette(opposite), bytes: bytes)
    }
  }

  /// Draws a picture over part of this one, clipped at the edges. Neither has a palette; a picture of colours needs
  /// one of colours below it.
  public mutating func place(_ picture: PixelImage, x: Int, y: Int) {
    let upper = colors == .rgb ? picture.colored : picture
    precondition(colors == upper.colors, "a picture of \(upper.colors) on one of \(colors)")
    let size = colors.bytesPerPixel
    let columns = max(0, -x)..<max(max(0, -x), min(upper.width, width - x))
    for row in 0..<upper.height where (0..<height).contains(y + row) {
      let (target, source) = (((y + row) * width + x) * size, row * upper.width * size)
      for offset in columns.lowerBound * size..<columns.upperBound * size {
        bytes[target + offset] = upper.bytes[source + offset]
      }
    }
  }

  /// Sets one pixel to a grey; ignored outside the picture, which has no palette.
  public mutating func set(x: Int, y: Int, grey: UInt8) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let size = colors.bytesPerPixel
    for offset in 0..<size { bytes[(y * width + x) * size + offset] = grey }
  }
}
