import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A square, an ellipse or a heart with its size, orientation and place, as in the public set dSprites.
public struct Sprite: Sendable, Hashable {
  /// The kind of figure.
  public var shape: Shape
  /// The size, from 0.5 to 1.
  public var scale: Double
  /// The angle in degrees by which the figure is turned counter-clockwise.
  public var orientation: Double
  /// The horizontal place, from 0 to 1; the middle of the image is 0.5.
  public var x: Double
  /// The vertical place, from 0 at the top to 1.
  public var y: Double

  /// Creates a sprite.
  public init(_ shape: Shape, scale: Double = 1, orientation: Double = 0, x: Double = 0.5, y: Double = 0.5) {
    (self.shape, self.scale, self.orientation) = (shape, scale, orientation)
    (self.x, self.y) = (x, y)
  }

  /// Creates a sprite with independent, uniformly distributed factors.
  init(from random: RandomStream) {
    self.init(
      Shape.allCases[Int(Double(Shape.allCases.count) * random.uniform(at: 0))],
      scale: 0.5 + 0.5 * random.uniform(at: 1), orientation: 360 * random.uniform(at: 2),
      x: random.uniform(at: 3), y: random.uniform(at: 4))
  }

  /// The shape of images.
  static let imageShape = ImageShape(width: 64, height: 64)

  /// The values of the factors other than the shape, in the order of `Sprites.factors`.
  var factors: [Double] { [scale, orientation, x, y] }

  /// The pixels, row by row: 255 inside, 0 outside, and at edges the covered fraction.
  public func pixels() -> [UInt8] {
    var pixels = [UInt8](repeating: 0, count: Self.imageShape.pixelCount)
    PolygonCoverage(of: outline).draw(into: &pixels, width: Self.imageShape.width)
    return pixels
  }

  /// The outline in pixels.
  var outline: [Point] {
    let angle = orientation * .pi / 180
    let side = Double(Self.imageShape.width)
    let size = scale * side
    let (right, down) = (size * cos(angle), size * sin(angle))
    let middle = side * Point(0.25 + 0.5 * x, 0.25 + 0.5 * y)
    return shape.outline.map { point in
      Point(
        middle.x + right * point.x + down * point.y, middle.y - down * point.x + right * point.y)
    }
  }
}

extension Sprite {
  /// The kind of figure of a sprite.
  public enum Shape: Int, CaseIterable, Sendable, Hashable {
    case square, ellipse, heart

    /// The name.
    public var name: String {
      switch self {
      case .square: "square"
      case .ellipse: "ellipse"
      case .heart: "heart"
      }
    }

    /// The smallest turn, in degrees, that leaves the figure unchanged.
    public var symmetry: Double {
      switch self {
      case .square: 90
      case .ellipse: 180
      case .heart: 360
      }
    }

    /// The outline of a figure of scale 1 around its place, in widths of the image, y down.
    var outline: [Point] {
      switch self {
      case .square: Self.squareOutline
      case .ellipse: Self.ellipseOutline
      case .heart: Self.heartOutline
      }
    }

    private static let squareOutline = [
      Point(-0.15, -0.15), Point(0.15, -0.15), Point(0.15, 0.15), Point(-0.15, 0.15),
    ]

    private static let ellipseOutline = curve { t in Point(0.2 * cos(t), 0.1125 * sin(t)) }

    private static let heartOutline = curve { t in
      let height = 13 * cos(t) - 5 * cos(2 * t) - 2 * cos(3 * t) - cos(4 * t)
      return Point(0.15 * pow(sin(t), 3), -0.3 / 29 * height - 0.02244)
    }

    /// Points of a closed curve with the parameter t from 0 to 2π; the areas are exact within 0.1 %.
    private static func curve(_ point: (Double) -> Point) -> [Point] {
      let count = 128
      return (0..<count).map { point(2 * .pi * Double($0) / Double(count)) }
    }
  }
}
