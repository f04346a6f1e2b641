/// The unit of a chart's horizontal axis.
public enum ChartUnit: Sendable, Hashable, CaseIterable {
  /// Training steps.
  case steps
  /// Seconds of training; replaced by steps where they are unknown.
  case seconds
}

/// The positions of steps on the horizontal axis: step numbers or seconds.
struct ChartPositions {
  let firstStep: Int
  /// The seconds of each step from the first, finite and nondecreasing; nil where positions are step numbers.
  let seconds: [Double]?

  /// The position of a step. On an axis of seconds, unknown steps are at the ends, fractional ones are
  /// interpolated.
  func place(of step: Double) -> Double {
    guard let seconds, !seconds.isEmpty, step.isFinite else { return step }
    let offset = min(max(step - Double(firstStep), 0), Double(seconds.count - 1))
    let index = Int(offset)
    guard index + 1 < seconds.count else { return seconds[index] }
    return seconds[index] + (offset - Double(index)) * (seconds[index + 1] - seconds[index])
  }

  /// The step at a position, the inverse of `place(of:)`.
  func step(at place: Double) -> Double {
    guard let seconds, !seconds.isEmpty else { return place }
    let index = ChartBins.firstIndex(in: 0..<seconds.count) { seconds[$0] >= place }
    guard index > 0 else { return Double(firstStep) }
    guard index < seconds.count else { return Double(firstStep + seconds.count - 1) }
    let part = (place - seconds[index - 1]) / (seconds[index] - seconds[index - 1])
    return Double(firstStep + index - 1) + part
  }

  /// Tells whether seconds can be positions: one for each of `count` losses, finite and nondecreasing.
  static func areUsable(_ seconds: [Double], count: Int) -> Bool {
    guard seconds.count == count, let first = seconds.first, first.isFinite else { return false }
    var previous = first
    for second in seconds {
      guard second >= previous, second.isFinite else { return false }
      previous = second
    }
    return true
  }
}
