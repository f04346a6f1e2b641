import KernelTypes

/// Samples an image through an affine map.
///
/// Only the part of each row that the map takes into the source's inked box is sampled; the rest is zero.
/// Coordinates are clamped to the border of zeros around the source, so that no tap needs a test.
func sample(_ arguments: SampleArguments) {
  for row in 0..<arguments.height {
    let y = Float(row) - Float(arguments.height - 1) / 2
    let line = SourceLine(
      startX: arguments.xy * y + arguments.x0 + Float(arguments.width - 1) / 2,
      startY: arguments.yy * y + arguments.y0 + Float(arguments.height - 1) / 2)
    let columns = inkedColumns(arguments, line)
    let out = arguments.out + row &* arguments.width
    for column in 0..<columns.lowerBound { out[column] = 0 }
    if arguments.nearest {
      for column in columns { out[column] = nearest(arguments, line, column: column) }
    } else {
      bilinear(arguments, line, columns, to: out)
    }
    for column in columns.upperBound..<arguments.width { out[column] = 0 }
  }
}

/// Where the pixels of one output row come from: these coordinates at the row's centre.
private struct SourceLine {
  var startX: Float
  var startY: Float
}

/// The columns of a row whose taps may touch ink, with a pixel to spare for rounding.
private func inkedColumns(_ arguments: SampleArguments, _ line: SourceLine) -> Range<Int> {
  var low = -Float(arguments.width)
  var high = Float(arguments.width)
  clip(&low, &high, slope: arguments.xx, start: line.startX, from: arguments.inkLeft, to: arguments.inkRight)
  clip(&low, &high, slope: arguments.yx, start: line.startY, from: arguments.inkTop, to: arguments.inkBottom)
  guard low <= high else { return 0..<0 }
  let center = Float(arguments.width - 1) / 2
  let width = Float(arguments.width)
  let first = Int(max(0, min(width, (low + center).rounded(.down) - 1)))
  let end = Int(max(0, min(width, (high + center).rounded(.up) + 2)))
  return min(first, end)..<end
}

/// Narrows low…high to where from − 1 ≤ slope · x + start ≤ to + 1.
@inline(__always)
private func clip(
  _ low: inout Float, _ high: inout Float, slope: Float, start: Float, from: Int, to: Int
) {
  let (bottom, top) = (Float(from) - 1 - start, Float(to) + 1 - start)
  guard slope.magnitude > 1e-6 else {
    // The coordinate hardly changes along the row: it is inside all along, or nowhere.
    if bottom > 1 || top < -1 { high = -.infinity }
    return
  }
  let (one, other) = (bottom / slope, top / slope)
  low = max(low, min(one, other))
  high = min(high, max(one, other))
}

@inline(__always)
private func nearest(_ arguments: SampleArguments, _ line: SourceLine, column: Int) -> Float {
  let x = Float(column) - Float(arguments.width - 1) / 2
  let sourceX = clamp(arguments.xx * x + line.startX, -1, Float(arguments.width))
  let sourceY = clamp(arguments.yx * x + line.startY, -1, Float(arguments.height))
  // Adding and subtracting 1.5 · 2²³ rounds to a whole number, halves to even.
  let rounder: Float = 0x1.8p23
  let sourceColumn = Int32((sourceX + rounder) - rounder)
  let sourceRow = Int32((sourceY + rounder) - rounder)
  return arguments.source[Int(sourceRow) &* arguments.sourceRow &+ Int(sourceColumn)]
}

/// Weighs four pixels for each column of a range, a vector of columns at a time.
@inline(__always)
private func bilinear(
  _ arguments: SampleArguments, _ line: SourceLine, _ columns: Range<Int>, to out: UnsafeMutablePointer<Float>
) {
  let rowLength = IntegerVector(repeating: Int32(truncatingIfNeeded: arguments.sourceRow))
  let lowest = Vector(repeating: -1)
  let limitX = Vector(repeating: Float(arguments.width))
  let limitY = Vector(repeating: Float(arguments.height))
  var column = columns.lowerBound
  while column < columns.upperBound {
    // The last vector of a row reaches back, so that it ends with the row.
    let start = min(column, max(0, arguments.width &- lanes))
    let x = laneNumbers + (Float(start) - Float(arguments.width - 1) / 2)
    let sourceX = clamp(multiplyAdd(Vector(repeating: arguments.xx), x, line.startX), lowest, limitX)
    let sourceY = clamp(multiplyAdd(Vector(repeating: arguments.yx), x, line.startY), lowest, limitY)
    let (left, wholeX) = floored(sourceX)
    let (top, wholeY) = floored(sourceY)
    let taps = gather(arguments.source, wholeY &* rowLength &+ wholeX, below: arguments.sourceRow)
    let right = sourceX - left
    let above = multiplyAdd(right, taps.1 - taps.0, taps.0)
    let below = multiplyAdd(right, taps.3 - taps.2, taps.2)
    (out + start).store(multiplyAdd(sourceY - top, below - above, above))
    column = start &+ lanes
  }
}

private let laneNumbers: Vector = {
  var numbers = Vector()
  for lane in 0..<lanes { numbers[lane] = Float(lane) }
  return numbers
}()

@inline(__always)
private func multiplyAdd(_ a: Vector, _ b: Vector, _ c: Float) -> Vector {
  multiplyAdd(a, b, Vector(repeating: c))
}

/// The nearest number from `low` to `high`; `low` for what is no number, which must not become an address.
@inline(__always)
private func clamp(_ x: Vector, _ low: Vector, _ high: Vector) -> Vector {
  let raised = low.replacing(with: x, where: x .>= low)
  return high.replacing(with: raised, where: raised .<= high)
}

@inline(__always)
private func clamp(_ x: Float, _ low: Float, _ high: Float) -> Float {
  guard x >= low else { return low }
  return x <= high ? x : high
}

/// The largest whole numbers not above `x`, as numbers and as integers, for small x.
@inline(__always)
private func floored(_ x: Vector) -> (Vector, IntegerVector) {
  let rounder = Vector(repeating: 0x1.8p23)
  let nearest = (x + rounder) - rounder
  let floor = nearest.replacing(with: nearest - Vector(repeating: 1), where: nearest .> x)
  let bits = unsafeBitCast(floor + rounder, to: IntegerVector.self)
  return (floor, bits &- unsafeBitCast(rounder, to: IntegerVector.self))
}

/// The four pixels around each place: at the offset, right of it, and those of the row below.
@inline(__always)
private func gather(
  _ source: UnsafePointer<Float>, _ offsets: IntegerVector, below rowLength: Int
) -> (Vector, Vector, Vector, Vector) {
  var taps = (Vector(), Vector(), Vector(), Vector())
  for lane in 0..<lanes {
    let tap = source + Int(offsets[lane])
    taps.0[lane] = tap[0]
    taps.1[lane] = tap[1]
    taps.2[lane] = tap[rowLength]
    taps.3[lane] = tap[rowLength &+ 1]
  }
  return taps
}
