/// A parser of a header's text: a Python dictionary literal with three known keys in any order.
struct NumPyHeaderParser {
  private let text: [UInt8]
  private var position = 0

  init(_ text: [UInt8]) {
    self.text = text
  }

  private enum Key: String, CaseIterable {
    case descr, fortran_order, shape
  }

  mutating func header() throws(NumPyFault) -> NumPyHeader {
    var type: NumPyType?
    var isFortranOrder: Bool?
    var shape: [Int]?
    try expect("{")
    while !consume("}") {
      let name = try string()
      guard let key = Key(rawValue: name) else { throw .unknownKey(name) }
      try expect(":")
      switch key {
      case .descr:
        guard type == nil else { throw .duplicateKey(name) }
        type = try elementType()
      case .fortran_order:
        guard isFortranOrder == nil else { throw .duplicateKey(name) }
        isFortranOrder = try boolean()
      case .shape:
        guard shape == nil else { throw .duplicateKey(name) }
        shape = try tuple()
      }
      if !consume(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard position == text.count else { throw malformed("the end") }
    guard let type else { throw .missingKey(Key.descr.rawValue) }
    guard let isFortranOrder else { throw .missingKey(Key.fortran_order.rawValue) }
    guard let shape else { throw .missingKey(Key.shape.rawValue) }
    return NumPyHeader(type: type, isFortranOrder: isFortranOrder, shape: shape)
  }

  private mutating func elementType() throws(NumPyFault) -> NumPyType {
    skipSpace()
    if peek("[") { throw .unknownType("structure") }
    let text = try string()
    guard let type = NumPyType(text: text) else { throw .unknownType(text) }
    return type
  }

  private mutating func boolean() throws(NumPyFault) -> Bool {
    skipSpace()
    for (word, value) in [("True", true), ("False", false)] where text[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw malformed("True or False")
  }

  private mutating func tuple() throws(NumPyFault) -> [Int] {
    var extents: [Int] = []
    try expect("(")
    while !consume(")") {
      extents.append(try integer())
      guard extents.count <= 64 else { throw .shapeTooLarge }
      if !consume(",") {
        // In Python, (3) is a number, not a tuple.
        guard extents.count > 1 else { throw malformed("a comma") }
        try expect(")")
        break
      }
    }
    return extents
  }

  private mutating func integer() throws(NumPyFault) -> Int {
    skipSpace()
    let digits = text[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let first = digits.first, digits.count == 1 || first != UInt8(ascii: "0") else {
      throw malformed("a whole number")
    }
    position += digits.count
    // Python 2 wrote long integers.
    if position < text.count, text[position] == UInt8(ascii: "L") { position += 1 }
    guard let value = Int(String(decoding: digits, as: UTF8.self)) else { throw .shapeTooLarge }
    return value
  }

  /// Parses a string without escapes.
  private mutating func string() throws(NumPyFault) -> String {
    skipSpace()
    guard position < text.count, [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(text[position]) else {
      throw malformed("a string")
    }
    let quote = text[position]
    let contents = text[(position + 1)...].prefix { byte in
      byte != quote && (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\\")
    }
    position += 1 + contents.count
    guard position < text.count, text[position] == quote else { throw malformed("the end of a string") }
    position += 1
    return String(decoding: contents, as: UTF8.self)
  }

  private mutating func skipSpace() {
    while position < text.count, " \t\r\n".utf8.contains(text[position]) { position += 1 }
  }

  private func peek(_ character: Unicode.Scalar) -> Bool {
    position < text.count && text[position] == UInt8(ascii: character)
  }

  private mutating func consume(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek(character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(NumPyFault) {
    guard consume(character) else { throw malformed("'\(character)'") }
  }

  private func malformed(_ expected: String) -> NumPyFault {
    .malformedHeader(offset: position, expected: expected)
  }
}
