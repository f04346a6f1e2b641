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

  /// Stores one column's values where the mask is above 0; elsewhere `out` holds 0 and keeps it. Without a branch for each
  /// value, which would be mispredicted too often.
  @inline(__always)
  private func store(_ values: SIMD4<Float>, column: Int) {
    let place = row &* arguments.outRow &+ column
    let (out, mask) = (arguments.out + place, arguments.mask + place)
    guard count == StepLists.tile else {
      for index in 0..<count where mask[index &* arguments.outRow] > 0 {
        out[index &* arguments.outRow] = values[index]
      }
      return
    }
    var masks = SIMD4<Float>()
    for index in 0..<StepLists.tile { masks[index] = mask[index &* arguments.outRow] }
    let masked = SIMD4<Float>().replacing(with: values, where: masks .> SIMD4())
    for index in 0..<StepLists.tile { out[index &* arguments.outRow] = masked[index] }
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
    var sums = DotSums<width>(left: left, leftRow: leftRow, rows: rows)
    var panel = right
    var start = 0
    // All panels but the last have the same width, so that their offsets are computed once.
    let offsets = offsets(panelWidth: ColumnBlocks.width)
    while start &+ ColumnBlocks.width <= depth {
      for step in 0..<ColumnBlocks.width / lanes {
        sums.add(panel + step &* lanes, offsets, at: start &+ step &* lanes)
      }
      panel += ColumnBlocks.width &* total
      start &+= ColumnBlocks.width
    }
    let rest = self.offsets(panelWidth: depth &- start)
    while start < depth {
      sums.add(panel, rest, at: start)
      panel += lanes
      start &+= lanes
    }
    return sums.totals
  }

  /// The offset of each column's values in a panel.
  @inline(__always)
  private func offsets(panelWidth: Int) -> InlineArray<width, Int> {
    var offsets = InlineArray<width, Int>(repeating: 0)
    for index in 0..<width { offsets[index] = Int(columns[index]) &* panelWidth }
    return offsets
  }
}

/// The partial sums of the dot products of four rows with a few columns.
private struct DotSums<let width: Int> {
  private let left0, left1, left2, left3: UnsafePointer<Float>
  private var sums0, sums1, sums2, sums3: InlineArray<width, Vector>

  /// Initializes the sums with 0; missing rows repeat the last.
  @inline(__always)
  init(left: UnsafePointer<Float>, leftRow: Int, rows: Int) {
    left0 = left
    left1 = left + min(1, rows &- 1) &* leftRow
    left2 = left + min(2, rows &- 1) &* leftRow
    left3 = left + min(3, rows &- 1) &* leftRow
    let zeros = InlineArray<width, Vector>(repeating: Vector())
    (sums0, sums1, sums2, sums3) = (zeros, zeros, zeros, zeros)
  }

  /// Adds the terms of one vector of the depth.
  @inline(__always)
  mutating func add(_ panel: UnsafePointer<Float>, _ offsets: InlineArray<width, Int>, at step: Int) {
    let (row0, row1) = ((left0 + step).vector(), (left1 + step).vector())
    let (row2, row3) = ((left2 + step).vector(), (left3 + step).vector())
    for index in 0..<width {
      let values = (panel + offsets[index]).vector()
      sums0[index] = multiplyAdd(values, row0, sums0[index])
      sums1[index] = multiplyAdd(values, row1, sums1[index])
      sums2[index] = multiplyAdd(values, row2, sums2[index])
      sums3[index] = multiplyAdd(values, row3, sums3[index])
    }
  }

  /// The complete sums.
  @inline(__always)
  var totals: InlineArray<width, SIMD4<Float>> {
    var totals = InlineArray<width, SIMD4<Float>>(repeating: SIMD4())
    for index in 0..<width { totals[index] = sums(sums0[index], sums1[index], sums2[index], sums3[index]) }
    return totals
  }
}
