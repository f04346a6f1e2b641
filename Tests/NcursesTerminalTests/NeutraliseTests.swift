import CCurses
import Testing

/// Withheld standard error, before it reaches the terminal.
@Suite struct NeutraliseTests {
  /// The text as it comes out when the bytes arrive in two pieces.
  private func neutralised(_ bytes: [UInt8], cutAt cut: Int) -> String {
    var first = Array(bytes[..<cut])
    let ready = terminal_neutralise(&first, first.count)
    var second = first[ready...] + bytes[cut...]
    var rest = Array(second)
    second.removeAll()
    let end = terminal_neutralise(&rest, rest.count)
    return String(decoding: first[..<ready] + rest[..<end], as: UTF8.self)
  }

  @Test(
    arguments: [
      0x00, 0x07, 0x08, 0x0D, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9B, 0x9F, 0x061C, 0x200E, 0x200F, 0x2028,
      0x202A,
      0x202E, 0x2066, 0x2069,
    ] as [UInt32])
  func everyControlIsReplacedWhereverTheBytesAreCut(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    let bytes = Array("é\(Character(scalar))b\n".utf8)
    for cut in 0...bytes.count {
      let text = neutralised(bytes, cutAt: cut)
      #expect(!text.unicodeScalars.contains(scalar))
      #expect(text.hasPrefix("é?") && text.hasSuffix("?b\n"))
    }
  }

  @Test(
    arguments: [[0x9B], [0xC0, 0x9B], [0xF8, 0x88], [0xE2, 0x1B], [0xFF], [0xED, 0x1B, 0x5B]] as [[UInt8]])
  func invalidTextIsReplaced(bytes: [UInt8]) {
    for cut in 0...bytes.count {
      let text = neutralised(bytes + [0x62], cutAt: cut)
      #expect(text.hasPrefix("?") && text.hasSuffix("b"))
      #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }
  }

  @Test(arguments: ["", "plain\ttext\n", "é日本語 👩‍👩‍👧 ─▀"]) func otherTextStays(text: String) {
    for cut in 0...text.utf8.count { #expect(neutralised(Array(text.utf8), cutAt: cut) == text) }
  }
}
