import Foundation
import Testing

@testable import Coordinates

@Suite struct AffineMapTests {
  private func entries(_ map: AffineMap) -> [Float] { [map.xx, map.xy, map.x0, map.yx, map.yy, map.y0] }

  private func source(_ map: AffineMap, _ x: Float, _ y: Float) -> [Float] {
    [map.xx * x + map.xy * y + map.x0, map.yx * x + map.yy * y + map.y0]
  }

  @Test(arguments: [-8, -3, -2, -1, 0, 1, 2, 3, 4, 5, 400])
  func quarterTurnsAreExact(quarters: Int) {
    let expected: [[Float]] = [
      [1, 0, 0, 0, 1, 0], [0, -1, 0, 1, 0, 0], [-1, 0, 0, 0, -1, 0], [0, 1, 0, -1, 0, 0],
    ]
    let map = AffineMap.turn(by: Angle(degrees: 90 * Double(quarters)))
    #expect(entries(map) == expected[(quarters % 4 + 4) % 4])
  }

  /// With y down, what lies at the right of the centre comes to lie above it.
  @Test func positiveAnglesTurnCounterClockwise() {
    #expect(source(.turn(by: Angle(degrees: 90)), 0, -5) == [5, 0])
    // At 30°, the point above the right end of the horizontal is the source's point (10, 0).
    let (x, y) = (Float(10 * cos(Double.pi / 6)), Float(-10 * sin(Double.pi / 6)))
    let point = source(.turn(by: Angle(degrees: 30)), x, y)
    #expect(abs(point[0] - 10) < 1e-5)
    #expect(abs(point[1]) < 1e-5)
  }

  @Test func rotationsAreAdditive() {
    for (first, second) in [(20.0, 30.0), (-75, 200), (90, 13), (180, 180)] {
      let composed = AffineMap.turn(by: Angle(degrees: first))
        .composed(with: .turn(by: Angle(degrees: second)))
      let turn = AffineMap.turn(by: Angle(degrees: first + second))
      for (one, other) in zip(entries(composed), entries(turn)) { #expect(abs(one - other) < 1e-6) }
    }
  }

  @Test func compositionAppliesTheFirstMapFirst() {
    let turn = AffineMap.turn(by: Angle(degrees: 90))
    let shift = AffineMap(xx: 1, xy: 0, x0: 3, yx: 0, yy: 1, y0: -2)
    for (first, second) in [(turn, shift), (shift, turn)] {
      let between = source(first, 5, 7)
      #expect(source(first.composed(with: second), 5, 7) == source(second, between[0], between[1]))
    }
    #expect(turn.composed(with: shift) != shift.composed(with: turn))
    #expect(shift.composed(with: .identity) == shift)
    #expect(AffineMap.identity.composed(with: shift) == shift)
  }
}
