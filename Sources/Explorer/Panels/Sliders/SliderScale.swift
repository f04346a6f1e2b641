import Coordinates
import Screen
import Training

/// Range, step, unit and label of one slider.
struct SliderScale: Equatable {
  var label: String
  /// The ends of the bar, in the unit shown.
  var range: ClosedRange<Double>
  /// The neutral position, in the unit shown.
  var origin = 0.0
  /// One press of an arrow key, in the unit shown.
  var step: Double
  /// Tells whether both ends are the same position.
  var isCyclic: Bool
  /// Tells whether values are limited to the range; a free latent may exceed it.
  var isBounded = true
  var unit: String
  var decimals: Int
  /// The factor from the value to the unit shown.
  var factor: Double

  /// Creates the scale of a typed coordinate.
  init(_ coordinate: Coordinate) {
    let descriptor = coordinate.meaning.descriptor
    self.init(
      label: descriptor.symbol, range: coordinate.range, step: descriptor.sliderStep,
      isCyclic: coordinate.isCyclic, unit: descriptor.unit.suffix, decimals: descriptor.sliderDecimals,
      factor: descriptor.unit.factor)
    origin = coordinate.neutralValue
  }

  /// Creates the scale of free latent `index`, counted from 0; the range without statistics is −3 to 3.
  init(latent index: Int, statistics: LatentStatistics?) {
    let deviation = statistics?.deviation ?? 1
    let step = deviation.isFinite && deviation > 1e-9 ? deviation / 10 : 0.1
    var range = -3.0...3.0
    if let statistics, statistics.high > statistics.low { range = statistics.low...statistics.high }
    self.init(
      label: "z\(index + 1)", range: range, step: step, isCyclic: false, unit: "", decimals: 2, factor: 1)
    isBounded = false
  }

  private init(
    label: String, range: ClosedRange<Double>, step: Double, isCyclic: Bool, unit: String, decimals: Int,
    factor: Double
  ) {
    self.label = label
    self.range = range
    self.step = step
    self.isCyclic = isCyclic
    self.unit = unit
    self.decimals = decimals
    self.factor = factor
  }

  /// `value` moved by some steps.
  func moved(_ value: Double, by steps: Double) -> Double {
    let shown = value * factor + steps * step
    guard isCyclic else {
      return (isBounded ? min(max(shown, range.lowerBound), range.upperBound) : shown) / factor
    }
    let length = range.upperBound - range.lowerBound
    // Rounding makes steps exact: 5° forward and back returns to the start.
    let rounded = (shown * 1e6).rounded() / 1e6
    let turned = (rounded - range.lowerBound).truncatingRemainder(dividingBy: length)
    return (range.lowerBound + (turned < 0 ? turned + length : turned)) / factor
  }

  /// The value nearest to `number` in the unit shown.
  func value(ofShown number: Double) -> Double { moved(number / factor, by: 0) }

  /// `value` in the unit shown, inside the range if that is cyclic.
  func shown(_ value: Double) -> Double {
    isCyclic ? moved(value, by: 0) * factor : value * factor
  }

  func text(_ value: Double) -> String { text(value, decimals: decimals) }

  func text(_ value: Double, decimals: Int) -> String {
    func written(_ number: Double) -> String { NumberText.fixed(number, decimals: decimals) + unit }
    let text = written(shown(value))
    // Both ends of a cyclic range have the same name.
    return isCyclic && text == written(range.lowerBound) ? written(range.upperBound) : text
  }
}
