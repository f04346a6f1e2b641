#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// An affine map from output to source pixel coordinates.
///
/// Pixel coordinates are relative to the image's centre, in pixels, x to the right and y down:
///
///     source_x = xx · x + xy · y + x0
///     source_y = yx · x + yy · y + y0
public struct AffineMap: Sendable, Hashable {
  /// The entries of the matrix row by row, each row followed by its offset.
  public var xx, xy, x0, yx, yy, y0: Float

  /// The map with the given matrix and offsets.
  public init(xx: Float, xy: Float, x0: Float = 0, yx: Float, yy: Float, y0: Float = 0) {
    (self.xx, self.xy, self.x0, self.yx, self.yy, self.y0) = (xx, xy, x0, yx, yy, y0)
  }

  /// The identity.
  public static let identity = AffineMap(xx: 1, xy: 0, yx: 0, yy: 1)

  /// The map that rotates an image's content by `angle`, counter-clockwise on the screen. Exact for multiples
  /// of 90°.
  public static func turn(by angle: Angle) -> AffineMap {
    let quarterTurns = angle.radians / (.pi / 2)
    let nearest = quarterTurns.rounded()
    let cosine: Float
    let sine: Float
    if abs(quarterTurns - nearest) < 1e-12 {
      let index = Int(nearest.truncatingRemainder(dividingBy: 4)) & 3
      cosine = [1, 0, -1, 0][index]
      sine = [0, 1, 0, -1][index]
    } else {
      cosine = Float(cos(angle.radians))
      sine = Float(sin(angle.radians))
    }
    return AffineMap(xx: cosine, xy: -sine, yx: sine, yy: cosine)
  }
}

extension AffineMap {
  /// The map that shifts an image's content by `x` pixels to the right and `y` down.
  public static func shift(x: Double, y: Double) -> AffineMap {
    AffineMap(xx: 1, xy: 0, x0: Float(-x), yx: 0, yy: 1, y0: Float(-y))
  }

  /// The map that enlarges an image's content about the centre by `factor` > 0.
  public static func scale(by factor: Double) -> AffineMap {
    AffineMap(xx: Float(1 / factor), xy: 0, yx: 0, yy: Float(1 / factor))
  }

  /// The composition output → this map → `next` → source.
  public func composed(with next: AffineMap) -> AffineMap {
    AffineMap(
      xx: next.xx * xx + next.xy * yx, xy: next.xx * xy + next.xy * yy,
      x0: next.xx * x0 + next.xy * y0 + next.x0,
      yx: next.yx * xx + next.yy * yx, yy: next.yx * xy + next.yy * yy,
      y0: next.yx * x0 + next.yy * y0 + next.y0)
  }
}
