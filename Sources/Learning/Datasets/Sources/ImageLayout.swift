import Primitives

/// The arrangement of images in an array.
struct ImageLayout: Sendable, Equatable {
  /// The number of images.
  let count: Int
  let width: Int
  let height: Int
  /// The number of values of a pixel: 1, 3, or 4 where the last is the opacity.
  let channels: Int
  /// Tells whether the values of a channel are adjacent, not those of a pixel.
  let isPlanar: Bool
  /// Tells whether columns are stored as rows.
  var isTransposed = false

  /// The sides of images that are read.
  static let sides = 5...4096

  /// The shape of the images that are read.
  var shape: ImageShape { ImageShape(width: width, height: height, channels: channels == 1 ? 1 : 3) }

  /// The number of values of a stored image.
  var valueCount: Int { width * height * channels }

  /// The arrangement of the same numbers where columns are stored as rows.
  var transposed: ImageLayout {
    var layout = ImageLayout(
      count: count, width: height, height: width, channels: channels, isPlanar: isPlanar)
    layout.isTransposed = true
    return layout
  }

  /// The arrangement of the images in an array of a shape; nil where it holds none, or it is not clear which
  /// extent counts them.
  init?(shape: [Int]) {
    guard let count = shape.first, count > 0, !Self.isUnclear(shape) else { return nil }
    let layout: ImageLayout? =
      switch shape.count {
      case 2: Self.rows(count, columns: shape[1])
      case 3: Self.colour(count, height: shape[1], width: shape[2], channels: 1, isPlanar: false)
      case 4:
        Self.colour(count, height: shape[1], width: shape[2], channels: shape[3], isPlanar: false)
          ?? Self.colour(count, height: shape[2], width: shape[3], channels: shape[1], isPlanar: true)
      default: nil
      }
    guard let layout else { return nil }
    self = layout
  }

  private init(count: Int, width: Int, height: Int, channels: Int, isPlanar: Bool) {
    (self.count, self.width, self.height) = (count, width, height)
    (self.channels, self.isPlanar) = (channels, isPlanar)
  }

  /// Tells whether the last or the second extent of an array may count the images, as in (28, 28, N) and
  /// (20, N, 64, 64).
  static func isUnclear(_ shape: [Int]) -> Bool {
    switch shape.count {
    case 3: sides.contains(shape[0]) && shape[0] == shape[1] && shape[1] != shape[2]
    case 4:
      sides.contains(shape[2]) && shape[2] == shape[3] && ![1, 3, 4].contains(shape[1])
        && shape[1] != shape[2]
    default: false
    }
  }

  /// Images of k² numbers, or of 3k², plane by plane as in CIFAR's files.
  private static func rows(_ count: Int, columns: Int) -> ImageLayout? {
    [(columns, 1), (columns % 3 == 0 ? columns / 3 : 0, 3)].lazy.compactMap { pixels, channels in
      let side = Int(Double(pixels).squareRoot().rounded())
      guard side * side == pixels, side >= 8, sides.contains(side) else { return nil }
      return ImageLayout(
        count: count, width: side, height: side, channels: channels, isPlanar: channels > 1)
    }.first
  }

  private static func colour(
    _ count: Int, height: Int, width: Int, channels: Int, isPlanar: Bool
  ) -> ImageLayout? {
    guard [1, 3, 4].contains(channels), sides.contains(height), sides.contains(width) else { return nil }
    return ImageLayout(count: count, width: width, height: height, channels: channels, isPlanar: isPlanar)
  }
}
