import PseudoTerminals
import Testing

@testable import NcursesTerminal

@Suite struct StyleCompressorTests {
  private func compress(_ text: String) -> String {
    var compressor = StyleCompressor()
    return String(decoding: compressor.compress(Array(text.utf8)), as: UTF8.self)
  }

  @Test func coloursAreSentOnceAndTogether() {
    #expect(
      compress("\u{1B}[38;5;240m\u{1B}[48;5;16m▀\u{1B}[38;5;240m\u{1B}[48;5;17m▀")
        == "\u{1B}[0;38;5;240;48;5;16m▀\u{1B}[48;5;17m▀")
  }

  @Test func onSpacesTheForegroundDoesNotMatter() {
    #expect(
      compress("\u{1B}[mx\u{1B}[38;5;240m\u{1B}[48;5;16m \u{1B}[38;5;250m \u{1B}[mx")
        == "\u{1B}[mx\u{1B}[48;5;16m  \u{1B}[49mx")
    #expect(compress("\u{1B}[mx\u{1B}[7m \u{1B}[31m \u{1B}[m") == "\u{1B}[mx\u{1B}[7m \u{1B}[31m \u{1B}[m")
  }

  @Test func erasingSendsItsColours() {
    #expect(compress("\u{1B}[mx\u{1B}[44m\u{1B}[K\u{1B}[m") == "\u{1B}[mx\u{1B}[44m\u{1B}[K\u{1B}[49m")
    #expect(compress("\u{1B}[mx\u{1B}[44m\u{1B}[5;9Hy") == "\u{1B}[mx\u{1B}[5;9H\u{1B}[44my")
  }

  @Test(arguments: ["\u{1B}[38;2;1;2;3mx", "\u{1B}[?1049h", "\u{1B}(Bx", "\u{1B}[58;5;3mx", "\u{1B}[3"])
  func unknownSequencesPass(text: String) {
    #expect(compress(text).contains(text.replacing("x", with: "")))
  }

  /// ncurses' foreground F and background B stand for the pair 256·B + F.
  @Test func tokensBecomeTheColoursOfTheirPairs() {
    var pairs = ColorPairs(limit: 32767)
    pairs.reset(cellCount: 300)
    for number in 1...255 {
      let pair = ColorPair(foreground: .rgb(UInt8(number), 2, 3), background: .palette(16))
      pairs.set(pairs.number(of: pair).number, atCell: number - 1)
    }
    var compressor = StyleCompressor()
    func compressed(_ text: String) -> String {
      String(decoding: compressor.compress(Array(text.utf8), tokens: pairs), as: UTF8.self)
    }
    #expect(compressed("\u{1B}[37m\u{1B}[40m▀\u{1B}[m") == "\u{1B}[0;38;2;7;2;3;48;5;16m▀\u{1B}[39;49m")
    #expect(compressed("\u{1B}[91m\u{1B}[40m▀") == "\u{1B}[38;2;9;2;3;48;5;16m▀")
    #expect(compressed("\u{1B}[38;5;200m\u{1B}[40m▀") == "\u{1B}[38;2;200;2;3m▀")
    // As the entry of kitty has it.
    #expect(compressed("\u{1B}[38:5:201m\u{1B}[40m▀") == "\u{1B}[38;2;201;2;3m▀")
    // The colours of a space's strokes cannot be seen.
    #expect(compressed("\u{1B}[38;5;202m\u{1B}[40m x") == " \u{1B}[38;2;202;2;3mx")
    #expect(compressed("\u{1B}[39;49m\u{1B}[1mx") == "\u{1B}[1;39;49mx")
  }

  @Test(arguments: [0, 7, 8, 15, 16, 99, 255])
  func colorsAreReadFromTheirSequences(number: Int) {
    func read(_ text: String) -> Int? { StyleCompressor.colorNumber(ofSequence: Array(text.utf8)) }
    #expect(read("\u{1B}[38;5;\(number)m") == number)
    #expect(read("\u{1B}[48:5:\(number)m") == number)
    if number < 8 { #expect(read("\u{1B}[3\(number)m") == number && read("\u{1B}[4\(number)m") == number) }
    if 8..<16 ~= number { #expect(read("\u{1B}[\(82 + number)m") == number) }
    for text in ["", "\u{1B}[m", "38;5;1m", "\u{1B}[38;5;256m", "\u{1B}[38;2;1;2;3m", "\u{1B}[1m"] {
      #expect(read(text) == nil)
    }
  }

  /// As the Linux console has it: the font with every look.
  @Test func theDefaultFontIsIgnored() {
    #expect(compress("\u{1B}[0;10;1;7mx\u{1B}[0;10my") == "\u{1B}[0;1;7mx\u{1B}[my")
  }

  /// After an unknown sequence, the complete style is sent.
  @Test func unknownSequencesInvalidateTheState() {
    #expect(
      compress("\u{1B}[31mx\u{1B}[58;5;3my") == "\u{1B}[0;31mx\u{1B}[58;5;3m\u{1B}[0;31my")
  }

  /// The terminal ends each frame in the look that ncurses believes it has.
  @Test func theLastStyleIsSent() {
    #expect(compress("\u{1B}[31mx\u{1B}[m") == "\u{1B}[0;31mx\u{1B}[39m")
    #expect(compress("\u{1B}[1mx\u{1B}[m") == "\u{1B}[0;1mx\u{1B}[m")
  }

  /// Every frame looks the same with and without compression, also after other output.
  @Test(arguments: 0..<40) func hasSameAppearance(seed: UInt64) {
    var random = Generator(state: seed &+ 1)
    var compressor = StyleCompressor()
    var plain = VirtualScreen(width: 20, height: 6)
    var compressed = plain
    for frame in 0..<8 {
      let bytes = Array(Self.frame(&random).utf8)
      plain.feed(bytes)
      compressed.feed(compressor.compress(bytes))
      for row in 0..<plain.height {
        for column in 0..<plain.width {
          #expect(Self.visible(plain[column, row]) == Self.visible(compressed[column, row]), "frame \(frame)")
        }
      }
      if frame == 4 {
        for text in ["\u{1B}[0;7;35;46m"] {
          plain.feed(Array(text.utf8))
          compressed.feed(Array(text.utf8))
        }
        // ncurses sets all styles again when it redraws everything.
        plain.feed(Array("\u{1B}[m".utf8))
        compressor.forget()
      }
    }
  }

  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  private static func frame(_ random: inout Generator) -> String {
    var text = "\u{1B}[m"
    for _ in 0..<60 {
      switch Int.random(in: 0..<9, using: &random) {
      case 0: text += "\u{1B}[38;5;\(Int.random(in: 232..<240, using: &random))m"
      case 1: text += "\u{1B}[48;5;\(Int.random(in: 232..<240, using: &random))m"
      case 2: text += "\u{1B}[\([1, 2, 4, 7, 22, 24, 27].randomElement(using: &random) ?? 1)m"
      case 3: text += "\u{1B}[39;49m"
      case 4: text += "\u{1B}[m"
      case 5:
        text +=
          "\u{1B}[\(Int.random(in: 1...6, using: &random));\(Int.random(in: 1...20, using: &random))H"
      case 6: text += ["\u{1B}[K", "\u{1B}[3X", "\u{1B}[J"].randomElement(using: &random) ?? ""
      default: text += ["▀", " ", "x", "  "].randomElement(using: &random) ?? ""
      }
    }
    return text + "\u{1B}[m"
  }

  /// A cell without what cannot be seen on a space.
  private static func visible(_ cell: VirtualScreen.Cell) -> VirtualScreen.Cell {
    var cell = cell
    if cell.glyph == " ", !cell.look.isReversed {
      cell.look.foreground = nil
      cell.look.isBold = false
      cell.look.isDim = false
    }
    return cell
  }
}
