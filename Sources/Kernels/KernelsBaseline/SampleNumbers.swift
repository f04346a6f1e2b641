import KernelInterface

/// Samples an image of floats through an affine map, a vector of pixels at a time.
func sampleNumbers(_ arguments: NumberSampleArguments, into out: UnsafeMutablePointer<Float>) {
  if arguments.geometry.rowLength == SampleGeometry.specialRowLength {
    sampleNumbers(arguments, into: out, rowLength: SampleGeometry.specialRowLength)
  } else {
    sampleNumbers(arguments, into: out, rowLength: arguments.geometry.rowLength)
  }
}

@inline(__always)
private func sampleNumbers(
  _ arguments: NumberSampleArguments, into out: UnsafeMutablePointer<Float>, rowLength: Int
) {
  let geometry = arguments.geometry
  let map = SourceMap(geometry, rowLength: rowLength)
  var index = 0
  while index < geometry.count {
    // The last vector overlaps the one before, so that it ends with the image.
    let start = min(index, geometry.count &- lanes)
    let place = map.place(x: (geometry.x + start).vector(), y: (geometry.y + start).vector())
    (out + start).store(weigh(taps(arguments.source, place.offset, rowLength), place))
    index &+= lanes
  }
}

/// Computes the gradients of the source and of the map from that of the samples.
///
/// The derivative of bilinear sampling along x is (1 − down) · (upper right − upper left) + down · (lower
/// right − lower left); along y likewise. The source's gradient is added to `sourceGradient`; the map's is
/// stored in `mapGradient`: xx, xy, x0, yx, yy, y0.
func sampleNumbersBackward(
  _ arguments: NumberSampleArguments, gradient: UnsafePointer<Float>,
  sourceGradient: UnsafeMutablePointer<Float>, mapGradient: UnsafeMutablePointer<Float>
) {
  if arguments.geometry.rowLength == SampleGeometry.specialRowLength {
    sampleNumbersBackward(
      arguments, gradient: gradient, sourceGradient: sourceGradient, mapGradient: mapGradient,
      rowLength: SampleGeometry.specialRowLength)
  } else {
    sampleNumbersBackward(
      arguments, gradient: gradient, sourceGradient: sourceGradient, mapGradient: mapGradient,
      rowLength: arguments.geometry.rowLength)
  }
}

@inline(__always)
private func sampleNumbersBackward(
  _ arguments: NumberSampleArguments, gradient: UnsafePointer<Float>,
  sourceGradient: UnsafeMutablePointer<Float>, mapGradient: UnsafeMutablePointer<Float>, rowLength: Int
) {
  let geometry = arguments.geometry
  let map = SourceMap(geometry, rowLength: rowLength)
  let one = Vector(repeating: 1)
  var (xx, xy, x0, yx, yy, y0) = (Vector(), Vector(), Vector(), Vector(), Vector(), Vector())
  var index = 0
  while index < geometry.count {
    // The last vector overlaps the one before, whose pixels count once.
    let start = min(index, geometry.count &- lanes)
    let gradient = (gradient + start).vector().droppingFirst(index &- start)
    let (x, y) = ((geometry.x + start).vector(), (geometry.y + start).vector())
    let place = map.place(x: x, y: y)
    let taps = taps(arguments.source, place.offset, rowLength)
    let (left, above) = (one - place.right, one - place.down)
    // A place clamped to the border's start has no derivative.
    let alongX = (gradient * multiplyAdd(above, taps.1 - taps.0, place.down * (taps.3 - taps.2)))
      .replacing(with: 0, where: place.x .<= 0)
    let alongY = (gradient * multiplyAdd(left, taps.2 - taps.0, place.right * (taps.3 - taps.1)))
      .replacing(with: 0, where: place.y .<= 0)
    (xx, xy, x0) = (multiplyAdd(alongX, x, xx), multiplyAdd(alongX, y, xy), x0 + alongX)
    (yx, yy, y0) = (multiplyAdd(alongY, x, yx), multiplyAdd(alongY, y, yy), y0 + alongY)
    let (upper, lower) = (gradient * above, gradient * place.down)
    scatter(
      (upper * left, upper * place.right, lower * left, lower * place.right), at: place.offset,
      into: sourceGradient, rowLength)
    index &+= lanes
  }
  mapGradient[0] = orderedSum(xx)
  mapGradient[1] = orderedSum(xy)
  mapGradient[2] = orderedSum(x0)
  mapGradient[3] = orderedSum(yx)
  mapGradient[4] = orderedSum(yy)
  mapGradient[5] = orderedSum(y0)
}

@inline(__always)
private func taps(_ source: UnsafePointer<Float>, _ offsets: IntegerVector, _ rowLength: Int) -> Taps {
  (
    numbers(source, offsets), numbers(source + 1, offsets), numbers(source + rowLength, offsets),
    numbers(source + (rowLength &+ 1), offsets)
  )
}

/// The values at `offsets`.
@inline(__always)
private func numbers(_ source: UnsafePointer<Float>, _ offsets: IntegerVector) -> Vector {
  let bits = UnsafeRawPointer(source).assumingMemoryBound(to: Int32.self)
  return unsafeBitCast(gather(bits, offsets), to: Vector.self)
}
