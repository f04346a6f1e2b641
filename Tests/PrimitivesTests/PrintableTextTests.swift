import Testing

@testable import Primitives

@Suite struct PrintableTextTests {
  @Test(
    arguments: [
      0x00, 0x07, 0x0A, 0x0D, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9B, 0x9F, 0x061C, 0x200E, 0x200F, 0x2028,
      0x2029,
      0x202A, 0x202E, 0x2066, 0x2069,
    ] as [UInt32])
  func controlCharactersAreReplaced(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    #expect("a\(Character(scalar))b".printable.unicodeScalars.elementsEqual("a\u{FFFD}b".unicodeScalars))
  }

  @Test func eachOfTwoControlsIsReplaced() {
    #expect("\u{1B}[31m\r\n".printable == "\u{FFFD}[31m\u{FFFD}\u{FFFD}")
  }

  @Test(arguments: ["", "plain", " ~", "\u{A0}é", "日本語", "e\u{301}", "👩‍👩‍👧", "\u{2065}\u{2070}\u{200D}"])
  func otherTextStays(text: String) {
    #expect(text.printable.unicodeScalars.elementsEqual(text.unicodeScalars))
  }

  @Test func linesStayLines() {
    let text = "a\r\nb\u{1B}c\n\n".printableLines
    #expect(text.unicodeScalars.elementsEqual("a\u{FFFD}\nb\u{FFFD}c\n\n".unicodeScalars))
  }

  @Test func controlsInJSONAreEscaped() {
    #expect("{\n\"é\u{7F}\u{9B}\u{202E}\"}".printableJSON == #"{\#n"é\u007f\u009b\u202e"}"#)
  }
}
