import Screen

/// How the losses are looked at; kept from run to run.
struct ChartControls: Equatable {
  var scale = AxisScale.logarithmic
  /// Whether the horizontal axis counts seconds instead of steps.
  var showsTime = false
  /// The weight of what was before in the average that is drawn; 0 draws the losses as they are.
  var smoothing = 0.0

  /// What `s` goes through.
  private static let smoothings = [0, 0.9, 0.98]

  mutating func switchSmoothing() {
    let index = Self.smoothings.firstIndex(of: smoothing) ?? 0
    smoothing = Self.smoothings[(index + 1) % Self.smoothings.count]
  }
}
