import CKernels
import KernelInterface

/// The number of values of the right matrix that fit into a core's cache with the left matrix's rows: 128 columns for
/// MNIST's images, 24 for those of 64 × 64 pixels.
private let valuesAtOnce = 100_352

/// Computes the masked product A·Bᵀ, four rows and a few columns at a time.
func maskedTransposedProduct(_ arguments: MaskedTransposedProductArguments) {
  for row in arguments.rowStart..<arguments.rowEnd {
    (arguments.out + row &* arguments.outRow).update(repeating: 0, count: arguments.columns)
  }
  let columnsAtOnce = max(DotTile.width, valuesAtOnce / max(arguments.depth, 1))
  var first = 0
  while first < arguments.columns {
    let end = min(first &+ columnsAtOnce, arguments.columns)
    var row = arguments.rowStart
    while row < arguments.rowEnd {
      FourRows(arguments, from: row).compute(columns: first..<end)
      row &+= StepLists.tile
    }
    first = end
  }
}

/// Up to four rows of a product; missing ones repeat the last.
private struct FourRows {
  let arguments: MaskedTransposedProductArguments
  let row: Int
  let count: Int

  @inline(__always)
  init(_ arguments: MaskedTransposedProductArguments, from row: Int) {
    self.arguments = arguments
    self.row = row
    count = min(StepLists.tile, arguments.rowEnd &- row)
  }

  func compute(columns: Range<Int>) {
    var list = ActiveColumns(arguments.active, tile: row / StepLists.tile, in: columns)
    while let tile = list.next() {
      let dots = tile.dots(
        left: arguments.left + row &* arguments.leftRow, leftRow: arguments.leftRow, rows: count,
        right: arguments.right, columns: arguments.columns, depth: arguments.depth)
      for index in 0..<tile.count { store(dots[index], column: Int(tile.columns[index])) }
    }
  }

  @inline(__always)
  private func store(_ values: SIMD4<Float>, column: Int) {
    for index in 0..<count {
      let place = (row &+ index) &* arguments.outRow &+ column
      if arguments.mask[place] > 0 { arguments.out[place] = values[index] }
    }
  }
}

/// The listed columns of a range, a tile at a time.
private struct ActiveColumns {
  private let list: UnsafePointer<Int32>?
  private let end: Int
  private var position: Int

  @inline(__always)
  init(_ lists: StepLists?, tile: Int, in columns: Range<Int>) {
    guard let lists else {
      list = nil
      (position, end) = (columns.lowerBound, columns.upperBound)
      return
    }
    let start = UnsafePointer(lists.base + tile &* lists.stride)
    let values = start + 1
    let count = Int(start[0])
    func place(of column: Int) -> Int {
      var (low, high) = (0, count)
      while low < high {
        let middle = (low &+ high) / 2
        if Int(values[middle]) < column { low = middle &+ 1 } else { high = middle }
      }
      return low
    }
    list = values
    (position, end) = (place(of: columns.lowerBound), place(of: columns.upperBound))
  }

  /// Returns the next columns; an incomplete tile repeats its last column.
  @inline(__always)
  mutating func next() -> DotTile? {
    guard position < end else { return nil }
    let count = min(DotTile.width, end &- position)
    var tile = DotTile(count: count)
    for index in 0..<DotTile.width {
      let place = position &+ min(index, count &- 1)
      tile.columns[index] = list.map { $0[place] } ?? Int32(truncatingIfNeeded: place)
    }
    position &+= count
    return tile
  }
}

/// A few columns of a product, of which four rows are computed at once.
struct ColumnDots<let width: Int> {
  var columns = InlineArray<width, Int32>(repeating: 0)
  let count: Int

  @inline(__always)
  init(count: Int) {
    self.count = count
  }

  /// The dot products of four rows with each of the columns.
  @inline(__always)
  func dots(
    left: UnsafePointer<Float>, leftRow: Int, rows: Int, right: UnsafePointer<Float>, columns total: Int,
    depth: Int
  ) -> InlineArray<width, SIMD4<Float>> {
    let (row1, row2, row3) = (min(1, rows &- 1), min(2, rows &- 1), min(3, rows &- 1))
    let (left1, left2, left3) = (left + row1 &* leftRow, left + row2 &* leftRow, left + row3 &* leftRow)
    var sums0 = InlineArray<width, Vector>(repeating: Vector())
    var sums1 = sums0
    var sums2 = sums0
    var sums3 = sums0
    var start = 0
    while start < depth {
      let panelWidth = min(ColumnBlocks.width, depth &- start)
      let panel = right + start &* total
      var step = 0
      while step < panelWidth {
        for index in 0..<width {
          let values = (panel + (Int(columns[index]) &* panelWidth &+ step)).vector()
          sums0[index] = multiplyAdd(values, (left + (start &+ step)).vector(), sums0[index])
          sums1[index] = multiplyAdd(values, (left1 + (start &+ step)).vector(), sums1[index])
          sums2[index] = multiplyAdd(values, (left2 + (start &+ step)).vector(), sums2[index])
          sums3[index] = multiplyAdd(values, (left3 + (start &+ step)).vector(), sums3[index])
        }
        step &+= lanes
      }
      start &+= panelWidth
    }
    var dots = InlineArray<width, SIMD4<Float>>(repeating: SIMD4())
    for index in 0..<width { dots[index] = sums(sums0[index], sums1[index], sums2[index], sums3[index]) }
    return dots
  }
}
