/// A rectangular picture of 8-bit pixels, row by row.
public struct PixelImage: Sendable, Hashable {
  /// A colour of three intensities from 0 to 255.
  public struct RGB: Sendable, Hashable {
    /// The intensities.
    public var red, green, blue: UInt8

    /// Names the intensities.
    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
      (self.red, self.green, self.blue) = (red, green, blue)
    }
  }

  /// What the bytes mean.
  public enum Colors: Sendable, Hashable {
    /// A byte a pixel, from 0 (black) to 255 (white).
    case grey
    /// Three bytes a pixel: red, green, blue.
    case rgb
    /// A byte a pixel, the position of a colour; from 1 to 256 colours.
    case palette([RGB])

    /// How many bytes a pixel has.
    public var bytesPerPixel: Int { self == .rgb ? 3 : 1 }
  }

  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// What the bytes mean.
  public let colors: Colors
  /// `height` · `width` pixels, row by row, each of as many bytes as `colors` says.
  public private(set) var bytes: [UInt8]

  /// Names a picture's bytes, of which there must be as many as its size takes.
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

  /// A picture of one grey.
  public init(width: Int, height: Int, grey: UInt8) {
    self.init(width: width, height: height, bytes: [UInt8](repeating: grey, count: width * height))
  }

  /// Takes intensities, 0 for black and 1 for white, rounded to the nearest of 256 greys; what lies outside is
  /// cut, and what is no number is black. Their count is a multiple of `width`.
  public init(intensities: [Float], width: Int) {
    self.init(
      width: width, height: intensities.count / width,
      bytes: intensities.map { $0 > 0 ? UInt8((min($0, 1) * 255).rounded()) : 0 })
  }

  /// The picture with every pixel as a square of `factor` · `factor` pixels.
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

  /// The picture with dark and light exchanged.
  public var inverted: PixelImage {
    switch colors {
    case .grey, .rgb:
      return PixelImage(width: width, height: height, colors: colors, bytes: bytes.map { 255 - $0 })
    case .palette(let entries):
      let opposite = entries.map { RGB(255 - $0.red, 255 - $0.green, 255 - $0.blue) }
      return PixelImage(width: width, height: height, colors: .palette(opposite), bytes: bytes)
    }
  }

  /// Puts a grey picture over part of this one, which is grey too; what lies beyond the edges is left out.
  public mutating func place(_ picture: PixelImage, x: Int, y: Int) {
    precondition(colors == .grey && picture.colors == .grey, "only grey pictures are placed on each other")
    let columns = max(0, -x)..<max(max(0, -x), min(picture.width, width - x))
    for row in 0..<picture.height where (0..<height).contains(y + row) {
      for column in columns {
        bytes[(y + row) * width + x + column] = picture.bytes[row * picture.width + column]
      }
    }
  }

  /// Sets one pixel of a grey picture; one beyond the edges is left out.
  mutating func set(x: Int, y: Int, grey: UInt8) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    bytes[y * width + x] = grey
  }
}
