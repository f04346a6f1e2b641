/// A labelled value of an axis.
package struct ChartTick: Equatable {
  package let value: Double
  package let label: String
}

extension ChartAxis {
  /// Ticks at round values, about `count` at most.
  package func valueTicks(count: Int) -> [ChartTick] {
    guard count > 0 else { return [] }
    if scale == .logarithmic {
      let ticks = logarithmicTicks(count: count)
      if ticks.count >= 2 { return ticks }
    }
    let step = Self.roundStep(atLeast: (upper - lower) / Double(count))
    let decimals = max(0, -NumberText.decimalExponent(step))
    return multiples(of: step).map { value in
      let isShort = decimals <= 5 && value.magnitude < 1e5
      let text = isShort ? NumberText.fixed(value, decimals: decimals) : NumberText.significant(value)
      return ChartTick(value: value, label: text)
    }
  }

  /// Ticks at round integers, about `count` at most, for an axis of steps.
  package func stepTicks(count: Int) -> [ChartTick] {
    guard count > 0 else { return [] }
    let step = max(1, Self.roundStep(atLeast: (upper - lower) / Double(count)))
    let isExact = Self.compactKeeps(multiplesOf: step, upTo: max(lower.magnitude, upper.magnitude))
    return multiples(of: step).map { value in
      ChartTick(
        value: value, label: isExact ? NumberText.compact(value) : NumberText.fixed(value, decimals: 0))
    }
  }

  /// Tells whether the compact text of numbers up to a limit distinguishes the multiples of a step.
  private static func compactKeeps(multiplesOf step: Double, upTo limit: Double) -> Bool {
    switch limit {
    case ..<1e3: true
    case ..<1e5: step >= 10
    case ..<1e6: step >= 100
    case ..<1e9: step >= 10_000
    default: step >= 1e7
    }
  }

  /// Powers of ten, with multiples of two and five where there is room.
  private func logarithmicTicks(count: Int) -> [ChartTick] {
    let first = NumberText.decimalExponent(lower)
    let last = NumberText.decimalExponent(upper)
    for multipliers in [[1.0, 2, 5], [1.0, 3], [1.0]] {
      let values = (first...last).flatMap { exponent in
        multipliers.map { $0 * NumberText.powerOfTen(exponent) }
      }
      let inside = values.filter { lower <= $0 && $0 <= upper }
      if inside.count <= count { return inside.map(Self.tick) }
    }
    let stride = (last - first) / count + 1
    let exponents = (first...last).filter { $0 % stride == 0 }
    return exponents.map { NumberText.powerOfTen($0) }.filter { lower <= $0 && $0 <= upper }.map(Self.tick)
  }

  private static func tick(_ value: Double) -> ChartTick {
    let isPlain = (1e-4..<1e5).contains(value)
    let exponent = NumberText.decimalExponent(value * 1.0000001)
    let text =
      isPlain
      ? NumberText.fixed(value, decimals: max(0, -exponent))
      : NumberText.fixed(value / NumberText.powerOfTen(exponent), decimals: 0) + "e\(exponent)"
    return ChartTick(value: value, label: text)
  }

  /// The multiples of a step on the axis, in ascending order.
  func multiples(of step: Double) -> [Double] {
    let first = (lower / step).rounded(.up)
    let count = (upper / step).rounded(.down) - first
    // A step below the precision of the values gives no ticks.
    guard first.magnitude < 1e9, (0..<1000).contains(count) else { return [] }
    return (0...Int(count)).map { (first + Double($0)) * step }
  }

  /// The smallest of 1, 2, 5 times a power of ten that is not below a length.
  static func roundStep(atLeast length: Double) -> Double {
    guard length > 0, length.isFinite else { return 1 }
    let power = NumberText.powerOfTen(NumberText.decimalExponent(length))
    for factor in [1.0, 2, 5, 10] where power * factor >= length * 0.999999 {
      return power * factor
    }
    return power * 10
  }
}
