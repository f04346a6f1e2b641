import CKernels
import KernelInterface

/// Lists, for each tile of rows, the columns that are nonzero in one of its rows, sixteen at a time.
func listColumns(_ arguments: ListArguments) {
  for tile in arguments.tileStart..<arguments.tileEnd {
    let firstRow = tile &* StepLists.tile
    let rows = min(StepLists.tile, arguments.rows &- firstRow)
    let values = arguments.matrix + firstRow &* arguments.stride
    let list = arguments.lists.base + tile &* arguments.lists.stride
    var count = 0
    var column = 0
    while column < arguments.columns {
      var bits: UInt16 = 0
      for row in 0..<rows { bits |= ck_nonzero_bits16(values + (row &* arguments.stride &+ column)) }
      // Padding is NaN where the row is; the list has no room for padding columns.
      bits &= UInt16(truncatingIfNeeded: (1 &<< min(16, arguments.columns &- column)) &- 1)
      while bits != 0 {
        count &+= 1
        list[count] = Int32(truncatingIfNeeded: column &+ bits.trailingZeroBitCount)
        bits &= bits &- 1
      }
      column &+= 16
    }
    list[0] = Int32(truncatingIfNeeded: count)
  }
}

/// Lists, for each tile of four columns, the rows that are nonzero in one of them.
func listRows(_ arguments: ListArguments) {
  for tile in arguments.tileStart..<arguments.tileEnd {
    let list = arguments.lists.base + tile &* arguments.lists.stride
    var values = arguments.matrix + tile &* StepLists.tile
    var count = 0
    for row in 0..<arguments.rows {
      // Stored always and kept if it counts: a branch would be mispredicted too often.
      list[1 &+ count] = Int32(truncatingIfNeeded: row)
      count &+= ck_any_nonzero4(values) ? 1 : 0
      values += arguments.stride
    }
    list[0] = Int32(truncatingIfNeeded: count)
  }
}
