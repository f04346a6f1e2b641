/// A long series reduced to one summary a column: nothing is skipped, so no spike is lost by chance.
struct ChartBins {
  /// What fell into one column.
  struct Bin {
    var count = 0
    var sum = 0.0
    var minimum = Double.infinity
    var maximum = -Double.infinity
    /// How many values have no place on the axis: not finite, or at most 0 on a logarithmic one.
    var misplaced = 0

    var mean: Double { sum / Double(count) }
  }

  private(set) var bins: [Bin]
  /// The lowest and highest mean of a column.
  private(set) var means: ClosedRange<Double>?
  /// The lowest and highest value.
  private(set) var extremes: ClosedRange<Double>?

  /// Sorts the values at `indices` into `count` columns.
  ///
  /// - Parameter column: The column of the value at an index, which never decreases with the index; so a
  ///   column's values are found by halving, at a cost that the values' number hardly matters for.
  init(
    _ values: [Float], at indices: Range<Int>, count: Int, scale: AxisScale, column: (Int) -> Int?
  ) {
    bins = Array(repeating: Bin(), count: count)
    var start = indices.lowerBound
    while start < indices.upperBound, let current = column(start) {
      let end = Self.firstIndex(in: start + 1..<indices.upperBound) { column($0) != current }
      bins[current] = Self.summary(values[start..<end], scale)
      start = end
    }
    let filled = bins.filter { $0.count > 0 }
    if let low = filled.map(\.mean).min(), let high = filled.map(\.mean).max() { means = low...high }
    if let low = filled.map(\.minimum).min(), let high = filled.map(\.maximum).max() { extremes = low...high }
  }

  /// The first index that a condition holds for, which holds for all after it too; the end where there is none.
  static func firstIndex(in indices: Range<Int>, where isBeyond: (Int) -> Bool) -> Int {
    var low = indices.lowerBound
    var high = indices.upperBound
    while low < high {
      let middle = low + (high - low) / 2
      if isBeyond(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private static func summary(_ values: ArraySlice<Float>, _ scale: AxisScale) -> Bin {
    var bin = Bin()
    for value in values {
      let value = Double(value)
      guard ChartAxis.hasPlace(value, scale) else {
        bin.misplaced += 1
        continue
      }
      bin.count += 1
      bin.sum += value
      bin.minimum = min(bin.minimum, value)
      bin.maximum = max(bin.maximum, value)
    }
    return bin
  }
}
