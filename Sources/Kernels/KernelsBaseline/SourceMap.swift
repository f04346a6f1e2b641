import KernelInterface

/// Source coordinates of some pixels, relative to the border's first pixel.
struct SourcePlace {
  let x, y: Vector
  /// The index of the upper left pixel, relative to the border's first.
  let offset: IntegerVector
  /// The fractional offsets to the right and down.
  let right, down: Vector

  @inline(__always)
  fileprivate init(x: Vector, y: Vector, rowLength: IntegerVector) {
    let (column, row) = (truncated(x), truncated(y))
    (self.x, self.y) = (x, y)
    offset = row &* rowLength &+ column
    (right, down) = (x - converted(column), y - converted(row))
  }
}

/// The map from output coordinates to places in the source.
///
/// Places are clamped to the border of zeros, so that no tap needs a bounds check.
struct SourceMap {
  private let xx, xy, x0, yx, yy, y0, lastX, lastY: Vector
  private let rowLength: IntegerVector

  /// Creates the map; a constant `rowLength` makes its use faster.
  @inline(__always)
  init(_ geometry: SampleGeometry, rowLength: Int) {
    self.rowLength = IntegerVector(repeating: Int32(truncatingIfNeeded: rowLength))
    (xx, xy) = (Vector(repeating: geometry.xx), Vector(repeating: geometry.xy))
    (yx, yy) = (Vector(repeating: geometry.yx), Vector(repeating: geometry.yy))
    let (width, height) = (Float(geometry.width), Float(geometry.height))
    x0 = Vector(repeating: geometry.x0 + (width - 1) / 2 + 1)
    y0 = Vector(repeating: geometry.y0 + (height - 1) / 2 + 1)
    lastX = Vector(repeating: width + 1)
    lastY = Vector(repeating: height + 1)
  }

  @inline(__always)
  func place(x: Vector, y: Vector) -> SourcePlace {
    SourcePlace(
      x: clamp(multiplyAdd(xx, x, multiplyAdd(xy, y, x0)), lastX),
      y: clamp(multiplyAdd(yx, x, multiplyAdd(yy, y, y0)), lastY), rowLength: rowLength)
  }

  /// The pixels nearest to `place`.
  @inline(__always)
  func nearest(_ place: SourcePlace) -> SourcePlace {
    SourcePlace(x: nearestPixel(place.x), y: nearestPixel(place.y), rowLength: rowLength)
  }
}

/// The four pixels around some places: upper left, upper right, lower left, lower right.
typealias Taps = (Vector, Vector, Vector, Vector)

/// Clamps to 0…`last`; NaN becomes 0, as it must not become an address.
@inline(__always)
private func clamp(_ x: Vector, _ last: Vector) -> Vector {
  let raised = Vector().replacing(with: x, where: x .> Vector())
  return last.replacing(with: raised, where: raised .< last)
}

/// The nearest pixel (ties to even), counted without the border.
///
/// Adding and subtracting 1.5 · 2²³ rounds to an integer.
@inline(__always)
private func nearestPixel(_ x: Vector) -> Vector {
  let (border, rounder) = (Vector(repeating: 1), Vector(repeating: 0x1.8p23))
  return (((x - border) + rounder) - rounder) + border
}
