#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A typed latent coordinate: a latent variable with a geometric meaning.
///
/// It has three representations: *raw* (the output of the encoder's head), *code* (what losses and the
/// decoder use) and *value* (in the unit shown to the user).
public enum Coordinate: Sendable, Hashable {
  /// The rotation of the image, over the full circle.
  ///
  /// Raw: two numbers; code: the raw vector normalized to length 1, (cos θ, sin θ); value: θ in radians. Raw
  /// (0, 0) has the code (0, 0) and the value 0.
  case rotation
  /// The rotation of the image, up to `degrees` in either direction.
  ///
  /// Raw and code: θ ÷ limit; value: θ in radians.
  case limitedRotation(degrees: Double)
  /// The shift to the right, up to `pixels` in either direction.
  ///
  /// Raw and code: shift ÷ limit; value: pixels.
  case shiftX(pixels: Double)
  /// The shift down, otherwise as `shiftX`.
  case shiftY(pixels: Double)
  /// The enlargement about the image's centre, within a range.
  ///
  /// Raw and code: the factor's logarithm, mapped linearly so that the range's ends are −1 and 1; value: the
  /// factor.
  case scale(from: Double, to: Double)

  /// The transform that a coordinate describes; each occurs at most once in a schema.
  public enum Meaning: String, Sendable, CaseIterable {
    /// Rotation.
    case rotation
    /// Horizontal shift.
    case shiftX = "shift-x"
    /// Vertical shift.
    case shiftY = "shift-y"
    /// Enlargement.
    case scale
  }

  /// The transform that the coordinate describes.
  public var meaning: Meaning {
    switch self {
    case .rotation, .limitedRotation: .rotation
    case .shiftX: .shiftX
    case .shiftY: .shiftY
    case .scale: .scale
    }
  }

  /// The number of elements of the code.
  public var codeWidth: Int { self == .rotation ? 2 : 1 }

  /// The value of the identity transform, in the coordinate's unit.
  public var neutralValue: Double { meaning == .scale ? 1 : 0 }

  /// The code of `value`: `codeWidth` elements, then zeros.
  public func code(of value: Double) -> SIMD2<Float> {
    switch self {
    case .rotation: [Float(cos(value)), Float(sin(value))]
    case .limitedRotation(let degrees): [Float(value / Angle(degrees: degrees).radians), 0]
    case .shiftX(let pixels), .shiftY(let pixels): [Float(value / pixels), 0]
    case .scale(let low, let high): [Float((2 * log(value) - log(low * high)) / log(high / low)), 0]
    }
  }

  /// The value of `code`.
  public func value(of code: some RandomAccessCollection<Float>) -> Double {
    let first = Double(code[code.startIndex])
    guard self == .rotation else { return value(ofUnit: first) }
    return atan2(Double(code[code.index(after: code.startIndex)]), first)
  }

  /// The value at `fraction` (0–1) of the range that training samples uniformly: of the angle, of the shift,
  /// or of the scale's logarithm.
  public func value(atFraction fraction: Double) -> Double {
    self == .rotation ? fraction * 2 * .pi : value(ofUnit: 2 * fraction - 1)
  }

  /// The value at `fraction` (0–1) between two values: angles along the shorter arc, scales geometrically.
  public func value(from start: Double, to end: Double, fraction: Double) -> Double {
    switch self {
    case .rotation:
      start + fraction * Angle(radians: end).difference(from: Angle(radians: start)).radians
    case .scale: exp(log(start) + fraction * (log(end) - log(start)))
    case .limitedRotation, .shiftX, .shiftY: start + fraction * (end - start)
    }
  }

  /// The value of a code with one element.
  private func value(ofUnit unit: Double) -> Double {
    switch self {
    case .rotation: unit * .pi
    case .limitedRotation(let degrees): unit * Angle(degrees: degrees).radians
    case .shiftX(let pixels), .shiftY(let pixels): unit * pixels
    case .scale(let low, let high): exp((unit * log(high / low) + log(low * high)) / 2)
    }
  }

  /// The transform of an image for `value`.
  public func map(of value: Double) -> AffineMap {
    switch self {
    case .rotation, .limitedRotation: .turn(by: Angle(radians: value))
    case .shiftX: .shift(x: value, y: 0)
    case .shiftY: .shift(x: 0, y: value)
    case .scale: .scale(by: value)
    }
  }
}
