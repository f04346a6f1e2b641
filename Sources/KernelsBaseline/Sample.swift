import CKernels
import KernelTypes

/// Samples an image through an affine map, a vector of pixels at a time.
///
/// Coordinates are clamped to the border of zeros around the source, so that no tap needs a test.
func sample(_ arguments: SampleArguments) {
  let map = SourceMap(arguments)
  var index = 0
  while index < arguments.count {
    // The last vector reaches back, so that it ends with the image.
    let start = min(index, arguments.count &- lanes)
    let place = map.place(
      x: (arguments.x + start).vector(), y: (arguments.y + start).vector(), nearest: arguments.nearest)
    (arguments.out + start).store(unitNumbers(weigh(taps(arguments.source, place.offset), place)))
    index &+= lanes
  }
}

/// Where some pixels come from: the pixel left above, and how far right of it and below it.
private struct SourcePlace {
  let offset: IntegerVector
  let right, down: Vector
}

/// The map to coordinates that start at the border's first pixel.
private struct SourceMap {
  private let xx, xy, x0, yx, yy, y0, lastX, lastY: Vector
  private let rowLength: IntegerVector

  @inline(__always)
  init(_ arguments: SampleArguments) {
    (xx, xy) = (Vector(repeating: arguments.xx), Vector(repeating: arguments.xy))
    (yx, yy) = (Vector(repeating: arguments.yx), Vector(repeating: arguments.yy))
    let (width, height) = (Float(arguments.width), Float(arguments.height))
    x0 = Vector(repeating: arguments.x0 + (width - 1) / 2 + 1)
    y0 = Vector(repeating: arguments.y0 + (height - 1) / 2 + 1)
    lastX = Vector(repeating: width + 1)
    lastY = Vector(repeating: height + 1)
    rowLength = IntegerVector(repeating: Int32(truncatingIfNeeded: arguments.rowLength))
  }

  @inline(__always)
  func place(x: Vector, y: Vector, nearest: Bool) -> SourcePlace {
    var sourceX = clamp(multiplyAdd(xx, x, multiplyAdd(xy, y, x0)), lastX)
    var sourceY = clamp(multiplyAdd(yx, x, multiplyAdd(yy, y, y0)), lastY)
    if nearest { (sourceX, sourceY) = (nearestPixel(sourceX), nearestPixel(sourceY)) }
    let (column, row) = (truncated(sourceX), truncated(sourceY))
    return SourcePlace(
      offset: row &* rowLength &+ column, right: sourceX - converted(column), down: sourceY - converted(row))
  }
}

/// The nearest number from 0 to `last`; 0 for what is no number, which must not become an address.
@inline(__always)
private func clamp(_ x: Vector, _ last: Vector) -> Vector {
  let raised = Vector().replacing(with: x, where: x .> Vector())
  return last.replacing(with: raised, where: raised .< last)
}

/// The nearest pixel, of two equally near ones the even one, counted without the border.
///
/// Adding and subtracting 1.5 · 2²³ leaves no room for what follows the point.
@inline(__always)
private func nearestPixel(_ x: Vector) -> Vector {
  let (border, rounder) = (Vector(repeating: 1), Vector(repeating: 0x1.8p23))
  return (((x - border) + rounder) - rounder) + border
}

private typealias Taps = (Vector, Vector, Vector, Vector)

/// The mean of four pixels by how far to the right and down the place lies.
@inline(__always)
private func weigh(_ taps: Taps, _ place: SourcePlace) -> Vector {
  let above = multiplyAdd(place.right, taps.1 - taps.0, taps.0)
  let below = multiplyAdd(place.right, taps.3 - taps.2, taps.2)
  return multiplyAdd(place.down, below - above, above)
}

/// The four pixels around each place, 0…255: the pixel left above, right of it, below it, and right below.
@inline(__always)
private func taps(_ source: UnsafePointer<Int32>, _ offsets: IntegerVector) -> Taps {
  let packed = gather(source, offsets)
  let byte = IntegerVector(repeating: 255)
  return (
    converted(packed & byte), converted((packed &>> IntegerVector(repeating: 8)) & byte),
    converted((packed &>> IntegerVector(repeating: 16)) & byte),
    converted((packed &>> IntegerVector(repeating: 24)) & byte)
  )
}

/// Packs each pixel with its right, lower and lower right neighbour, sixteen pixels at a time.
func packNeighbours(_ arguments: NeighbourArguments) {
  for row in 0..<arguments.height &+ 2 {
    let bytes = arguments.bytes + row &* NeighbourArguments.byteRowLength
    let out = arguments.out + row &* NeighbourArguments.rowLength
    for start in stride(from: 0, to: NeighbourArguments.rowLength, by: 16) {
      ck_pack_neighbours16(bytes + start, bytes + start + NeighbourArguments.byteRowLength, out + start)
    }
  }
}
