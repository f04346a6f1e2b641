import Testing

@testable import Coordinates

@Suite struct CoordinateSchemaTests {
  @Test(arguments: ["rotation, free:5", "free:1", "rotation, free:4096"])
  func theTextFormSurvivesReading(text: String) throws {
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
    ("free:2, rotation", .itemAfterFree("rotation")),
    ("free:2, free:2", .itemAfterFree("free:2")),
    ("rotation, free:2,", .itemAfterFree("")),
  ])
  func whatCannotBeRead(text: String, error: CoordinateSchemaError) {
    #expect(throws: error) { try CoordinateSchema(parsing: text) }
  }

  @Test func columnsOfTheDecodersInput() {
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

  @Test func aCodeStandsForItsValue() {
    let schema = CoordinateSchema.article
    #expect(schema.code(of: schema.neutralValues) == [1, 0])
    for value in stride(from: -3.0, through: 3, by: 0.5) {
      let code = schema.code(of: [value])
      #expect(abs(schema.values(ofCode: code)[0] - value) < 1e-6)
      #expect(schema.map(of: [value]) == .turn(by: Angle(radians: value)))
    }
    #expect(schema.values(ofCode: [0, 0]) == [0])
  }
}
