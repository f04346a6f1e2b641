/// A parser of headers: the subset of JSON that a header can contain, with a fixed depth of nesting.
struct SafetensorsHeaderParser {
  private let bytes: ArraySlice<UInt8>
  private let start: Int
  private var position: Int

  /// Parses a header.
  static func parse(_ bytes: ArraySlice<UInt8>) throws(SafetensorsFault) -> SafetensorsHeader {
    var parser = SafetensorsHeaderParser(bytes)
    return try parser.parseHeader()
  }

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    start = bytes.startIndex
    position = bytes.startIndex
  }

  private mutating func parseHeader() throws(SafetensorsFault) -> SafetensorsHeader {
    var header = SafetensorsHeader()
    var metadata: [String: String]?
    var names: Set<String> = []
    try parseObject { parser, name throws(SafetensorsFault) in
      if name == SafetensorsFormat.metadataKey {
        guard metadata == nil else { throw .duplicate(.metadata, name: name) }
        metadata = try parser.parseMetadata()
      } else {
        guard names.insert(name).inserted else { throw .duplicate(.tensor, name: name) }
        header.entries.append(try parser.parseEntry(name))
      }
    }
    skipSpace()
    guard position == bytes.endIndex else { throw malformed(.end) }
    header.metadata = metadata ?? [:]
    return header
  }

  private mutating func parseMetadata() throws(SafetensorsFault) -> [String: String] {
    guard next(is: "{") else { throw .metadataNotStrings }
    var metadata: [String: String] = [:]
    try parseObject { parser, key throws(SafetensorsFault) in
      guard parser.next(is: "\"") else { throw .metadataNotStrings }
      let value = try parser.parseString()
      guard metadata.updateValue(value, forKey: key) == nil else {
        throw .duplicate(.metadataKey, name: key)
      }
    }
    return metadata
  }

  private mutating func parseEntry(_ name: String) throws(SafetensorsFault) -> SafetensorsHeader.Entry {
    guard next(is: "{") else { throw .tensorNotObject(tensor: name) }
    var elementType: ElementType?
    var shape: [Int]?
    var byteRange: Range<Int>?
    try parseObject { parser, field throws(SafetensorsFault) in
      let isNew: Bool
      switch field {
      case "dtype":
        isNew = elementType == nil
        elementType = try parser.parseElementType(ofTensor: name)
      case "shape":
        isNew = shape == nil
        shape = try parser.parseShape(ofTensor: name)
      case "data_offsets":
        isNew = byteRange == nil
        byteRange = try parser.parseByteRange(ofTensor: name)
      default: throw .unknownField(tensor: name, field: field)
      }
      guard isNew else { throw .duplicate(.field(ofTensor: name), name: field) }
    }
    guard let elementType else { throw .missingField(tensor: name, field: "dtype") }
    guard let shape else { throw .missingField(tensor: name, field: "shape") }
    guard let byteRange else { throw .missingField(tensor: name, field: "data_offsets") }
    return .init(name: name, elementType: elementType, shape: shape, byteRange: byteRange)
  }

  private mutating func parseElementType(
    ofTensor name: String
  ) throws(SafetensorsFault) -> ElementType {
    guard next(is: "\""), let type = ElementType(rawValue: try parseString()) else {
      throw .unknownElementType(tensor: name)
    }
    return type
  }

  private mutating func parseShape(ofTensor name: String) throws(SafetensorsFault) -> [Int] {
    guard let shape = parseNaturalNumbers() else { throw .invalidShape(tensor: name) }
    return shape
  }

  private mutating func parseByteRange(ofTensor name: String) throws(SafetensorsFault) -> Range<Int> {
    guard let offsets = parseNaturalNumbers(), offsets.count == 2, offsets[0] <= offsets[1] else {
      throw .invalidOffsets(tensor: name)
    }
    return offsets[0]..<offsets[1]
  }
}

// MARK: JSON

extension SafetensorsHeaderParser {
  /// Calls `member` with each name of an object; it must parse the value.
  private mutating func parseObject(
    _ member: (inout Self, String) throws(SafetensorsFault) -> Void
  ) throws(SafetensorsFault) {
    guard consume("{") else { throw malformed(.openingBrace) }
    if consume("}") { return }
    repeat {
      let name = try parseString()
      guard consume(":") else { throw malformed(.colon) }
      try member(&self, name)
    } while consume(",")
    guard consume("}") else { throw malformed(.commaOrClosingBrace) }
  }

  /// Parses a list of integers from 0 to `Int.max`; nil for anything else.
  private mutating func parseNaturalNumbers() -> [Int]? {
    guard consume("[") else { return nil }
    var numbers: [Int] = []
    if consume("]") { return numbers }
    repeat {
      guard let number = parseNaturalNumber() else { return nil }
      numbers.append(number)
    } while consume(",")
    return consume("]") ? numbers : nil
  }

  private mutating func parseNaturalNumber() -> Int? {
    skipSpace()
    let digits = bytes[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
    position = digits.endIndex
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private mutating func parseString() throws(SafetensorsFault) -> String {
    guard consume("\"") else { throw malformed(.string) }
    let opening = position
    var text: [UInt8] = []
    while let byte = consumeByte() {
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw .malformedHeader(expected: .validUTF8, offset: opening - start)
        }
        return string
      case UInt8(ascii: "\\"): text += try parseEscape().utf8
      case 0..<0x20:
        throw .malformedHeader(expected: .noControlCharacter, offset: position - 1 - start)
      default: text.append(byte)
      }
    }
    throw malformed(.closingQuote)
  }

  /// Parses the rest of an escape sequence after its backslash.
  private mutating func parseEscape() throws(SafetensorsFault) -> String {
    let offset = position - 1 - start
    switch consumeByte() {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var units = [try parseCodeUnit()]
      if UTF16.isLeadSurrogate(units[0]), bytes[position...].starts(with: "\\u".utf8) {
        position += 2
        units.append(try parseCodeUnit())
      }
      guard let text = String(validating: units, as: UTF16.self) else {
        throw .malformedHeader(expected: .surrogatePair, offset: offset)
      }
      return text
    default: throw .malformedHeader(expected: .escapeSequence, offset: offset)
    }
  }

  /// Parses the four hexadecimal digits of a UTF-16 code unit.
  private mutating func parseCodeUnit() throws(SafetensorsFault) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = consumeByte().flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        throw .malformedHeader(expected: .escapeSequence, offset: position - start)
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  private func malformed(_ expected: HeaderExpectation) -> SafetensorsFault {
    .malformedHeader(expected: expected, offset: position - start)
  }

  private mutating func consumeByte() -> UInt8? {
    guard position < bytes.endIndex else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  /// Skips white space, and consumes `character` if it follows.
  private mutating func consume(_ character: Unicode.Scalar) -> Bool {
    guard next(is: character) else { return false }
    position += 1
    return true
  }

  /// Skips white space; tells whether `character` follows.
  private mutating func next(is character: Unicode.Scalar) -> Bool {
    skipSpace()
    return position < bytes.endIndex && bytes[position] == UInt8(ascii: character)
  }

  private mutating func skipSpace() {
    while position < bytes.endIndex, Self.isSpace(bytes[position]) {
      position += 1
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D: true
    default: false
    }
  }
}
