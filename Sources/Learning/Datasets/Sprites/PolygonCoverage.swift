/// The fraction of each pixel that a polygon covers, exactly.
///
/// Each edge adds the signed area between it and the right side of its pixel row; sums from left to right are the
/// coverages.
struct PolygonCoverage {
  /// The columns that the polygon may reach.
  let columns: Range<Int>
  /// The rows that the polygon may reach.
  let rows: Range<Int>
  /// The differences of coverage between a pixel and its left neighbour; a row has a cell more than columns.
  private var differences: [Double]
  private let stride: Int

  /// Computes the coverage of a polygon without crossings, in pixels; pixel (column, row) covers the unit square
  /// from (column, row).
  init(of polygon: [Point]) {
    var (low, high) = (Point(.infinity, .infinity), Point(-.infinity, -.infinity))
    for point in polygon {
      low = Point(min(low.x, point.x), min(low.y, point.y))
      high = Point(max(high.x, point.x), max(high.y, point.y))
    }
    columns = Self.floor(low.x)..<Self.floor(high.x) + 1
    rows = Self.floor(low.y)..<Self.floor(high.y) + 1
    stride = columns.count + 1
    differences = [Double](repeating: 0, count: stride * rows.count)
    var start = polygon[polygon.count - 1]
    for end in polygon {
      addEdge(from: start, to: end)
      start = end
    }
  }

  /// Sets the pixels of an image, `width` in a row, to the coverage from 0 to 255. The polygon lies inside.
  func draw(into pixels: inout [UInt8], width: Int) {
    for row in rows {
      var coverage = 0.0
      let first = (row - rows.lowerBound) * stride - columns.lowerBound
      for column in columns {
        coverage += differences[first + column]
        pixels[row * width + column] = UInt8(255 * min(abs(coverage), 1) + 0.5)
      }
    }
  }

  private mutating func addEdge(from start: Point, to end: Point) {
    let isDown = start.y < end.y
    let (top, bottom) = isDown ? (start, end) : (end, start)
    let slope = (bottom.x - top.x) / (bottom.y - top.y)
    var (point, row) = (top, Self.floor(top.y))
    while point.y < bottom.y {
      let y = min(Double(row + 1), bottom.y)
      let next = Point(y == bottom.y ? bottom.x : top.x + slope * (y - top.y), y)
      let height = y - point.y
      addPiece(from: point.x, to: next.x, height: isDown ? height : -height, row: row)
      point = next
      row += 1
    }
  }

  /// Adds a piece of an edge within a row, column by column.
  private mutating func addPiece(from start: Double, to end: Double, height: Double, row: Int) {
    let (left, right) = (min(start, end), max(start, end))
    var column = Self.floor(left)
    let first = (row - rows.lowerBound) * stride - columns.lowerBound
    if right <= Double(column + 1) {
      add(height, at: (left + right) / 2 - Double(column), cell: first + column)
      return
    }
    let heightPerPixel = height / (right - left)
    var x = left
    while x < right {
      let next = min(Double(column + 1), right)
      add(heightPerPixel * (next - x), at: (x + next) / 2 - Double(column), cell: first + column)
      x = next
      column += 1
    }
  }

  /// Adds a piece of an edge whose middle is at `offset` from the left side of its pixel.
  private mutating func add(_ height: Double, at offset: Double, cell: Int) {
    differences[cell] += height * (1 - offset)
    differences[cell + 1] += height * offset
  }

  private static func floor(_ value: Double) -> Int { Int(value.rounded(.down)) }
}
