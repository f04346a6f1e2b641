import KernelTypes

/// Samples an image through an affine map.
///
/// Coordinates are clamped to the border of zeros around the source, so that no tap needs a test.
func sample(_ arguments: SampleArguments) {
  let centerX = Float(arguments.width - 1) / 2
  let centerY = Float(arguments.height - 1) / 2
  let limitX = Float(arguments.width)
  let limitY = Float(arguments.height)
  for row in 0..<arguments.height {
    let y = Float(row) - centerY
    let startX = arguments.xy * y + arguments.x0 + centerX
    let startY = arguments.yy * y + arguments.y0 + centerY
    let out = arguments.out + row &* arguments.width
    for column in 0..<arguments.width {
      let x = Float(column) - centerX
      let sourceX = max(-1, min(limitX, arguments.xx * x + startX))
      let sourceY = max(-1, min(limitY, arguments.yx * x + startY))
      out[column] =
        arguments.nearest
        ? nearestTap(arguments, x: sourceX, y: sourceY) : bilinearTap(arguments, x: sourceX, y: sourceY)
    }
  }
}

@inline(__always)
private func nearestTap(_ arguments: SampleArguments, x: Float, y: Float) -> Float {
  // Adding and subtracting 1.5 · 2²³ rounds to a whole number, halves to even.
  let rounder: Float = 0x1.8p23
  let column = Int32((x + rounder) - rounder)
  let row = Int32((y + rounder) - rounder)
  return arguments.source[Int(row) &* arguments.sourceRow &+ Int(column)]
}

@inline(__always)
private func bilinearTap(_ arguments: SampleArguments, x: Float, y: Float) -> Float {
  // One is added before truncation, as it rounds towards zero, and taken off afterwards.
  let column = Int32(x + 1) &- 1
  let row = Int32(y + 1) &- 1
  let right = x - Float(column)
  let down = y - Float(row)
  let tap = arguments.source + (Int(row) &* arguments.sourceRow &+ Int(column))
  let above = tap[0] + right * (tap[1] - tap[0])
  let below = tap[arguments.sourceRow] + right * (tap[arguments.sourceRow &+ 1] - tap[arguments.sourceRow])
  return above + down * (below - above)
}
