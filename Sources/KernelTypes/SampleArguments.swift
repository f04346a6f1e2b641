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
  /// The smallest box that holds all pixels that are not zero, its last column and row included; a right
  /// end below the left one says that there are none.
  public var inkLeft, inkRight, inkTop, inkBottom: Int
  /// `height` rows of `width` values without gaps; at least as many as a vector has.
  public var out: UnsafeMutablePointer<Float>
  /// The map from output to source coordinates.
  public var xx, xy, x0, yx, yy, y0: Float
  /// Takes the nearest pixel (halves to even) instead of weighing four.
  public var nearest: Bool

  /// Names the image and the map.
  public init(
    width: Int, height: Int, source: UnsafePointer<Float>, sourceRow: Int,
    ink: (left: Int, right: Int, top: Int, bottom: Int), out: UnsafeMutablePointer<Float>,
    map: (xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float), nearest: Bool
  ) {
    self.width = width
    self.height = height
    self.source = source
    self.sourceRow = sourceRow
    (inkLeft, inkRight, inkTop, inkBottom) = ink
    self.out = out
    (xx, xy, x0, yx, yy, y0) = map
    self.nearest = nearest
  }
}
