/// Sampling an image through an affine map, zeros outside.
///
/// Output pixel (x, y), relative to the centre, takes the source's value at
/// (xx · x + xy · y + x0, yx · x + yy · y + y0), relative to the centre.
@frozen public struct SampleArguments {
  /// The size in pixels.
  public var width, height: Int
  /// The source with a border of zeros: one row and column before, two after; rows `sourceRow` apart.
  /// Points to the pixel at (0, 0), inside the border.
  public var source: UnsafePointer<Float>
  /// The distance between two rows of the source.
  public var sourceRow: Int
  /// `height` rows of `width` values without gaps.
  public var out: UnsafeMutablePointer<Float>
  /// The map from output to source coordinates.
  public var xx, xy, x0, yx, yy, y0: Float
  /// Takes the nearest pixel (halves to even) instead of weighing four.
  public var nearest: Bool

  /// Names the image and the map.
  public init(
    width: Int, height: Int, source: UnsafePointer<Float>, sourceRow: Int, out: UnsafeMutablePointer<Float>,
    map: (xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float), nearest: Bool
  ) {
    self.width = width
    self.height = height
    self.source = source
    self.sourceRow = sourceRow
    self.out = out
    (xx, xy, x0, yx, yy, y0) = map
    self.nearest = nearest
  }
}
