/// An angle; positive ones turn counter-clockwise on the screen.
public struct Angle: Sendable, Hashable {
  /// The angle in radians, as given: not reduced to one turn.
  public var radians: Double

  /// The angle of `radians`.
  public init(radians: Double) {
    self.radians = radians
  }

  /// The angle of `degrees`.
  public init(degrees: Double) {
    radians = degrees * .pi / 180
  }

  /// The angle in degrees, as given.
  public var degrees: Double { radians * 180 / .pi }

  /// The same direction in [0°, 360°).
  public var wrapped: Angle {
    let reduced = radians.truncatingRemainder(dividingBy: 2 * .pi)
    let positive = reduced < 0 ? reduced + 2 * .pi : reduced
    return Angle(radians: positive >= 2 * .pi ? 0 : positive)
  }

  /// The shortest way from `other` to this direction, in (−180°, 180°].
  public func difference(from other: Angle) -> Angle {
    let turn = Angle(radians: radians - other.radians).wrapped.radians
    return Angle(radians: turn > .pi ? turn - 2 * .pi : turn)
  }
}
