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

  /// Sorts `values`, which stand at `first`, `first + 1`, …, into `count` columns of an axis.
  init(_ values: [Float], first: Int, axis: ChartAxis, count: Int, scale: AxisScale) {
    bins = Array(repeating: Bin(), count: count)
    for (offset, value) in values.enumerated() {
      guard let column = axis.column(of: Double(first + offset), count: count) else { continue }
      let value = Double(value)
      guard ChartAxis.hasPlace(value, scale) else {
        bins[column].misplaced += 1
        continue
      }
      bins[column].count += 1
      bins[column].sum += value
      bins[column].minimum = min(bins[column].minimum, value)
      bins[column].maximum = max(bins[column].maximum, value)
    }
    let filled = bins.filter { $0.count > 0 }
    if let low = filled.map(\.mean).min(), let high = filled.map(\.mean).max() { means = low...high }
    if let low = filled.map(\.minimum).min(), let high = filled.map(\.maximum).max() { extremes = low...high }
  }
}
