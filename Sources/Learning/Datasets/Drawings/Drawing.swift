import Formats
import Primitives

/// An image that the user draws: a plane of intensities from 0 (background) to 1 (ink), row by row.
///
/// Coordinates are in pixels from the upper left corner, x to the right and y down: the middle of the first
/// pixel is (0.5, 0.5).
public struct Drawing: Sendable, Equatable {
  /// The shape of the images that it stands for; the ink of a colour image is white.
  public let shape: ImageShape
  /// The intensities.
  public private(set) var intensities: [Float]

  /// Creates an empty drawing.
  public init(shape: ImageShape = .mnist) {
    self.shape = shape
    intensities = Array(repeating: 0, count: shape.pixelCount)
  }

  /// Creates a drawing from one byte for each pixel, 0 for background and 255 for ink.
  public init(bytes: [UInt8], shape: ImageShape = .mnist) {
    precondition(bytes.count == shape.pixelCount, "\(bytes.count) bytes for \(shape.pixelCount) pixels")
    self.shape = shape
    intensities = bytes.map { Float($0) / 255 }
  }

  /// The intensities as bytes, 0 for background and 255 for ink.
  public var bytes: [UInt8] { intensities.map { UInt8(($0 * 255).rounded()) } }

  /// Tells whether all bytes are 0.
  public var isEmpty: Bool { intensities.allSatisfy { $0 < 0.5 / 255 } }

  /// The shape and effect of a stroke.
  public struct Brush: Sendable, Equatable {
    /// The distance from the stroke's middle line at which the ink is one half, in pixels.
    public var radius: Double
    /// The width of the edge, over which the ink fades: two pixels in handwritten digits of MNIST's size.
    public var edge: Double
    /// Removes ink.
    public var isEraser: Bool

    /// Creates a brush or an eraser.
    public init(radius: Double, edge: Double = 2, isEraser: Bool = false) {
      self.radius = radius
      self.edge = edge
      self.isEraser = isEraser
    }

    /// The distance from which there is no ink.
    var reach: Double { radius + edge / 2 }

    /// The ink at a distance from the stroke's middle line.
    func ink(atDistance distance: Double) -> Float {
      Float(min(1, max(0, (reach - distance) / edge)))
    }
  }

  /// Sets every pixel.
  mutating func setEach(_ value: (_ column: Int, _ row: Int) -> Float) {
    for index in intensities.indices {
      intensities[index] = value(index % shape.width, index / shape.width)
    }
  }

  /// Draws a straight stroke with round ends. Overlapping strokes keep the stronger ink.
  public mutating func draw(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), with brush: Brush
  ) {
    let reach = brush.reach
    func range(_ a: Double, _ b: Double, _ count: Int) -> Range<Int> {
      let low = min(max(min(a, b) - reach, 0), Double(count))
      let high = min(max(max(a, b) + reach, low), Double(count))
      return Int(low)..<Int(high.rounded(.up))
    }
    guard [start.x, start.y, end.x, end.y, reach].allSatisfy(\.isFinite) else { return }
    for row in range(start.y, end.y, shape.height) {
      for column in range(start.x, end.x, shape.width) {
        let place = Point(Double(column) + 0.5, Double(row) + 0.5)
        let distance = place.distance(toStraightFrom: Point(start.x, start.y), to: Point(end.x, end.y))
        let ink = brush.ink(atDistance: distance)
        let index = row * shape.width + column
        intensities[index] =
          brush.isEraser ? min(intensities[index], 1 - ink) : max(intensities[index], ink)
      }
    }
  }
}

extension Point {
  /// The distance to the nearest point of a line segment.
  fileprivate func distance(toStraightFrom start: Point, to end: Point) -> Double {
    let line = end - start
    let squaredLength = line.x * line.x + line.y * line.y
    guard squaredLength > 0 else { return distance(to: start) }
    let offset = self - start
    let fraction = min(1, max(0, (offset.x * line.x + offset.y * line.y) / squaredLength))
    return distance(to: start + fraction * line)
  }
}

extension Drawing {
  /// Reads the first image of an IDX file, plain or `.gz`, of a supported size.
  public static func read(_ path: String) throws(DatasetError) -> Drawing {
    do {
      return try read(path, .mnist)
    } catch .idx(path: _, .wrongImageSize(let sides, expected: _))
      where sides.allSatisfy(ImageShape.sides.contains)
    {
      return try read(path, ImageShape(width: sides[1], height: sides[0]))
    }
  }

  private static func read(_ path: String, _ shape: ImageShape) throws(DatasetError) -> Drawing {
    Drawing(bytes: Array(try IDX.readImages(path, shape)[..<shape.pixelCount]), shape: shape)
  }

  /// The drawing for images of another shape, resized.
  public func fitted(to shape: ImageShape) -> Drawing {
    guard shape != self.shape else { return self }
    let plane = ImageShape(width: self.shape.width, height: self.shape.height)
    let resized = StoredImages(shape: plane, pixels: bytes, labels: [nil])
      .fitted(to: ImageShape(width: shape.width, height: shape.height))
    return Drawing(bytes: resized.pixels(at: 0), shape: shape)
  }

  /// The bytes of an IDX file with one image: `[1, height, width]`.
  public var fileBytes: [UInt8] {
    IDXHeader.encode([1, shape.height, shape.width]) + bytes
  }

  /// The drawing as the only image of a source, without a label.
  public var images: StoredImages {
    let plane = bytes
    return StoredImages(
      shape: shape, pixels: Array(repeatElement(plane, count: shape.channels).joined()), labels: [nil])
  }
}
