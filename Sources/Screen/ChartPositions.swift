/// What a chart's horizontal axis counts.
public enum ChartUnit: Sendable, Hashable, CaseIterable {
  /// Training steps.
  case steps
  /// Seconds of training; gives way to steps where the seconds are not known.
  case seconds
}

/// Where steps stand on the horizontal axis: at their own numbers, or at their seconds.
struct ChartPositions {
  let firstStep: Int
  /// The seconds of each step from the first, finite and never decreasing; nil where steps stand at their own
  /// numbers.
  let seconds: [Double]?

  /// Where a step stands; on an axis of seconds those outside of the known stand at its ends, and parts of a
  /// step between its neighbours.
  func place(of step: Double) -> Double {
    guard let seconds, !seconds.isEmpty, step.isFinite else { return step }
    let offset = min(max(step - Double(firstStep), 0), Double(seconds.count - 1))
    let index = Int(offset)
    guard index + 1 < seconds.count else { return seconds[index] }
    return seconds[index] + (offset - Double(index)) * (seconds[index + 1] - seconds[index])
  }

  /// The step at a place, the inverse of `place(of:)`.
  func step(at place: Double) -> Double {
    guard let seconds, !seconds.isEmpty else { return place }
    let index = ChartBins.firstIndex(in: 0..<seconds.count) { seconds[$0] >= place }
    guard index > 0 else { return Double(firstStep) }
    guard index < seconds.count else { return Double(firstStep + seconds.count - 1) }
    let part = (place - seconds[index - 1]) / (seconds[index] - seconds[index - 1])
    return Double(firstStep + index - 1) + part
  }

  /// Whether seconds can serve as places: one for each of `count` losses, finite, and never decreasing.
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
