import Primitives

/// A line segment whose radius changes linearly along it.
struct InkSegment {
  var start: Point
  var startRadius: Double
  var end: Point
  var endRadius: Double

  init(_ start: Point, _ startRadius: Double, _ end: Point, _ endRadius: Double) {
    self.start = start
    self.startRadius = startRadius
    self.end = end
    self.endRadius = endRadius
  }
}

/// Line segments in pixel coordinates, and their rasterization.
struct InkLine {
  /// The segments; pixel (column, row) covers the unit square from (column, row).
  let segments: [InkSegment]

  /// The width and height of the box that the ink fits, as in MNIST.
  static let boxSize = 20.0
  /// The pixel of the centre of mass, as in MNIST, where centroids average 14.01.
  static let centerPixel = 14.0
  /// The width of an antialiased edge, in pixels.
  private static let edgeWidth = 1.0

  /// Scales and moves `segments` so that the ink, with radii times `radius`, fits the box.
  init(segments: [InkSegment], fittedWithRadius radius: Double) {
    let side = Self.boxSize - Self.edgeWidth
    let path = InkBounds(of: segments, scale: 1, radius: 0)
    var scale = (side - 2 * radius) / max(path.side, 1e-6)
    // The radius at the outermost points differs from the mean, and the scale determines which those are.
    for _ in 0..<3 {
      let ink = InkBounds(of: segments, scale: scale, radius: radius)
      scale += (side - ink.side) / max(path.side, 1e-6)
    }
    let shift = Self.middle - InkBounds(of: segments, scale: scale, radius: radius).middle
    self.segments = segments.map {
      InkSegment(
        scale * $0.start + shift, radius * $0.startRadius, scale * $0.end + shift, radius * $0.endRadius)
    }
  }

  private static let shape = ImageShape.mnist
  private static let middle = Point(Double(shape.width) / 2, Double(shape.height) / 2)

  /// The pixels, row by row, shifted by whole pixels to centre the mass.
  func pixels() -> [UInt8] {
    var depths = [Double](repeating: -Self.edgeWidth, count: Self.shape.pixelCount)
    for segment in segments { Self.draw(segment, into: &depths) }
    return Self.centered(depths.map(Self.shade))
  }

  /// Updates the depth of pixel centres within a segment's ink: the distance from the edge, negative outside.
  private static func draw(_ segment: InkSegment, into depths: inout [Double]) {
    let (start, end) = (segment.start, segment.end)
    let (stepX, stepY) = (end.x - start.x, end.y - start.y)
    let inverseSquare = 1 / max(stepX * stepX + stepY * stepY, 1e-12)
    let reach = max(segment.startRadius, segment.endRadius) + edgeWidth / 2
    let width = shape.width
    let columns = pixelRange(start.x, end.x, reach: reach, limit: width)
    let rows = pixelRange(start.y, end.y, reach: reach, limit: shape.height)
    let widening = segment.endRadius - segment.startRadius
    for row in rows {
      let offsetY = Double(row) + 0.5 - start.y
      for column in columns {
        let offsetX = Double(column) + 0.5 - start.x
        let fraction = min(max((offsetX * stepX + offsetY * stepY) * inverseSquare, 0), 1)
        let (awayX, awayY) = (offsetX - fraction * stepX, offsetY - fraction * stepY)
        let distance = (awayX * awayX + awayY * awayY).squareRoot()
        let depth = segment.startRadius + fraction * widening - distance
        let index = row * width + column
        if depth > depths[index] { depths[index] = depth }
      }
    }
  }

  /// The pixels whose centres lie within `reach` of the interval between two coordinates.
  private static func pixelRange(_ a: Double, _ b: Double, reach: Double, limit: Int) -> Range<Int> {
    let first = max(0, Int((min(a, b) - reach - 0.5).rounded(.up)))
    let last = min(limit - 1, Int((max(a, b) + reach - 0.5).rounded(.down)))
    return first..<max(first, last + 1)
  }

  /// The intensity of a pixel whose centre has the given depth.
  private static func shade(depth: Double) -> UInt8 {
    UInt8(255 * min(max(0.5 + depth / edgeWidth, 0), 1) + 0.5)
  }

  private static func centered(_ pixels: [UInt8]) -> [UInt8] {
    var (mass, momentX, momentY) = (0, 0, 0)
    for row in 0..<shape.height {
      for column in 0..<shape.width {
        let ink = Int(pixels[row * shape.width + column])
        mass += ink
        momentX += ink * column
        momentY += ink * row
      }
    }
    guard mass > 0 else { return pixels }
    let shiftX = Int((centerPixel - Double(momentX) / Double(mass)).rounded())
    let shiftY = Int((centerPixel - Double(momentY) / Double(mass)).rounded())
    return shifted(pixels, right: shiftX, down: shiftY)
  }

  private static func shifted(_ pixels: [UInt8], right: Int, down: Int) -> [UInt8] {
    var shifted = [UInt8](repeating: 0, count: shape.pixelCount)
    for row in max(0, down)..<min(shape.height, shape.height + down) {
      for column in max(0, right)..<min(shape.width, shape.width + right) {
        let source = (row - down) * shape.width + column - right
        shifted[row * shape.width + column] = pixels[source]
      }
    }
    return shifted
  }
}

/// The bounding box of segments of ink.
private struct InkBounds {
  private var low = Point(.infinity, .infinity)
  private var high = Point(-.infinity, -.infinity)

  /// Computes the bounds of `segments` with points times `scale` and radii times `radius`.
  init(of segments: [InkSegment], scale: Double, radius: Double) {
    for segment in segments {
      include(scale * segment.start, radius * segment.startRadius)
      include(scale * segment.end, radius * segment.endRadius)
    }
  }

  /// The longer side.
  var side: Double { max(high.x - low.x, high.y - low.y) }

  var middle: Point { 0.5 * (low + high) }

  private mutating func include(_ point: Point, _ radius: Double) {
    low = Point(min(low.x, point.x - radius), min(low.y, point.y - radius))
    high = Point(max(high.x, point.x + radius), max(high.y, point.y + radius))
  }
}
