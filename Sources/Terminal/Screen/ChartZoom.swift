/// The visible part of a chart and the position of its cursor, in steps.
///
///     zoom.zoomIn(within: chart.allSteps)
///     chart.visible = zoom.visible
///     chart.cursor = zoom.cursor
///
/// The limits grow during training; a chart that shows all steps continues to do so.
public struct ChartZoom: Hashable, Sendable {
  /// The smallest number of visible steps.
  public static let narrowest = 8.0

  /// The visible steps; nil for all.
  public private(set) var visible: ClosedRange<Double>?
  /// The step of the cursor; nil for none.
  public private(set) var cursor: Double?

  /// Creates a zoom that shows everything, without a cursor.
  public init() {}

  /// Removes the cursor.
  public mutating func removeCursor() { cursor = nil }

  /// Shows everything and removes the cursor.
  public mutating func reset() {
    self = ChartZoom()
  }

  /// Halves the visible steps around the cursor, or else the middle.
  public mutating func zoomIn(within limits: ClosedRange<Double>) {
    scale(by: 0.5, within: limits)
  }

  /// Doubles the visible steps around the cursor, or else the middle, as far as the limits allow.
  public mutating func zoomOut(within limits: ClosedRange<Double>) {
    scale(by: 2, within: limits)
  }

  /// Moves the cursor to the nearest step within the limits, panning if necessary; nil removes it.
  public mutating func moveCursor(to step: Double?, within limits: ClosedRange<Double>) {
    guard let step else {
      cursor = nil
      return
    }
    guard Self.areUsable(limits), step.isFinite else { return }
    let place = min(max(step.rounded(), limits.lowerBound), limits.upperBound)
    cursor = place
    guard let visible, !visible.contains(place) else { return }
    let width = visible.upperBound - visible.lowerBound
    show(
      from: place < visible.lowerBound ? place : place - width, width: width, within: limits)
  }

  /// Moves the cursor by a number of steps, at least one. Without a cursor, places it at the right end of the
  /// visible steps, or at the left end for positive `steps`.
  public mutating func moveCursor(by steps: Double, within limits: ClosedRange<Double>) {
    guard steps.isFinite, steps != 0 else { return }
    if let cursor {
      let distance = max(steps.magnitude, 1)
      moveCursor(to: cursor + (steps < 0 ? -distance : distance), within: limits)
    } else {
      let shown = visible ?? limits
      moveCursor(to: steps < 0 ? shown.upperBound : shown.lowerBound, within: limits)
    }
  }

  private mutating func scale(by factor: Double, within limits: ClosedRange<Double>) {
    guard Self.areUsable(limits) else { return }
    let shown = visible ?? limits
    let width = shown.upperBound - shown.lowerBound
    let target = max(width * factor, Self.narrowest)
    let middle = shown.lowerBound + width / 2
    let fixed = cursor.flatMap { shown.contains($0) ? $0 : nil } ?? middle
    let fraction = width > 0 ? (fixed - shown.lowerBound) / width : 0.5
    show(from: fixed - fraction * target, width: target, within: limits)
  }

  /// Shows `width` steps from a first one, moved into the limits; all where they are fewer.
  private mutating func show(from first: Double, width: Double, within limits: ClosedRange<Double>) {
    guard width < limits.upperBound - limits.lowerBound else {
      visible = nil
      return
    }
    let start = max(limits.lowerBound, min(first, limits.upperBound - width))
    visible = start...start + width
  }

  private static func areUsable(_ limits: ClosedRange<Double>) -> Bool {
    limits.lowerBound.isFinite && limits.upperBound.isFinite
  }
}
