import Testing

@testable import Coordinates

@Suite struct AngleTests {
  @Test func degreesAndRadians() {
    #expect(Angle(degrees: 180).radians == .pi)
    #expect(abs(Angle(radians: .pi / 4).degrees - 45) < 1e-12)
    #expect(abs(Angle(degrees: -730).degrees + 730) < 1e-10)
  }

  @Test(arguments: [(0.0, 0.0), (370, 10), (-10, 350), (-370, 350), (725, 5), (359, 359)])
  func wrappedKeepsTheDirection(degrees: Double, expected: Double) {
    #expect(abs(Angle(degrees: degrees).wrapped.degrees - expected) < 1e-9)
  }

  @Test func wrappedStaysBelowOneTurn() {
    // The sum of a full turn and a number too small to change it is the full turn.
    #expect(Angle(radians: -1e-30).wrapped.radians == 0)
    #expect(Angle(radians: 2 * .pi).wrapped.radians == 0)
  }

  @Test(arguments: [
    (10.0, 350.0, 20.0), (350, 10, -20), (180, 0, 180), (0, 180, 180), (90, 90, 0), (200, 10, -170),
    (730, 0, 10),
  ])
  func differenceIsTheShorterArc(angle: Double, other: Double, expected: Double) {
    let difference = Angle(degrees: angle).difference(from: Angle(degrees: other))
    #expect(abs(difference.degrees - expected) < 1e-9)
  }
}

/// Values between two others.
@Suite struct CoordinateWayTests {
  @Test func anglesAreInterpolatedAlongTheShorterArc() {
    let start = Angle(degrees: 170).radians
    let end = Angle(degrees: -170).radians
    let middle = Angle(radians: Coordinate.rotation.value(from: start, to: end, fraction: 0.5))
    #expect(abs(middle.wrapped.degrees - 180) < 1e-9)
    let back = Angle(radians: Coordinate.rotation.value(from: end, to: start, fraction: 0.25))
    #expect(abs(back.wrapped.degrees - 185) < 1e-9)
    let limited = Coordinate.limitedRotation(degrees: 45)
    #expect(abs(limited.value(from: -0.4, to: 0.4, fraction: 0.75) - 0.2) < 1e-12)
  }

  @Test func scalesAreInterpolatedGeometricallyAndShiftsLinearly() {
    #expect(abs(Coordinate.scale(from: 0.5, to: 2).value(from: 0.5, to: 2, fraction: 0.5) - 1) < 1e-12)
    #expect(Coordinate.shiftX(pixels: 6).value(from: -2, to: 4, fraction: 0.5) == 1)
  }
}
