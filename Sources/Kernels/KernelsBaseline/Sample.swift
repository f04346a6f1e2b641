import CKernels
import KernelInterface

/// Samples an image through an affine map, a vector of pixels at a time.
///
/// Coordinates are clamped to the border of zeros around the source, so that no tap needs a bounds check.
func sample(_ arguments: SampleArguments) {
  if arguments.geometry.rowLength == SampleGeometry.specialRowLength {
    sample(arguments, rowLength: SampleGeometry.specialRowLength)
  } else {
    sample(arguments, rowLength: arguments.geometry.rowLength)
  }
}

@inline(__always)
private func sample(_ arguments: SampleArguments, rowLength: Int) {
  let geometry = arguments.geometry
  let map = SourceMap(geometry, rowLength: rowLength)
  var index = 0
  while index < geometry.count {
    // The last vector overlaps the one before, so that it ends with the image.
    let start = min(index, geometry.count &- lanes)
    var place = map.place(x: (geometry.x + start).vector(), y: (geometry.y + start).vector())
    if arguments.nearest { place = map.nearest(place) }
    (arguments.out + start).store(unitNumbers(weigh(taps(arguments.source, place.offset), place)))
    index &+= lanes
  }
}

/// The bilinear interpolation of four pixels.
@inline(__always)
func weigh(_ taps: Taps, _ place: SourcePlace) -> Vector {
  let above = multiplyAdd(place.right, taps.1 - taps.0, taps.0)
  let below = multiplyAdd(place.right, taps.3 - taps.2, taps.2)
  return multiplyAdd(place.down, below - above, above)
}

/// The four pixels around each place, 0–255: upper left, upper right, lower left, lower right.
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
    let bytes = arguments.bytes + row &* arguments.byteRowLength
    let out = arguments.out + row &* arguments.rowLength
    var start = 0
    while start < arguments.rowLength {
      ck_pack_neighbours16(bytes + start, bytes + start + arguments.byteRowLength, out + start)
      start &+= 16
    }
  }
}
