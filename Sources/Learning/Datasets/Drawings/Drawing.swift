import Formats

/// An image that the user draws: 28 × 28 intensities from 0 (background) to 1 (ink), row by row.
///
/// Coordinates are in pixels from the upper left corner, x to the right and y down: the middle of the first
/// pixel is (0.5, 0.5).
public struct Drawing: Sendable, Equatable {
  /// The intensities.
  public private(set) var intensities: [Float]

  /// Creates an empty drawing.
  public init() {
    intensities = Array(repeating: 0, count: ImageShape.pixelCount)
  }

  /// Creates a drawing from 784 bytes, 0 for background and 255 for ink.
  public init(bytes: [UInt8]) {
    precondition(bytes.count == ImageShape.pixelCount, "\(bytes.count) bytes for \(ImageShape.pixelCount)")
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
    /// Removes ink.
    public var isEraser: Bool

    /// Creates a brush or an eraser.
    public init(radius: Double, isEraser: Bool = false) {
      self.radius = radius
      self.isEraser = isEraser
    }

    /// The ink at a distance from the stroke's middle line. The edge is two pixels wide, as in handwritten
    /// digits.
    func ink(atDistance distance: Double) -> Float {
      Float(min(1, max(0, (radius + 1 - distance) / 2)))
    }
  }

  /// Sets every pixel.
  mutating func setEach(_ value: (_ column: Int, _ row: Int) -> Float) {
    for index in intensities.indices {
      intensities[index] = value(index % ImageShape.width, index / ImageShape.width)
    }
  }

  /// Draws a straight stroke with round ends. Overlapping strokes keep the stronger ink.
  public mutating func draw(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), with brush: Brush
  ) {
    let reach = brush.radius + 1
    func range(_ a: Double, _ b: Double, _ count: Int) -> Range<Int> {
      let low = min(max(min(a, b) - reach, 0), Double(count))
      let high = min(max(max(a, b) + reach, low), Double(count))
      return Int(low)..<Int(high.rounded(.up))
    }
    guard [start.x, start.y, end.x, end.y, reach].allSatisfy(\.isFinite) else { return }
    for row in range(start.y, end.y, ImageShape.height) {
      for column in range(start.x, end.x, ImageShape.width) {
        let place = Point(Double(column) + 0.5, Double(row) + 0.5)
        let distance = place.distance(toStraightFrom: Point(start.x, start.y), to: Point(end.x, end.y))
        let ink = brush.ink(atDistance: distance)
        let index = row * ImageShape.width + column
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
  /// Reads the first image of an IDX file, plain or `.gz`.
  public static func read(_ path: String) throws(DatasetError) -> Drawing {
    Drawing(bytes: Array(try IDX.readImages(path)[..<ImageShape.pixelCount]))
  }

  /// The bytes of an IDX file with one image: `[1, 28, 28]`.
  public var fileBytes: [UInt8] {
    IDXHeader.encode([1] + IDX.imageShape) + bytes
  }

  /// The drawing as the only image of a source, with label 0.
  public var images: StoredImages { StoredImages(pixels: bytes, labels: [0]) }
}
