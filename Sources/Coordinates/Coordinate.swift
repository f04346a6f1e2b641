#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A typed latent coordinate: one whose value has a meaning that the image shows.
///
/// A coordinate has a *raw* part (what the encoder's head computes), a *code* (what loss and decoder see)
/// and a *value* (what a person sees and moves).
public enum Coordinate: Sendable, Hashable {
  /// The angle by which the image is turned, over the full circle.
  ///
  /// Raw: two numbers; code: the same scaled to length 1, (cos θ, sin θ); value: θ in radians. At raw
  /// (0, 0) there is no angle: the code is then (0, 0) and its value reads as 0.
  case rotation
  /// The angle by which the image is turned, up to so many degrees either way.
  ///
  /// Raw and code: θ ÷ the limit; value: θ in radians.
  case limitedRotation(degrees: Double)
  /// How far the image is shifted to the right, up to so many pixels either way.
  ///
  /// Raw and code: the shift ÷ the limit; value: pixels.
  case shiftX(pixels: Double)
  /// How far the image is shifted down, like `shiftX`.
  case shiftY(pixels: Double)
  /// The factor by which the image is enlarged about its centre, within a range.
  ///
  /// Raw and code: the factor's logarithm, moved and stretched so that the range's ends are at −1 and 1;
  /// value: the factor.
  case scale(from: Double, to: Double)

  /// What coordinates can mean; in a schema each means something else.
  public enum Meaning: String, Sendable, CaseIterable {
    /// The image is turned.
    case rotation
    /// The image is shifted sideways.
    case shiftX = "shift-x"
    /// The image is shifted up or down.
    case shiftY = "shift-y"
    /// The image is enlarged or made smaller.
    case scale
  }

  /// What the coordinate means.
  public var meaning: Meaning {
    switch self {
    case .rotation, .limitedRotation: .rotation
    case .shiftX: .shiftX
    case .shiftY: .shiftY
    case .scale: .scale
    }
  }

  /// How many numbers the code has.
  public var codeWidth: Int { self == .rotation ? 2 : 1 }

  /// The value at which the image is left as it is, in the coordinate's unit.
  public var neutralValue: Double { meaning == .scale ? 1 : 0 }

  /// The code of `value`: as many numbers as `codeWidth` says, and zeros after them.
  public func code(of value: Double) -> SIMD2<Float> {
    switch self {
    case .rotation: [Float(cos(value)), Float(sin(value))]
    case .limitedRotation(let degrees): [Float(value / Angle(degrees: degrees).radians), 0]
    case .shiftX(let pixels), .shiftY(let pixels): [Float(value / pixels), 0]
    case .scale(let low, let high): [Float((2 * log(value) - log(low * high)) / log(high / low)), 0]
    }
  }

  /// The value that `code` stands for.
  public func value(of code: some RandomAccessCollection<Float>) -> Double {
    let first = Double(code[code.startIndex])
    guard self == .rotation else { return value(ofUnit: first) }
    return atan2(Double(code[code.index(after: code.startIndex)]), first)
  }

  /// The value at `share` of the way through the range that training draws from: 0 is its start, 1 its end.
  ///
  /// Equal shares of an angle, a shift, or a scale's logarithm are equally likely.
  public func value(atFraction fraction: Double) -> Double {
    self == .rotation ? fraction * 2 * .pi : value(ofUnit: 2 * fraction - 1)
  }

  /// The value at `share` of the way from one value to another: an angle goes along the shorter arc, a scale
  /// by equal factors.
  public func value(from start: Double, to end: Double, fraction: Double) -> Double {
    switch self {
    case .rotation:
      start + fraction * Angle(radians: end).difference(from: Angle(radians: start)).radians
    case .scale: exp(log(start) + fraction * (log(end) - log(start)))
    case .limitedRotation, .shiftX, .shiftY: start + fraction * (end - start)
    }
  }

  /// The value of a code of one number.
  private func value(ofUnit unit: Double) -> Double {
    switch self {
    case .rotation: unit * .pi
    case .limitedRotation(let degrees): unit * Angle(degrees: degrees).radians
    case .shiftX(let pixels), .shiftY(let pixels): unit * pixels
    case .scale(let low, let high): exp((unit * log(high / low) + log(low * high)) / 2)
    }
  }

  /// The true transform of an image for `value`.
  public func map(of value: Double) -> AffineMap {
    switch self {
    case .rotation, .limitedRotation: .turn(by: Angle(radians: value))
    case .shiftX: .shift(x: value, y: 0)
    case .shiftY: .shift(x: 0, y: value)
    case .scale: .scale(by: value)
    }
  }
}
