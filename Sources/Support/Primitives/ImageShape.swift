/// The shape of the images of a data set or a network.
///
/// An image has one channel, its grey, or three, red, green and blue. Its values stand in planes, one for each
/// channel, row by row, as PyTorch's (C, H, W): 0 for background and 255 for ink.
public struct ImageShape: Sendable, Hashable {
  /// The number of pixels in a row.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// The number of planes: 1 for grey, 3 for colour.
  public let channels: Int

  /// Creates a shape.
  public init(width: Int, height: Int, channels: Int = 1) {
    precondition(
      width >= 1 && height >= 1 && (channels == 1 || channels == 3),
      "images of \(width) × \(height) pixels with \(channels) channels")
    (self.width, self.height, self.channels) = (width, height, channels)
  }

  /// The shape of MNIST's images, and of all model files that state no shape.
  public static let mnist = ImageShape(width: 28, height: 28)

  /// The widths and heights of images that networks are trained on.
  public static let sides = 8...128

  /// Tells whether networks are trained on such images.
  public var isSupported: Bool { Self.sides.contains(width) && Self.sides.contains(height) }

  /// The number of pixels.
  public var pixelCount: Int { width * height }

  /// The number of values: one for each pixel and channel.
  public var valueCount: Int { pixelCount * channels }

  /// Tells whether the image has colours.
  public var isColour: Bool { channels == 3 }
}

extension ImageShape: CustomStringConvertible {
  /// The size in pixels, followed by "in colour" for images with three channels.
  public var description: String { "\(width)×\(height)" + (isColour ? " in colour" : "") }
}

extension ImageShape {
  /// The shape as text for files, such as `64x48x3`: width, height and channels.
  public var text: String { "\(width)x\(height)x\(channels)" }

  /// Parses a text such as `64x48x3`; nil for other texts and unsupported shapes.
  public init?(text: String) {
    let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 3, let width = numbers[0], let height = numbers[1], let channels = numbers[2],
      Self.sides.contains(width), Self.sides.contains(height), channels == 1 || channels == 3
    else { return nil }
    self.init(width: width, height: height, channels: channels)
  }

  /// Creates the supported square shape with `valueCount` values, grey before colour; nil if there is none.
  public init?(squareOfValues valueCount: Int) {
    for channels in [1, 3] where valueCount % channels == 0 {
      let side = Int(Double(valueCount / channels).squareRoot())
      guard side * side * channels == valueCount, Self.sides.contains(side) else { continue }
      self.init(width: side, height: side, channels: channels)
      return
    }
    return nil
  }
}
