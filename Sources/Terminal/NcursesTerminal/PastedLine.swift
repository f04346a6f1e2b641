/// The first nonempty line of a pasted text.
struct PastedLine {
  /// The maximum length in bytes, above that of any field.
  private static let limit = 1024

  private var bytes: [UInt8] = []
  private var isComplete = false

  /// Appends the next byte of the text.
  mutating func append(_ byte: UInt8) {
    guard !isComplete else { return }
    switch byte {
    case 0x0A, 0x0D: isComplete = !bytes.isEmpty
    case 0x09: bytes.append(0x20)
    case 0x20...0x7E, 0x80...: bytes.append(byte)
    default: break
    }
    if bytes.count >= Self.limit { isComplete = true }
  }

  /// Appends a character of the text.
  mutating func append(_ character: Character) {
    for byte in String(character).utf8 { append(byte) }
  }

  /// The line without invalid UTF-8.
  var text: String {
    String(
      String(decoding: bytes, as: UTF8.self).unicodeScalars
        .filter { $0 != "\u{FFFD}" && $0.properties.generalCategory != .control }.map(Character.init))
  }
}
