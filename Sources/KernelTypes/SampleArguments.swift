/// Sampling an image through an affine map, zeros outside.
///
/// Output pixel (x, y), relative to the centre, takes the source's value at
/// (xx · x + xy · y + x0, yx · x + yy · y + y0), relative to the centre.
@frozen public struct SampleArguments {
  /// The source's size in pixels.
  public var width, height: Int
  /// For each pixel, and a border of one, four bytes: its own, its right neighbour's, the one's below and
  /// the one's right below, the first in the lowest bits; 255 stands for 1. Starts with the border.
  public var source: UnsafePointer<Int32>
  /// The distance between two rows of the source.
  public var rowLength: Int
  /// How many pixels to sample, at least as many as a vector has.
  public var count: Int
  /// The coordinates of each, relative to the centre.
  public var x, y: UnsafePointer<Float>
  /// Where their values go.
  public var out: UnsafeMutablePointer<Float>
  /// The map from output to source coordinates.
  public var xx, xy, x0, yx, yy, y0: Float
  /// Takes the nearest pixel (halves to even) instead of weighing four.
  public var nearest: Bool

  /// Names the image and the map.
  public init(
    width: Int, height: Int, source: UnsafePointer<Int32>, rowLength: Int, count: Int,
    x: UnsafePointer<Float>, y: UnsafePointer<Float>, out: UnsafeMutablePointer<Float>,
    map: (xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float), nearest: Bool
  ) {
    self.width = width
    self.height = height
    self.source = source
    self.rowLength = rowLength
    self.count = count
    (self.x, self.y) = (x, y)
    self.out = out
    (xx, xy, x0, yx, yy, y0) = map
    self.nearest = nearest
  }
}

/// An image of bytes to be packed with its neighbours.
@frozen public struct NeighbourArguments {
  /// Packed pixels in a row, those of the border included.
  public static var rowLength: Int { 32 }
  /// Bytes in a row; those after the image are zeros.
  public static var byteRowLength: Int { 48 }

  /// How many rows of pixels there are.
  public var height: Int
  /// The image with a border of zeros: one row and column before, two rows after. Points to the border's
  /// first byte.
  public var bytes: UnsafePointer<UInt8>
  /// `height` + 2 rows of packed pixels, from the border's first one on.
  public var out: UnsafeMutablePointer<Int32>

  /// Names the image.
  public init(height: Int, bytes: UnsafePointer<UInt8>, out: UnsafeMutablePointer<Int32>) {
    self.height = height
    self.bytes = bytes
    self.out = out
  }
}
