/// Which pixels are sampled, and where they come from.
///
/// Output pixel (x, y), relative to the centre, takes the source's value at
/// (xx · x + xy · y + x0, yx · x + yy · y + y0), relative to the centre; zeros outside. Source images have a
/// border of zeros: one row and column before the image, at least two after it.
@frozen public struct SampleGeometry {
  /// Pixels, border included, from one row of a source to the next.
  public static var rowLength: Int { 32 }

  /// The source's size in pixels.
  public var width, height: Int
  /// How many pixels to sample, at least as many as a vector has.
  public var count: Int
  /// The coordinates of each, relative to the centre.
  public var x, y: UnsafePointer<Float>
  /// The map from output to source coordinates.
  public var xx, xy, x0, yx, yy, y0: Float

  /// Names the pixels and the map.
  public init(
    width: Int, height: Int, count: Int, x: UnsafePointer<Float>, y: UnsafePointer<Float>,
    map: (xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float)
  ) {
    self.width = width
    self.height = height
    self.count = count
    (self.x, self.y) = (x, y)
    (xx, xy, x0, yx, yy, y0) = map
  }
}

/// Sampling an image of bytes through an affine map.
@frozen public struct SampleArguments {
  /// The pixels and the map.
  public var geometry: SampleGeometry
  /// For each pixel, and a border of one, four bytes: its own, its right neighbour's, the one's below and
  /// the one's right below, the first in the lowest bits; 255 stands for 1. Starts with the border.
  public var source: UnsafePointer<Int32>
  /// Where the values go.
  public var out: UnsafeMutablePointer<Float>
  /// Takes the nearest pixel (halves to even) instead of weighing four.
  public var nearest: Bool

  /// Names the image.
  public init(
    geometry: SampleGeometry, source: UnsafePointer<Int32>, out: UnsafeMutablePointer<Float>, nearest: Bool
  ) {
    self.geometry = geometry
    self.source = source
    self.out = out
    self.nearest = nearest
  }
}

/// Sampling an image of numbers through an affine map, bilinearly, and the way back.
@frozen public struct NumberSampleArguments {
  /// The pixels and the map; the way back takes a count that is a multiple of 16.
  public var geometry: SampleGeometry
  /// The image, from the border's first pixel on.
  public var source: UnsafePointer<Float>

  /// Names the image.
  public init(geometry: SampleGeometry, source: UnsafePointer<Float>) {
    self.geometry = geometry
    self.source = source
  }
}

/// An image of bytes to be packed with its neighbours.
@frozen public struct NeighbourArguments {
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
