import Datasets
import Primitives

/// A coloured sprite that is lit from above: brighter at its upper end than at its lower one.
///
/// The light tells which way is up, so that a rotation of the image has a meaning, for squares too.
public struct LitSprite: Sendable, Equatable {
  /// The figure.
  public let sprite: Sprite
  /// The colour in the light, from 0 to 1 for red, green and blue.
  public let color: [Double]

  /// The size of images in pixels, and their number of channels.
  public static let (side, channels) = (64, 3)
  /// The brightness at the lower end.
  private static let shade = 0.25

  /// Draws a sprite with independent factors.
  ///
  /// - Parameter isUpright: gives it the orientation 0.
  public init(from random: RandomStream, isUpright: Bool) {
    let shapes = Sprite.Shape.allCases
    sprite = Sprite(
      shapes[Int(Double(shapes.count) * random.uniform(at: 0))],
      scale: 0.5 + 0.5 * random.uniform(at: 1), orientation: isUpright ? 0 : 360 * random.uniform(at: 2),
      x: random.uniform(at: 3), y: random.uniform(at: 4))
    let saturation = 0.4 + 0.6 * random.uniform(at: 6)
    color = Self.hue(6 * random.uniform(at: 5)).map { 1 - saturation * (1 - $0) }
  }

  /// The pixels row by row, each with three bytes: red, green, blue.
  public func pixels() -> [UInt8] {
    let coverage = sprite.pixels()
    let middle = Double(Self.side) * (0.25 + 0.5 * sprite.y) - 0.5
    let reach = 13 * sprite.scale
    var pixels = [UInt8](repeating: 0, count: coverage.count * Self.channels)
    for (index, covered) in coverage.enumerated() where covered > 0 {
      let depth = (Double(index / Self.side) - middle + reach) / (2 * reach)
      let light = 1 - (1 - Self.shade) * min(max(depth, 0), 1)
      for channel in 0..<Self.channels {
        pixels[index * Self.channels + channel] = UInt8(Double(covered) * light * color[channel] + 0.5)
      }
    }
    return pixels
  }

  /// A saturated colour; `position` goes from 0 (red) over 2 (green) and 4 (blue) to 6.
  private static func hue(_ position: Double) -> [Double] {
    [0.0, 2, 4].map { peak in
      let distance = abs(position - peak)
      return min(max(2 - min(distance, 6 - distance), 0), 1)
    }
  }
}
