/// The pixels to sample and the map to their source.
///
/// Output pixel (x, y) is the source's value at (xx · x + xy · y + x0, yx · x + yy · y + y0), both relative
/// to the centre; zero outside. Source images have a border of zeros: one row and column before, at least two
/// after.
@frozen public struct SampleGeometry {
  /// The row stride of a source `width` pixels wide, border included: a multiple of 16 pixels, and beyond 32 an odd
  /// one, so that the pixels of a column do not share cache sets.
  public static func rowLength(width: Int) -> Int {
    let groups = (width + 2 + 15) / 16
    return 16 * (groups > 2 ? groups | 1 : groups)
  }

  /// The row stride that kernels are specialised for: that of images 14 to 30 pixels wide.
  public static var specialRowLength: Int { 32 }

  /// The source's size in pixels.
  public var width, height: Int
  /// The row stride of a source, border included, in pixels.
  public var rowLength: Int
  /// The number of pixels to sample, at least 16.
  public var count: Int
  /// The coordinates of each, relative to the centre.
  public var x, y: UnsafePointer<Float>
  /// The map from output to source coordinates.
  public var xx, xy, x0, yx, yy, y0: Float

  /// Creates the geometry.
  public init(
    width: Int, height: Int, count: Int, x: UnsafePointer<Float>, y: UnsafePointer<Float>,
    map: (xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float)
  ) {
    self.width = width
    self.height = height
    rowLength = Self.rowLength(width: width)
    self.count = count
    (self.x, self.y) = (x, y)
    (xx, xy, x0, yx, yy, y0) = map
  }
}

/// The arguments of sampling an image of bytes through an affine map.
@frozen public struct SampleArguments {
  /// The pixels and the map.
  public var geometry: SampleGeometry
  /// For each pixel of the image and its border of one, four bytes packed from the lowest bits: the pixel,
  /// its right neighbour, the one below and the one below right; 255 stands for 1.
  public var source: UnsafePointer<Int32>
  /// The sampled values.
  public var out: UnsafeMutablePointer<Float>
  /// Uses the nearest pixel (ties to even) instead of bilinear interpolation.
  public var nearest: Bool

  /// Creates the arguments.
  public init(
    geometry: SampleGeometry, source: UnsafePointer<Int32>, out: UnsafeMutablePointer<Float>, nearest: Bool
  ) {
    self.geometry = geometry
    self.source = source
    self.out = out
    self.nearest = nearest
  }
}

/// The arguments of sampling an image of floats through an affine map, bilinearly, and of its gradient.
@frozen public struct NumberSampleArguments {
  /// The pixels and the map.
  public var geometry: SampleGeometry
  /// The image, from the border's first pixel on.
  public var source: UnsafePointer<Float>

  /// Creates the arguments.
  public init(geometry: SampleGeometry, source: UnsafePointer<Float>) {
    self.geometry = geometry
    self.source = source
  }
}

/// The arguments of packing an image of bytes with its neighbours.
@frozen public struct NeighbourArguments {
  /// The number of rows of pixels.
  public var height: Int
  /// The row stride of the packed pixels.
  public var rowLength: Int
  /// The image with a border of zeros: one row and column before, two rows after. Points to the border's
  /// first byte; rows are `byteRowLength` apart.
  public var bytes: UnsafePointer<UInt8>
  /// `height` + 2 rows of packed pixels, from the border's first one on.
  public var out: UnsafeMutablePointer<Int32>

  /// The row stride of the bytes: neighbours are read beyond the end of a row.
  @inlinable public var byteRowLength: Int { Self.byteRowLength(rowLength) }

  /// The row stride of the bytes for a row stride of the packed pixels.
  @inlinable public static func byteRowLength(_ rowLength: Int) -> Int { rowLength + 16 }

  /// Creates the arguments.
  public init(height: Int, rowLength: Int, bytes: UnsafePointer<UInt8>, out: UnsafeMutablePointer<Int32>) {
    self.height = height
    self.rowLength = rowLength
    self.bytes = bytes
    self.out = out
  }
}
