import Testing

@testable import Coordinates

@Suite struct CoordinateSchemaTests {
  @Test(arguments: [
    "rotation, free:5", "free:1", "rotation, free:4096", "rotation:45, free:2", "rotation:22.5, free:2",
    "rotation, shift-x:6, shift-y:6, scale:0.6..1.4, free:16", "scale:0.5..2, shift-y:0.5, free:3",
    "shear:0.5, free:1", "rotation, shear:1, free:2",
  ])
  func theTextFormRoundTrips(text: String) throws {
    #expect(try CoordinateSchema(parsing: text).description == text)
  }

  @Test func theArticlesSchema() throws {
    #expect(CoordinateSchema.article.description == "rotation, free:5")
    #expect(try CoordinateSchema(parsing: "rotation, free:5") == .article)
    #expect(try CoordinateSchema(parsing: "  rotation,free:5 ") == .article)
  }

  @Test(arguments: [
    ("rotation", CoordinateSchemaError.missingFree),
    ("", .unknownItem("")),
    ("rotation,, free:2", .unknownItem("")),
    ("Rotation, free:2", .unknownItem("Rotation")),
    ("spin , free:2", .unknownItem("spin")),
    ("free", .unknownItem("free")),
    ("rotation, rotation, free:2", .repeatedItem("rotation")),
    ("free:0", .invalidFreeCount("free:0")),
    ("free:-1", .invalidFreeCount("free:-1")),
    ("free:", .invalidFreeCount("free:")),
    ("free:two", .invalidFreeCount("free:two")),
    ("free:4097", .invalidFreeCount("free:4097")),
    ("free:99999999999999999999", .invalidFreeCount("free:99999999999999999999")),
    ("rotation, rotation:45, free:2", .repeatedItem("rotation:45")),
    ("shift-x:2, shift-x:3, free:2", .repeatedItem("shift-x:3")),
    ("rotation:, free:2", .invalidRange("rotation:")),
    ("rotation:0, free:2", .invalidRange("rotation:0")),
    ("rotation:180, free:2", .invalidRange("rotation:180")),
    ("rotation:nan, free:2", .invalidRange("rotation:nan")),
    ("shift-x, free:2", .invalidRange("shift-x")),
    ("shift-y:-3, free:2", .invalidRange("shift-y:-3")),
    ("shift-y:65, free:2", .invalidRange("shift-y:65")),
    ("scale, free:2", .invalidRange("scale")),
    ("scale:1.4..0.6, free:2", .invalidRange("scale:1.4..0.6")),
    ("scale:0..1, free:2", .invalidRange("scale:0..1")),
    ("scale:2..3, free:2", .invalidRange("scale:2..3")),
    ("scale:1..1, free:2", .invalidRange("scale:1..1")),
    ("scale:0.6..x..1.4, free:2", .invalidRange("scale:0.6..x..1.4")),
    ("scale:..0.6..1.4, free:2", .invalidRange("scale:..0.6..1.4")),
    ("scale:0.6..1.4..2, free:2", .invalidRange("scale:0.6..1.4..2")),
    ("scale:0.6..inf, free:2", .invalidRange("scale:0.6..inf")),
    ("shear, free:2", .invalidRange("shear")),
    ("shear:0, free:2", .invalidRange("shear:0")),
    ("shear:-0.5, free:2", .invalidRange("shear:-0.5")),
    ("shear:1.01, free:2", .invalidRange("shear:1.01")),
    ("shear:nan, free:2", .invalidRange("shear:nan")),
    ("shear:0.1..0.5, free:2", .invalidRange("shear:0.1..0.5")),
    ("shear:0.5, shear:1, free:2", .repeatedItem("shear:1")),
    ("free:2, rotation", .itemAfterFree("rotation")),
    ("free:2, free:2", .itemAfterFree("free:2")),
    ("rotation, free:2,", .itemAfterFree("")),
  ])
  func invalidSchemasAreRejected(text: String, error: CoordinateSchemaError) {
    #expect(throws: error) { try CoordinateSchema(parsing: text) }
  }

  @Test func decoderInputColumns() {
    let schema = CoordinateSchema.article
    #expect(schema.codeWidth == 2)
    #expect(schema.codeColumns == [0..<2])
    #expect(schema.freeColumns == 2..<7)
    #expect(schema.decoderInputWidth == 7)
    let untyped = CoordinateSchema(typed: [], freeCount: 3)
    #expect(untyped.codeColumns == [])
    #expect(untyped.freeColumns == 0..<3)
    #expect(untyped.map(of: []) == .identity)
  }

  @Test func codesRoundTrip() {
    let schema = CoordinateSchema.article
    #expect(schema.code(of: schema.neutralValues) == [1, 0])
    for value in stride(from: -3.0, through: 3, by: 0.5) {
      let code = schema.code(of: [value])
      #expect(abs(schema.values(ofCode: code)[0] - value) < 1e-6)
      #expect(schema.map(of: [value]) == .turn(by: Angle(radians: value)))
    }
    #expect(schema.values(ofCode: [0, 0]) == [0])
  }

  @Test func everyCoordinatesCodeRoundTrips() throws {
    let schema = try CoordinateSchema(parsing: "scale:0.6..1.4, shift-x:6, rotation:45, shift-y:2, free:1")
    #expect(schema.neutralValues == [1, 0, 0, 0])
    #expect(schema.map(of: schema.neutralValues) == .identity)
    for fraction in [0, 0.25, 0.5, 0.9, 1] {
      let values = schema.typed.map { $0.value(atFraction: fraction) }
      let code = schema.code(of: values)
      #expect(code.count == 4)
      #expect(code.allSatisfy { abs($0 - Float(2 * fraction - 1)) < 1e-6 })
      for (value, read) in zip(values, schema.values(ofCode: code)) { #expect(abs(value - read) < 1e-6) }
    }
    let ends = schema.typed.map { ($0.value(atFraction: 0), $0.value(atFraction: 1)) }
    #expect(abs(ends[0].0 - 0.6) < 1e-12 && abs(ends[0].1 - 1.4) < 1e-12)
    #expect(ends[1] == (-6, 6) && ends[3] == (-2, 2))
    #expect(abs(ends[2].1 - .pi / 4) < 1e-12)
  }

  /// Scaled, then turned, then shifted, in whatever order the coordinates are declared.
  @Test(arguments: [
    "rotation, shift-x:9, shift-y:9, scale:0.5..2, free:1",
    "scale:0.5..2, shift-y:9, rotation, shift-x:9, free:1",
  ])
  func transformsComposeInOneOrder(text: String) throws {
    let schema = try CoordinateSchema(parsing: text)
    let wanted: [Coordinate.Meaning: Double] = [.rotation: .pi / 2, .shiftX: 3, .shiftY: -1, .scale: 2]
    let map = schema.map(of: schema.typed.map { wanted[$0.meaning] ?? 0 })
    // A point 2 to the right of the centre: 4 after scaling, 4 above the centre after the turn (y is down),
    // then 3 to the right and 1 up.
    let (x, y): (Float, Float) = (3, -5)
    let source = (map.xx * x + map.xy * y + map.x0, map.yx * x + map.yy * y + map.y0)
    #expect(abs(source.0 - 2) < 1e-6 && abs(source.1) < 1e-6)
  }

  /// Sheared first, in whatever order the coordinates are declared.
  @Test(arguments: [
    "rotation, shift-x:9, shift-y:9, scale:0.5..2, shear:1, free:1",
    "shear:0.5, scale:0.5..2, shift-y:9, rotation, shift-x:9, free:1",
  ])
  func shearsPrecedeAllElse(text: String) throws {
    let schema = try CoordinateSchema(parsing: text)
    let wanted: [Coordinate.Meaning: Double] = [
      .rotation: .pi / 2, .shiftX: 3, .shiftY: -1, .scale: 2, .shear: 0.5,
    ]
    let map = schema.map(of: schema.typed.map { wanted[$0.meaning] ?? 0 })
    // A point 1 to the right and 2 above the centre: the shear moves it 1 to the right, the scale to (4, −4),
    // the turn to (−4, −4), the shifts to (−1, −5).
    let (x, y): (Float, Float) = (-1, -5)
    let source = (map.xx * x + map.xy * y + map.x0, map.yx * x + map.yy * y + map.y0)
    #expect(abs(source.0 - 1) < 1e-6 && abs(source.1 + 2) < 1e-6)
  }

  /// The pixel above the centre comes from the left, the one below from the right.
  @Test func aPositiveShearLeansTheTopToTheRight() {
    let schema = CoordinateSchema(typed: [.shear(limit: 0.5)], freeCount: 1)
    let map = schema.map(of: [0.25])
    for (y, x): (Float, Float) in [(-4, -1), (0, 0), (4, 1)] {
      #expect(map.xx * 0 + map.xy * y + map.x0 == x)
      #expect(map.yx * 0 + map.yy * y + map.y0 == y)
    }
    #expect(schema.neutralValues == [0] && schema.code(of: [0.25]) == [0.5])
    #expect(schema.typed[0].value(atFraction: 0) == -0.5 && schema.typed[0].value(atFraction: 1) == 0.5)
  }

  @Test(arguments: [
    CoordinateSchemaError.unknownItem("a"), .repeatedItem("a"), .invalidRange("a"), .invalidFreeCount("a"),
    .itemAfterFree("a"),
  ])
  func messagesNameTheItem(error: CoordinateSchemaError) {
    #expect(error.description.hasPrefix("'a' "))
  }
}
