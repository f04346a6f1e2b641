extension Tile {
  /// Adds `depth` terms to each sum.
  @inline(__always)
  mutating func accumulate(
    depth: Int, left: UnsafePointer<Float>, leftRow: Int, leftStep: Int, right: UnsafePointer<Float>,
    rightStep: Int
  ) {
    var left = left
    var right = right
    for _ in 0..<depth {
      var loaded = InlineArray<vectors, Vector>(repeating: Vector())
      for v in 0..<vectors { loaded[v] = (right + v &* lanes).vector() }
      for r in 0..<rows {
        let factor = Vector(repeating: left[r &* leftRow])
        for v in 0..<vectors { sums[r][v] = multiplyAdd(factor, loaded[v], sums[r][v]) }
      }
      left += leftStep
      right += rightStep
    }
  }

  /// Adds the terms of the listed steps `from`..<`to` to each sum; the omitted terms are 0.
  @inline(__always)
  mutating func accumulate(
    steps: UnsafePointer<Int32>, from: Int, to: Int, left: UnsafePointer<Float>, leftRow: Int, leftStep: Int,
    right: UnsafePointer<Float>, rightStep: Int, cursors: PrefetchCursors? = nil
  ) {
    var cursors = cursors
    for index in from..<to {
      cursors?.prefetchNext()
      let step = Int(steps[index])
      let left = left + step &* leftStep
      let right = right + step &* rightStep
      var loaded = InlineArray<vectors, Vector>(repeating: Vector())
      for v in 0..<vectors { loaded[v] = (right + v &* lanes).vector() }
      for r in 0..<rows {
        let factor = Vector(repeating: left[r &* leftRow])
        for v in 0..<vectors { sums[r][v] = multiplyAdd(factor, loaded[v], sums[r][v]) }
      }
    }
  }
}
