import Testing

@testable import Coordinates

/// What holds of every kind of typed coordinate.
@Suite struct CoordinateDescriptorTests {
  /// A coordinate of each kind in each of its forms.
  private static func coordinates() throws -> [Coordinate] {
    try Coordinate.Meaning.allCases.flatMap { meaning in
      let coordinates = try meaning.descriptor.examples.map { try Coordinate(parsing: $0) }
      #expect(!coordinates.isEmpty && coordinates.allSatisfy { $0.meaning == meaning })
      return coordinates
    }
  }

  private func entries(_ map: AffineMap) -> [Float] { [map.xx, map.xy, map.x0, map.yx, map.yy, map.y0] }

  @Test func kindsDifferInNamePlaceSymbolAndPoseComponent() {
    let descriptors = Coordinate.Meaning.allCases.map(\.descriptor)
    #expect(Set(descriptors.map(\.place)).count == descriptors.count)
    #expect(Set(descriptors.map(\.symbol)).count == descriptors.count)
    #expect(Set(descriptors.map(\.headName)).count == descriptors.count)
    #expect(Set(descriptors.map(\.component)) == Set(Pose.Change.Component.allCases))
  }

  /// A kind that the composition left out would leave the image as it is.
  @Test func everyKindTransformsTheImage() throws {
    for coordinate in try Self.coordinates() {
      let schema = CoordinateSchema(typed: [coordinate], freeCount: 1)
      #expect(schema.map(of: [coordinate.neutralValue]) == .identity)
      for fraction in [0.1, 0.35, 0.9] {
        let value = coordinate.value(atFraction: fraction)
        let map = schema.map(of: [value])
        #expect(map == coordinate.map(of: value))
        #expect(zip(entries(map), entries(.identity)).contains { abs($0 - $1) > 0.01 }, "\(coordinate)")
      }
    }
  }

  @Test func textRangeAndCodeAgree() throws {
    for coordinate in try Self.coordinates() {
      #expect(try Coordinate(parsing: coordinate.description) == coordinate)
      let unit = coordinate.meaning.descriptor.unit
      #expect(coordinate.range.contains(unit.shown(coordinate.neutralValue)))
      guard !coordinate.isCyclic else { continue }
      for (fraction, end) in [(0.0, coordinate.range.lowerBound), (1, coordinate.range.upperBound)] {
        let value = coordinate.value(atFraction: fraction)
        #expect(abs(unit.shown(value) - end) < 1e-9, "\(coordinate)")
        #expect(abs(unit.value(ofShown: end) - value) < 1e-9, "\(coordinate)")
        #expect(coordinate.code(of: value) == [Float(2 * fraction - 1), 0], "\(coordinate)")
      }
    }
  }

  @Test func errorsNameEveryKind() throws {
    let message = CoordinateSchemaError.unknownItem("x").description
    for coordinate in try Self.coordinates() { #expect(message.contains(" \(coordinate)")) }
    #expect(
      message == "'x' is not a coordinate; use rotation, rotation:45, shift-x:6, shift-y:6, scale:0.6..1.4, "
        + "shear:0.5 and, at the end, free:16")
    #expect(
      CoordinateSchemaError.invalidRange("x").description
        == "'x' lacks a valid range: rotation below 180 degrees, shifts up to 64 pixels and half "
        + "the images' size, a scale from 0.1 to 10 with 1 in its range, such as scale:0.6..1.4, a shear up to 1"
    )
  }

  @Test func errorsOfValues() {
    #expect(Coordinate.shiftX(pixels: 6).error(of: -1, truth: 1.5) == 2.5)
    let scale = Coordinate.scale(from: 0.5, to: 2)
    #expect(abs(scale.error(of: 2, truth: 1) - 0.6931471805599453) < 1e-12)
    #expect(scale.error(of: 1, truth: 2) == scale.error(of: 2, truth: 1))
    #expect(scale.error(of: -1, truth: 1).isFinite)
  }
}
