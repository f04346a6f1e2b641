import Formats
import Primitives

/// The conversion of a source's images to those of a data set.
public struct ImageConversion: Sendable, Hashable {
  /// A width and a height in pixels.
  public struct Size: Sendable, Hashable {
    /// The width.
    public let width: Int
    /// The height.
    public let height: Int

    /// Creates a size.
    public init(width: Int, height: Int) { (self.width, self.height) = (width, height) }
  }

  /// The size of the images; nil for the source's own.
  public var size: Size?
  /// 1 for grey, 3 for colour; nil for the source's own.
  public var channels: Int?
  /// True if dark and bright are exchanged.
  public var inverts: Bool

  /// Creates a conversion; by default, none.
  public init(size: Size? = nil, channels: Int? = nil, inverts: Bool = false) {
    (self.size, self.channels, self.inverts) = (size, channels, inverts)
  }

  /// The shape of the converted images of a source.
  public func shape(of native: ImageShape) -> ImageShape {
    ImageShape(
      width: size?.width ?? native.width, height: size?.height ?? native.height,
      channels: channels ?? native.channels)
  }

  /// The sentence that says how images of a shape are changed; nil where they are not.
  public func note(for native: ImageShape) -> String? {
    let shape = shape(of: native)
    var changes: [String] = []
    if (shape.width, shape.height) != (native.width, native.height) {
      let sizes = [native, shape].map { "\($0.width)×\($0.height)" }
      changes.append("resized from \(sizes[0]) to \(sizes[1])")
    }
    if shape.channels != native.channels {
      changes.append(shape.isColour ? "grey to three equal channels" : "colour to grey")
    }
    if inverts { changes.append("dark and bright exchanged") }
    return changes.isEmpty ? nil : "converted: \(changes.joined(separator: ", "))"
  }
}

/// A converter of images of one shape, interleaved (R G B), to another one, as planes.
struct ImageConverter {
  let shape: ImageShape
  private let native: ImageShape
  private let inverts: Bool
  private let resizer: ImageResizer?
  /// The resized image, whose memory is used again.
  private var resized: [UInt8] = []

  init(from native: ImageShape, by conversion: ImageConversion) {
    self.native = native
    shape = conversion.shape(of: native)
    inverts = conversion.inverts
    resizer =
      (native.width, native.height) == (shape.width, shape.height)
      ? nil
      : ImageResizer(
        from: (native.width, native.height), to: (shape.width, shape.height), channels: native.channels)
  }

  /// Appends the converted image to `result`.
  mutating func convert(_ pixels: Span<UInt8>, into result: inout [UInt8]) {
    guard let resizer else {
      appendPlanes(pixels, to: &result)
      return
    }
    var image = resized
    resized = []
    resizer.resize(pixels, into: &image)
    appendPlanes(image.span, to: &result)
    resized = image
  }

  private func appendPlanes(_ pixels: Span<UInt8>, to result: inout [UInt8]) {
    let mask: UInt8 = inverts ? 255 : 0
    let count = shape.pixelCount
    switch (native.channels, shape.channels) {
    case (1, let copies):
      for _ in 0..<copies {
        for pixel in 0..<count { result.append(pixels[pixel] ^ mask) }
      }
    case (_, 1):
      for start in stride(from: 0, to: 3 * count, by: 3) {
        result.append(PixelImage.luma(pixels[start], pixels[start + 1], pixels[start + 2]) ^ mask)
      }
    default:
      for channel in 0..<3 {
        for start in stride(from: channel, to: 3 * count, by: 3) { result.append(pixels[start] ^ mask) }
      }
    }
  }
}
