import Foundation
import Testing

@testable import Coordinates

/// Poses against the maps of schemas, and their gradients against central differences.
@Suite struct PoseTests {
  private static let texts = [
    "rotation, shift-x:6, shift-y:3, scale:0.6..1.4, free:1", "scale:0.5..2, shift-y:9, rotation, free:1",
    "shift-x:4, rotation:45, free:2", "rotation:120, scale:0.7..1.2, shift-x:2, shift-y:5, free:1",
    "shift-y:5, free:1", "scale:0.8..1.1, free:1", "rotation, free:5", "rotation:30, free:3",
    "shear:0.5, free:1", "shift-y:4, shear:1, scale:0.6..1.4, rotation, shift-x:6, free:1",
    "rotation:60, shear:0.3, free:2",
  ]
  private static let fractions = [0.03, 0.21, 0.4, 0.5, 0.77, 0.98]

  /// Some values of every coordinate, with the pose that their codes stand for.
  private func poses(_ text: String) throws -> [(schema: CoordinateSchema, values: [Double], pose: Pose)] {
    let schema = try CoordinateSchema(parsing: text)
    return Self.fractions.indices.map { number in
      let values = schema.typed.enumerated().map {
        $1.value(atFraction: Self.fractions[(number + 2 * $0) % Self.fractions.count])
      }
      var pose = Pose()
      for (coordinate, value) in zip(schema.typed, values) {
        coordinate.set(&pose, toCode: coordinate.code(of: value))
      }
      return (schema, values, pose)
    }
  }

  private func entries(_ map: AffineMap) -> [Double] {
    [map.xx, map.xy, map.x0, map.yx, map.yy, map.y0].map(Double.init)
  }

  private func expectClose(
    _ found: [Double], _ expected: [Double], within tolerance: Double = 4e-6,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    for (one, other) in zip(found, expected) {
      #expect(
        abs(one - other) <= tolerance * max(1, abs(other)), "\(found) is not \(expected)",
        sourceLocation: sourceLocation)
    }
  }

  @Test func emptySchemasLeaveImagesUnchanged() {
    #expect(Pose().map == .identity)
    #expect(Pose().inverseMap == .identity)
    #expect(Pose().composed(after: Pose.Change()) == Pose())
  }

  @Test(arguments: texts)
  func theMapMatchesTheSchema(text: String) throws {
    for (schema, values, pose) in try poses(text) {
      expectClose(entries(pose.map), entries(schema.map(of: values)))
    }
  }

  @Test(arguments: texts)
  func theInverseMapInvertsTheMap(text: String) throws {
    for (_, _, pose) in try poses(text) {
      for composed in [pose.map.composed(with: pose.inverseMap), pose.inverseMap.composed(with: pose.map)] {
        expectClose(entries(composed), entries(.identity), within: 1e-5)
      }
    }
  }

  private static let changes = [
    Pose.Change(angle: 0.3), Pose.Change(x: 1.5), Pose.Change(y: -2), Pose.Change(logScale: 0.2),
    Pose.Change(angle: -2.1, x: 0.7, y: -1.1, logScale: -0.3), Pose.Change(shear: -0.4),
    Pose.Change(x: 2, y: 1.3, logScale: 0.1, shear: 0.6),
    Pose.Change(angle: 0.8, x: -0.6, y: 1.9, logScale: 0.2, shear: 0.3),
  ]

  /// The map of a change goes, like any, from the changed image back to the image.
  private func map(of change: Pose.Change) -> AffineMap {
    AffineMap.shift(x: Double(change.x), y: Double(change.y))
      .composed(with: .turn(by: Angle(radians: Double(change.angle))))
      .composed(with: .scale(by: exp(Double(change.logScale))))
      .composed(with: AffineMap(xx: 1, xy: change.shear, yx: 0, yy: 1))
  }

  @Test(arguments: texts)
  func composingPosesComposesTheirMaps(text: String) throws {
    for (_, _, pose) in try poses(text) {
      for change in Self.changes {
        // From an image that was transformed by the change, then by the pose: the way back starts with it.
        let composed = pose.composed(after: change)
        if pose.shear == 0 || change.angle == 0 {
          let expected = pose.map.composed(with: map(of: change))
          expectClose(entries(composed.map), entries(expected), within: 1e-5)
        }
        // The change's rotation and scale follow the pose's shear, to which its own is added.
        var (unsheared, sheared) = (pose, change)
        unsheared.shear = 0
        sheared.x -= pose.shear * change.y
        sheared.shear += pose.shear
        let expected = unsheared.map.composed(with: map(of: sheared))
        expectClose(entries(composed.map), entries(expected), within: 1e-5)
      }
    }
  }

  /// A pose that lies `step` of one component's change beside `pose`: the angle is turned on, the shift moved,
  /// the scale multiplied.
  private func moved(_ pose: Pose, _ component: Pose.Change.Component, by step: Double) -> Pose {
    var moved = pose
    switch component {
    case .angle:
      let angle = atan2(Double(pose.sine), Double(pose.cosine)) + step
      (moved.cosine, moved.sine) = (Float(cos(angle)), Float(sin(angle)))
    case .x: moved.x += Float(step)
    case .y: moved.y += Float(step)
    case .logScale: moved.scale *= Float(exp(step))
    case .shear: moved.shear += Float(step)
    }
    return moved
  }

  /// Some weights for a sum, so that a gradient of many numbers is that of one.
  private let weights = [0.7, -1.3, 0.11, 0.9, 0.4, -0.23]

  /// The step is large as poses are of float32; what the third derivative leaves is below 1e-4.
  private let step = 1.0 / 128

  @Test(arguments: texts)
  func theGradientThroughTheMapMatchesCentralDifferences(text: String) throws {
    for (_, _, pose) in try poses(text) {
      let found = pose.gradient(
        ofMap: AffineMap(
          xx: Float(weights[0]), xy: Float(weights[1]), x0: Float(weights[2]), yx: Float(weights[3]),
          yy: Float(weights[4]), y0: Float(weights[5])))
      for component in Pose.Change.Component.allCases {
        let sums = [step, -step].map { step in
          zip(weights, entries(moved(pose, component, by: step).map)).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let slope = (sums[0] - sums[1]) / (2 * step)
        #expect(abs(Double(found[component]) - slope) < 5e-4, "\(component): \(found[component]), \(slope)")
      }
    }
  }

  @Test(arguments: texts)
  func theGradientThroughACompositionMatchesCentralDifferences(text: String) throws {
    let gradient = Pose.Change(angle: 0.7, x: -1.3, y: 0.4, logScale: 0.9, shear: 0.6)
    for (_, _, pose) in try poses(text) {
      for change in Self.changes {
        // A gradient's pose is the composed one; that of the scale's logarithm is one of proportion.
        func sum(_ change: Pose.Change) -> Double {
          let composed = pose.composed(after: change)
          let parts = [
            gradient.angle * atan2(composed.sine, composed.cosine), gradient.x * composed.x,
            gradient.y * composed.y, gradient.logScale * log(composed.scale), gradient.shear * composed.shear,
          ]
          return parts.reduce(0) { $0 + Double($1) }
        }
        let found = pose.gradient(ofComposed: gradient)
        for component in Pose.Change.Component.allCases {
          var (above, below) = (change, change)
          above[component] += Float(step)
          below[component] -= Float(step)
          var difference = sum(above) - sum(below)
          // Across the end of the arctangent's range a whole turn is lost.
          let turn = 2 * Double.pi * Double(gradient.angle)
          difference -= (difference / turn).rounded() * turn
          #expect(abs(Double(found[component]) - difference / (2 * step)) < 5e-4, "\(component)")
        }
      }
    }
  }

  @Test(arguments: texts)
  func codesAndPosesRoundTrip(text: String) throws {
    for (schema, values, pose) in try poses(text) {
      for (coordinate, value) in zip(schema.typed, values) {
        let (code, expected) = (coordinate.code(of: pose), coordinate.code(of: value))
        for index in 0..<2 { #expect(abs(code[index] - expected[index]) < 2e-6, "\(coordinate)") }
        var other = pose
        coordinate.set(&other, toCode: code)
        expectClose(entries(other.map), entries(pose.map), within: 1e-5)
      }
    }
  }

  /// A coordinate sets its own part of a pose and no other.
  @Test func coordinatesChangeOnlyTheirOwnParameters() {
    let start = Pose(cosine: 0.6, sine: 0.8, x: 3, y: -2, scale: 1.5, shear: 0.4)
    let parts: [(Coordinate, WritableKeyPath<Pose, Float>)] = [
      (.shiftX(pixels: 6), \.x), (.shiftY(pixels: 6), \.y), (.scale(from: 0.5, to: 2), \.scale),
      (.shear(limit: 0.5), \.shear),
    ]
    for (coordinate, part) in parts {
      var pose = start
      coordinate.set(&pose, toCode: [0.25, 0])
      #expect(pose[keyPath: part] != start[keyPath: part])
      pose[keyPath: part] = start[keyPath: part]
      #expect(pose == start)
    }
    for coordinate in [Coordinate.rotation, .limitedRotation(degrees: 90)] {
      var pose = start
      coordinate.set(&pose, toCode: [0, 1])
      #expect((pose.cosine, pose.sine) != (0.6, 0.8))
      (pose.cosine, pose.sine) = (0.6, 0.8)
      #expect(pose == start)
    }
  }

  /// From the pose to the code and back: the one is the other's way back through `set` and `code`.
  @Test(arguments: texts)
  func gradientsOfCodesMatchCentralDifferences(text: String) throws {
    let gradient = Pose.Change(angle: 0.7, x: -1.3, y: 0.4, logScale: 0.9, shear: 0.6)
    for (schema, values, pose) in try poses(text) {
      for (coordinate, value) in zip(schema.typed, values) {
        // Along the code: what the pose's sum gains, where a code moves as its value does.
        let unit = (coordinate.value(atFraction: 1) - coordinate.value(atFraction: 0)) * step / 4
        let codes = [value + unit, value - unit].map(coordinate.code(of:))
        let along = codes[0] - codes[1]
        let ofCode = coordinate.codeGradient(of: gradient, at: pose)
        let poses = codes.map { code in
          var moved = pose
          coordinate.set(&moved, toCode: code)
          return moved
        }
        let change = difference(poses[0], poses[1])
        let expected =
          gradient.angle * change.angle + gradient.x * change.x + gradient.y * change.y
          + gradient.logScale * change.logScale + gradient.shear * change.shear
        #expect(abs((ofCode * along).sum() - expected) < 2e-4 * max(1, abs(expected)), "\(coordinate)")

        // Along the pose: what a weighted code gains.
        let weights: SIMD2<Float> = coordinate == .rotation ? [0.8, -0.5] : [0.8, 0]
        var found = Pose.Change()
        coordinate.add(codeGradient: weights, at: pose, to: &found)
        coordinate.add(codeGradient: weights, at: pose, to: &found)
        for component in Pose.Change.Component.allCases {
          let codes = [step, -step].map { coordinate.code(of: moved(pose, component, by: $0)) }
          let slope = (weights * (codes[0] - codes[1])).sum() / Float(2 * step)
          #expect(abs(found[component] - 2 * slope) < 1e-3, "\(coordinate), \(component)")
        }
      }
    }
  }

  private func difference(_ one: Pose, _ other: Pose) -> Pose.Change {
    Pose.Change(
      angle: atan2(
        one.sine * other.cosine - one.cosine * other.sine, one.cosine * other.cosine + one.sine * other.sine),
      x: one.x - other.x, y: one.y - other.y, logScale: log(one.scale / other.scale),
      shear: one.shear - other.shear)
  }

  @Test(arguments: [
    ("free:3", [], []),
    ("rotation, free:1", [Pose.Change.Component.angle], []),
    ("rotation:45, free:1", [.angle], [0]),
    ("shift-y:2, free:1", [.y], [0]),
    ("shift-x:2, scale:0.5..2, free:1", [.x, .logScale], [0, 1]),
    ("shift-x:2, rotation, free:1", [.angle, .x, .y], [0]),
    ("scale:0.5..2, rotation, shift-y:3, shift-x:2, free:1", [.angle, .x, .y, .logScale], [0, 2, 3]),
    ("scale:0.5..2, free:1", [.logScale], [0]),
    ("shear:0.5, free:1", [.shear], [0]),
    ("rotation, shear:0.5, free:1", [.angle, .shear], [1]),
    ("shear:0.5, shift-y:3, free:1", [.y, .shear], [0, 1]),
  ])
  func residualDegreesOfFreedomAndBoundedCoordinates(
    text: String, residualDegreesOfFreedom: [Pose.Change.Component], bounded: [Int]
  ) throws {
    let schema = try CoordinateSchema(parsing: text)
    #expect(schema.residualDegreesOfFreedom == residualDegreesOfFreedom)
    #expect(schema.bounded == bounded)
    for position in bounded { #expect(schema.typed[position].codeWidth == 1) }
  }
}
