#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The scale of a chart's axis.
public enum AxisScale: Sendable, Hashable {
  /// Linear.
  case linear
  /// Logarithmic; values at or below 0 have no position.
  case logarithmic
}

/// An axis between two values, safe for every range of numbers.
package struct ChartAxis {
  package let scale: AxisScale
  package let lower: Double
  package let upper: Double

  /// Creates an axis that shows values from `minimum` to `maximum` with a margin.
  ///
  /// - Parameters:
  ///   - minimum: finite, and above 0 on a logarithmic axis.
  ///   - maximum: finite, not below `minimum`.
  package init(around minimum: Double, _ maximum: Double, _ scale: AxisScale) {
    self.scale = scale
    // Larger values and differences are no meaningful losses, and could overflow or underflow.
    let limit = 1e150
    let smallest = 1 / limit
    let low = min(max(minimum, scale == .linear ? -limit : smallest), limit)
    let high = min(max(maximum, low), limit)
    switch scale {
    case .linear:
      let constantMargin = low.magnitude > smallest ? low.magnitude * 0.1 : 1
      let margin = high - low > smallest ? (high - low) * 0.04 : constantMargin
      lower = low - margin
      upper = high + margin
    case .logarithmic:
      let factor = high > low * 1.02 ? 1.06 : 1.5
      lower = low / factor
      upper = high * factor
    }
  }

  /// Creates an axis with exact ends; an empty one gets the length 1.
  package init(from lower: Double, to upper: Double) {
    scale = .linear
    self.lower = lower
    self.upper = upper > lower ? upper : lower + 1
  }

  /// Tells whether a value has a position on an axis of this scale.
  static func hasPlace(_ value: Double, _ scale: AxisScale) -> Bool {
    value.isFinite && (scale == .linear || value > 0)
  }

  /// The position of a value from 0 (lower end) to 1 (upper end), clamped; nil where it has none.
  package func fraction(of value: Double) -> Double? {
    guard Self.hasPlace(value, scale) else { return nil }
    let fraction = (place(value) - place(lower)) / (place(upper) - place(lower))
    return fraction.isFinite ? min(max(fraction, 0), 1) : nil
  }

  /// The row of a value; row 0 is the upper end and `count - 1` the lower end.
  func row(of value: Double, count: Int) -> Int? {
    guard count > 0, let fraction = fraction(of: value) else { return nil }
    return Int(((1 - fraction) * Double(count - 1)).rounded())
  }

  /// The column of a value; column 0 is the lower end.
  func column(of value: Double, count: Int) -> Int? {
    guard count > 0, let fraction = fraction(of: value) else { return nil }
    return Int((fraction * Double(count - 1)).rounded())
  }

  /// The value in the middle of a column of a linear axis, the inverse of `column(of:count:)`.
  func value(ofColumn column: Int, count: Int) -> Double {
    lower + Double(column) / Double(max(1, count - 1)) * (upper - lower)
  }

  private func place(_ value: Double) -> Double {
    scale == .linear ? value : log10(value)
  }
}
