import KernelTypes

/// Lists the steps of each tile at which one of its rows is not zero.
func findSteps(_ arguments: StepSearchArguments) {
  let tileRows = arguments.lists.tileRows
  for tile in arguments.tileStart..<arguments.tileEnd {
    let firstRow = tile &* tileRows
    let rows = min(tileRows, arguments.rows &- firstRow)
    let list = arguments.lists.base + tile &* arguments.lists.stride
    var value = arguments.left + firstRow &* arguments.leftRow
    var count = 0
    for step in 0..<arguments.depth {
      // Magnitudes add up to 0 only where all are 0; NaN counts as a value.
      var sum: Float = 0
      for row in 0..<rows { sum += value[row &* arguments.leftRow].magnitude }
      list[1 &+ count] = Int32(truncatingIfNeeded: step)
      count &+= sum == 0 ? 0 : 1
      value += arguments.leftStep
    }
    list[0] = Int32(truncatingIfNeeded: count)
  }
}
