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

  /// The name in a schema's text form.
  public var name: String {
    switch self {
    case .rotation: "rotation"
    }
  }

  /// How many numbers the code has.
  public var codeWidth: Int {
    switch self {
    case .rotation: 2
    }
  }

  /// The value at which the image is left as it is, in the coordinate's unit.
  public var neutralValue: Double {
    switch self {
    case .rotation: 0
    }
  }

  /// The code of `value`: as many numbers as `codeWidth` says, and zeros after them.
  public func code(of value: Double) -> SIMD2<Float> {
    switch self {
    case .rotation: [Float(cos(value)), Float(sin(value))]
    }
  }

  /// The value that `code` stands for.
  public func value(of code: some RandomAccessCollection<Float>) -> Double {
    switch self {
    case .rotation: atan2(Double(code[code.index(after: code.startIndex)]), Double(code[code.startIndex]))
    }
  }

  /// The true transform of an image for `value`.
  public func map(of value: Double) -> AffineMap {
    switch self {
    case .rotation: .turn(by: Angle(radians: value))
    }
  }
}
