import Testing

@testable import Screen

@Suite struct GlyphTests {
  @Test(arguments: ["a", "~", " ", "é", "e\u{301}", "θ", "│", "▀", "░", "⣿", "◈", "…", "Ω", "я", "«", "ß"])
  func narrowCharactersStay(character: Character) {
    #expect(Glyph.printable(character) == character)
  }

  @Test(arguments: [
    "\u{0}", "\u{7}", "\u{1B}", "\n", "\r\n", "\u{7F}", "\u{9B}", "\u{AD}", "\u{200B}", "\u{202E}",
    "\u{2066}", "\u{2028}", "\u{FEFF}", "\u{E000}", "漢", "あ", "한", "Ａ", "🙂", "👩‍🚀", "❤️", "\u{301}", "🇪🇺",
    "z\u{301}\u{302}\u{303}",
  ]) func othersAreReplaced(character: Character) {
    #expect(Glyph.printable(character) == Glyph.replacement)
    #expect(Cell(character).glyph == Glyph.replacement)
  }

  @Test func textKeepsOneColumnACharacter() {
    #expect(Glyph.printable("a\tb\u{1B}[2J漢") == "a b\u{FFFD}[2J\u{FFFD}")
  }

  @Test func everyGlyphOfTheWidgetsHasAnASCIIForm() {
    let drawn = "─━│┃┌┐└┘┏┓┗┛├┤┬┊▸◂▴▾‹›◀▶●◇◈○…·–°▀▄█░▒▓⣿⠁θ"
    for character in drawn {
      #expect(Glyph.printable(character) == character)
      #expect(Glyph.ascii(character).isASCII)
      #expect(Glyph.ascii(character) != "?")
    }
    #expect(Glyph.ascii("漢") == "?")
    #expect(Glyph.ascii("a") == "a")
  }
}
