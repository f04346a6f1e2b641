/// A long series summarised for each column of a chart. No value is skipped, so that spikes stay visible.
struct ChartBins {
  /// The summary of one column.
  struct Bin {
    var count = 0
    var sum = 0.0
    var minimum = Double.infinity
    var maximum = -Double.infinity
    /// The number of values without a position on the axis: not finite, or at most 0 on a logarithmic one.
    var misplaced = 0

    var mean: Double { sum / Double(count) }
  }

  private(set) var bins: [Bin]
  /// The lowest and highest mean of a column.
  private(set) var means: ClosedRange<Double>?
  /// The lowest and highest value.
  private(set) var extremes: ClosedRange<Double>?

  /// Assigns the values at `indices` to `count` columns.
  ///
  /// - Parameter column: the column of the value at an index, nondecreasing; columns are found by binary
  ///   search.
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

  /// The first index that satisfies a monotonic condition; the end where there is none.
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
