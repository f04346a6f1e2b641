#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A typed latent coordinate: a latent variable with a geometric meaning, within a range.
///
/// It has three representations: *raw* (the output of the encoder's head), *code* (what losses and the
/// decoder use) and *value* (an angle in radians, pixels, or a factor).
///
/// The code of a rotation over the full circle is (cos θ, sin θ), its raw vector normalized to length 1; raw
/// (0, 0) has the code (0, 0) and the value 0. Other codes are one number, equal to the raw one: the value, or
/// a scale's logarithm, mapped linearly so that the range's ends are −1 and 1.
public struct Coordinate: Sendable, Hashable {
  /// The transform that the coordinate describes.
  public let meaning: Meaning
  /// The range of values, in the unit shown.
  public let range: ClosedRange<Double>
  /// Tells whether the range is the full circle, the ends of which are the same.
  public let isCyclic: Bool
  /// Tells whether the code is linear in the value's logarithm; all values are above 0.
  public let isLogarithmic: Bool
  /// The pose component that the value determines.
  let component: Pose.Change.Component
  /// The change of the value, or of its logarithm, for a change of a code of one element by 1.
  let codeUnit: Double

  /// Creates a coordinate; without a range, over the full circle.
  init(_ meaning: Meaning, range: ClosedRange<Double>? = nil) {
    let descriptor = meaning.descriptor
    self.meaning = meaning
    self.range = range ?? -180...180
    isCyclic = range == nil
    isLogarithmic = descriptor.isLogarithmic
    component = descriptor.component
    let (low, high) = (self.range.lowerBound, self.range.upperBound)
    codeUnit = isLogarithmic ? log(high / low) / 2 : descriptor.unit.value(ofShown: high)
  }

  /// The number of elements of the code.
  public var codeWidth: Int { isCyclic ? 2 : 1 }

  /// The value of the identity transform.
  public var neutralValue: Double { isLogarithmic ? 1 : 0 }

  /// The code of `value`: `codeWidth` elements, then zeros.
  public func code(of value: Double) -> SIMD2<Float> {
    if isCyclic { return [Float(cos(value)), Float(sin(value))] }
    guard isLogarithmic else { return [Float(value / codeUnit), 0] }
    let (low, high) = (range.lowerBound, range.upperBound)
    return [Float((2 * log(value) - log(low * high)) / log(high / low)), 0]
  }

  /// The value of `code`.
  public func value(of code: some RandomAccessCollection<Float>) -> Double {
    let first = Double(code[code.startIndex])
    guard isCyclic else { return value(ofUnit: first) }
    return atan2(Double(code[code.index(after: code.startIndex)]), first)
  }

  /// The value at `fraction` (0–1) of the range that training samples uniformly: of the value, or of a scale's
  /// logarithm.
  public func value(atFraction fraction: Double) -> Double {
    isCyclic ? fraction * 2 * .pi : value(ofUnit: 2 * fraction - 1)
  }

  /// The value at `fraction` (0–1) between two values: angles over the full circle along the shorter arc,
  /// scales geometrically.
  public func value(from start: Double, to end: Double, fraction: Double) -> Double {
    if isCyclic {
      return start + fraction * Angle(radians: end).difference(from: Angle(radians: start)).radians
    }
    return isLogarithmic
      ? exp(log(start) + fraction * (log(end) - log(start))) : start + fraction * (end - start)
  }

  /// The value of a code with one element.
  private func value(ofUnit unit: Double) -> Double {
    guard isLogarithmic else { return unit * codeUnit }
    let (low, high) = (range.lowerBound, range.upperBound)
    return exp((unit * log(high / low) + log(low * high)) / 2)
  }

  /// The absolute error of an encoded value that is not an angle; of a scale, that of its logarithm.
  public func error(of value: Double, truth: Double) -> Double {
    isLogarithmic ? abs(log(max(value, 1e-6) / truth)) : abs(value - truth)
  }
}
