import Testing

@testable import Checkpoints

@Suite struct SafetensorsHeaderParserTests {
  private func fault(_ header: [UInt8]) -> SafetensorsFault? {
    do {
      _ = try SafetensorsHeaderParser.parse(header[...])
      return nil
    } catch { return error }
  }

  private func fault(_ header: String) -> SafetensorsFault? { fault(Array(header.utf8)) }

  @Test(
    arguments: [
      ("", .openingBrace, 0), ("   ", .openingBrace, 3), ("[]", .openingBrace, 0), ("null", .openingBrace, 0),
      ("\"a\"", .openingBrace, 0), ("\u{FEFF}{}", .openingBrace, 0), ("NaN", .openingBrace, 0),
      ("{", .string, 1), ("{a:1}", .string, 1), ("{,}", .string, 1), ("{'a':1}", .string, 1),
      ("{\"a", .closingQuote, 3), ("{\"a\\\"", .closingQuote, 5), ("{\"a\"}", .colon, 4),
      ("{\"a\"", .colon, 4),
      ("{\"__metadata__\":{\"a\":\"b\"", .commaOrClosingBrace, 24),
      ("{\"__metadata__\":{}", .commaOrClosingBrace, 18), ("{\"__metadata__\":{},}", .string, 19),
      ("{\"__metadata__\":{\"a\":\"b\",}}", .string, 25),
      ("{\"__metadata__\":{} \"a\"}", .commaOrClosingBrace, 19),
      ("{}x", .end, 2), ("{} {}", .end, 3), ("{}\u{0}", .end, 2), ("{}\u{C}", .end, 2), ("{}// a", .end, 2),
      ("/* a */{}", .openingBrace, 0), ("{/* a */}", .string, 1),
    ] as [(String, HeaderExpectation, Int)])
  func malformedObjects(header: String, expected: HeaderExpectation, offset: Int) {
    #expect(fault(header) == .malformedHeader(expected: expected, offset: offset))
  }

  @Test(arguments: [[0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xFF, 0xFE]] as [[UInt8]])
  func aByteOrderMarkIsRefused(mark: [UInt8]) {
    #expect(fault(mark + Array("{}".utf8)) == .malformedHeader(expected: .openingBrace, offset: 0))
  }

  /// A comment, a comma at the end, a number that is none, one with a zero in front, and what follows the end.
  @Test(arguments: [
    "{/**/}", "{}//", "{#\n}", "{\"__metadata__\":{},}", "{\"a\":NaN}", "{\"a\":{\"shape\":[01]}}",
    "{\"a\":{\"shape\":[1,]}}", "{\"a\":{\"shape\":[NaN]}}", "{}{}", "{}]",
  ]) func invalidJSONIsRefused(header: String) {
    #expect(fault(header) != nil)
  }

  @Test(
    arguments: [
      (#"\x"#, .escapeSequence), (#"\u12"#, .escapeSequence), (#"\u12g4"#, .escapeSequence),
      (#"\u+123"#, .escapeSequence), (#"\ud800"#, .surrogatePair), (#"\udc00"#, .surrogatePair),
      (#"\ud800\ud800"#, .surrogatePair), (#"\ud800x"#, .surrogatePair), (#"\ud800\n"#, .surrogatePair),
      (#"\udc00\ud800"#, .surrogatePair), ("\n", .noControlCharacter), ("\u{0}", .noControlCharacter),
      ("\u{1F}", .noControlCharacter),
    ] as [(String, HeaderExpectation)])
  func malformedStrings(text: String, expected: HeaderExpectation) {
    for header in [oneTensor("a\(text)"), "{\"__metadata__\":{\"a\":\"a\(text)\"}}"] {
      guard case .malformedHeader(expected, _) = fault(header) else {
        Issue.record("\(header): \(String(describing: fault(header)))")
        continue
      }
    }
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF4, 0x90, 0x80, 0x80], [0x80],
    ] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let header = Array("{\"".utf8) + bytes + Array("\":{}}".utf8)
    #expect(fault(header) == .malformedHeader(expected: .validUTF8, offset: 2))
  }

  @Test(arguments: [
    "null", "[]", "\"a\"", "1", "{\"a\":1}", "{\"a\":null}", "{\"a\":{}}", "{\"a\":[\"b\"]}", "{\"a\":true}",
  ])
  func metadataMustBeStrings(metadata: String) {
    #expect(fault("{\"__metadata__\":\(metadata)}") == .metadataNotStrings)
  }

  @Test(arguments: ["null", "[\"F32\",[1],[0,4]]", "1", "\"F32\"", "NaN", "[]"])
  func aTensorMustBeAnObject(tensor: String) {
    #expect(fault("{\"a\":\(tensor)}") == .tensorNotObject(tensor: "a"))
  }

  @Test func namesMustDiffer() {
    let tensor = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}"
    #expect(fault("{\(tensor),\(tensor)}") == .duplicate(.tensor, name: "a"))
    #expect(
      fault("{\(tensor),\(tensor.replacing("\"a\"", with: "\"\\u0061\""))}")
        == .duplicate(.tensor, name: "a"))
    #expect(fault("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}") == .duplicate(.metadataKey, name: "a"))
    #expect(
      fault("{\"__metadata__\":{},\"__metadata__\":{}}") == .duplicate(.metadata, name: "__metadata__"))
  }

  @Test(arguments: ["\"dtype\":\"F32\"", "\"shape\":[1]", "\"data_offsets\":[0,4]"])
  func eachFieldMustBeThereOnce(field: String) {
    let fields = ["\"dtype\":\"F32\"", "\"shape\":[1]", "\"data_offsets\":[0,4]"]
    let name = String(field.split(separator: "\"")[0])
    let without = fields.filter { $0 != field }.joined(separator: ",")
    #expect(fault("{\"a\":{\(without)}}") == .missingField(tensor: "a", field: name))
    let twice = (fields + [field]).joined(separator: ",")
    #expect(fault("{\"a\":{\(twice)}}") == .duplicate(.field(ofTensor: "a"), name: name))
  }

  @Test func unknownFieldsAreNamed() {
    #expect(fault("{\"a\":{\"stride\":[1]}}") == .unknownField(tensor: "a", field: "stride"))
  }

  @Test(arguments: ["\"f32\"", "\"F128\"", "\"\"", "null", "32", "[\"F32\"]"])
  func theElementTypeMustBeKnown(dtype: String) {
    #expect(fault(oneTensor(dtype: dtype)) == .unknownElementType(tensor: "a"))
  }

  @Test(arguments: [
    "null", "1", "\"1\"", "{}", "[1", "[1,]", "[,1]", "[1 1]", "[-1]", "[-0]", "[1.0]", "[1e2]", "[01]",
    "[00]",
    "[+1]", "[true]", "[\"1\"]", "[null]", "[NaN]", "[[1]]", "[0x1]", "[9223372036854775808]",
    "[18446744073709551616]", "[٣]",
  ])
  func theShapeMustBeWholeNumbers(shape: String) {
    #expect(fault(oneTensor(shape: shape)) == .invalidShape(tensor: "a"))
  }

  @Test(arguments: [
    "null", "4", "[]", "[0]", "[0,4,8]", "[4,0]", "[-4,0]", "[0,4.0]", "[0,\"4\"]", "[0,9223372036854775808]",
    "[0,36893488147419103232]", "{\"begin\":0,\"end\":4}",
  ])
  func theOffsetsMustBeBeginAndEnd(offsets: String) {
    #expect(fault(oneTensor(offsets: offsets)) == .invalidOffsets(tensor: "a"))
  }

  @Test(arguments: [200, 100_000])
  func deepNestingIsRefused(depth: Int) {
    let lists = String(repeating: "[", count: depth)
    let objects = String(repeating: "{\"a\":", count: depth)
    #expect(fault(lists) == .malformedHeader(expected: .openingBrace, offset: 0))
    #expect(fault(oneTensor(shape: lists)) == .invalidShape(tensor: "a"))
    #expect(fault(oneTensor(offsets: objects)) == .invalidOffsets(tensor: "a"))
    #expect(fault("{\"__metadata__\":\(objects)") == .metadataNotStrings)
    #expect(fault(objects) == .unknownField(tensor: "a", field: "a"))
  }

  @Test func everyPrefixOfASoundHeaderIsMalformed() {
    let header = #"{"__metadata__":{"k":"v\n"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}"#
    #expect(fault(header) == nil)
    for length in 0..<header.utf8.count {
      #expect(fault(Array(header.utf8.prefix(length))) != nil, "\(length) bytes")
    }
  }
}
