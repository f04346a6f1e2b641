import Screen

/// Settings of the loss chart, kept between runs.
struct ChartControls: Equatable {
  var scale = AxisScale.logarithmic
  /// Tells whether the horizontal axis shows seconds instead of steps.
  var showsTime = false
  /// The weight of the previous value in the exponential moving average, in [0, 1); 0 draws the raw losses.
  var smoothing = 0.0

  /// The values that `s` cycles through.
  private static let smoothings = [0, 0.9, 0.98]

  mutating func switchSmoothing() {
    let index = Self.smoothings.firstIndex(of: smoothing) ?? 0
    smoothing = Self.smoothings[(index + 1) % Self.smoothings.count]
  }
}
