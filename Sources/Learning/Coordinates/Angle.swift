/// An angle, positive counter-clockwise on the screen.
public struct Angle: Sendable, Hashable {
  /// The angle in radians, not reduced to one turn.
  public var radians: Double

  /// Creates an angle of `radians`.
  public init(radians: Double) {
    self.radians = radians
  }

  /// Creates an angle of `degrees`.
  public init(degrees: Double) {
    radians = degrees * .pi / 180
  }

  /// The angle in degrees, not reduced to one turn.
  public var degrees: Double { radians * 180 / .pi }

  /// The same direction in [0°, 360°).
  public var wrapped: Angle {
    let reduced = radians.truncatingRemainder(dividingBy: 2 * .pi)
    let positive = reduced < 0 ? reduced + 2 * .pi : reduced
    return Angle(radians: positive >= 2 * .pi ? 0 : positive)
  }

  /// The signed difference to `other`, in (−180°, 180°].
  public func difference(from other: Angle) -> Angle {
    let turn = Angle(radians: radians - other.radians).wrapped.radians
    return Angle(radians: turn > .pi ? turn - 2 * .pi : turn)
  }
}
