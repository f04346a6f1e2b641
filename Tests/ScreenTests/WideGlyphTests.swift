import Testing

@testable import Screen

/// Glyphs that are two columns wide.
@Suite struct WideGlyphTests {
  private func canvas(_ text: String, width: Int = 8) -> Canvas {
    var canvas = Canvas(size: Size(width: width, height: 1))
    canvas.put(text, column: 0, row: 0)
    return canvas
  }

  private func line(_ canvas: Canvas) -> String { String(ScreenText.plain(canvas).dropLast()) }

  @Test(arguments: ["漢", "あ", "ア", "한", "Ａ", "，", "🙂", "𠮷", "か\u{3099}"])
  func wideCharactersTakeTwoColumns(character: Character) {
    #expect(Glyph.wide(character) == character)
    #expect(Glyph.columns(of: "a\(character)b") == 4)
    let canvas = canvas("a\(character)b")
    #expect(canvas.cells.map(\.columns) == [1, 2, 0, 1, 1, 1, 1, 1])
    #expect(canvas[1, 0].glyph == character && canvas[3, 0].glyph == "b")
    #expect(line(canvas) == "a\(character)b")
  }

  /// File systems that take text apart write Hangul in letters.
  @Test func syllablesArePutTogether() {
    #expect(Glyph.wide("\u{1112}\u{1161}\u{11AB}") == "한")
    #expect(Glyph.wide("\u{1100}\u{1173}") == "그")
    #expect(canvas("\u{1112}\u{1161}\u{11AB}x")[0, 0].glyph.unicodeScalars.count == 1)
  }

  @Test(arguments: [
    "a", "é", "θ", "▀", "\u{1B}", "\u{202E}", "\u{E000}", "👩‍🚀", "❤️", "🇪🇺", "\u{1F1EA}", "\u{301}", "\u{1161}",
    "\u{3000}\u{301}\u{301}\u{301}", "\u{2FFFF}",
  ]) func othersDoNot(character: Character) {
    #expect(Glyph.wide(character) == nil)
    #expect(Glyph.columns(of: character) == 1)
    #expect(canvas("\(character)x").cells.allSatisfy { $0.columns == 1 })
  }

  @Test func halvesComeAndGoTogether() {
    var canvas = canvas("日本語")
    canvas[0, 0] = Cell("x")
    #expect(line(canvas) == "x 本語")
    canvas[3, 0] = Cell("y")
    #expect(line(canvas) == "x  y語")
    canvas.put("漢", column: 3, row: 0)
    #expect(line(canvas) == "x  漢")
    canvas.put("漢", column: 2, row: 0)
    #expect(line(canvas) == "x 漢")
    canvas.fill(Rectangle(column: 3, row: 0, width: 2, height: 1), with: Cell("·"))
    #expect(line(canvas) == "x  ··")
    canvas.putPicture(Cell("▀"), column: 0, row: 0)
    canvas.put("日", column: 0, row: 0)
    canvas.putPicture(Cell("▀"), column: 1, row: 0)
    #expect(line(canvas) == " ▀ ··")
  }

  @Test func theEdgeCutsNoGlyphInHalf() {
    #expect(line(canvas("日本", width: 3)) == "日…")
    #expect(line(canvas("a日本", width: 3)) == "a…")
    #expect(Canvas.truncated("日本語", to: 6) == "日本語")
    #expect(Canvas.truncated("日本語", to: 5) == "日本…")
    #expect(Canvas.truncated("日本語", to: 4) == "日…")
    #expect(Canvas.truncated("日", to: 1) == "…")
    #expect(Canvas.truncated("日", to: 0) == "")
    var canvas = Canvas(size: Size(width: 4, height: 1))
    canvas[3, 0] = self.canvas("日")[0, 0]
    #expect(canvas[3, 0].glyph == Glyph.replacement && canvas[3, 0].columns == 1)
    canvas[0, 0] = self.canvas("日")[1, 0]
    #expect(canvas[0, 0] == .blank)
  }

  @Test func textIsAlignedByItsColumns() {
    var canvas = Canvas(size: Size(width: 10, height: 2))
    #expect(
      canvas.put("日本", in: Rectangle(column: 0, row: 0, width: 10, height: 1), alignment: .trailing) == 6..<10
    )
    #expect(
      canvas.put("日本", in: Rectangle(column: 0, row: 1, width: 10, height: 1), alignment: .center) == 3..<7)
    #expect(ScreenText.plain(canvas) == "      日本\n   日本\n")
  }

  @Test func asciiHasAMarkAndASpace() {
    #expect(ScreenText.plain(canvas("a漢b"), unicode: false) == "a? b\n")
    #expect(ScreenText.styled(canvas("a漢b"), capabilities: .ascii).hasPrefix("a? b"))
    #expect(ScreenText.styled(canvas("a漢b"), capabilities: .full).hasPrefix("a漢b"))
  }

  @Test func otherCanvasesAreCopiedWhole() {
    var canvas = Canvas(size: Size(width: 6, height: 1))
    canvas.draw(self.canvas("日本", width: 4), column: 1, row: 0)
    #expect(line(canvas) == " 日本")
    #expect(canvas.cells.map(\.columns) == [1, 2, 0, 2, 0, 1])
  }
}
