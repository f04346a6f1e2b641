import CCurses
import Screen
import Testing

@testable import NcursesTerminal

/// Replies of the terminal that come late, and pastes whose end is lost.
@Suite struct ControlStringTests {
  /// The events that parts make with a pause behind each, in which nothing comes for so many seconds.
  private func events(_ parts: [[UInt8]], pause: Double = 0.03) -> [TerminalEvent] {
    var decoder = InputDecoder()
    var seconds = 0.0
    return parts.flatMap { part in
      let events = part.flatMap { decoder.decode(Int32($0), at: seconds) } + decoder.flush()
      seconds += pause
      return events + decoder.expire(at: seconds)
    }
  }

  private func events(_ parts: String..., pause: Double = 0.03) -> [TerminalEvent] {
    events(parts.map { Array($0.utf8) }, pause: pause)
  }

  private static let key: [TerminalEvent] = [.key(.character("n"))]

  /// Colours, graphics, name, settings, capabilities; also PM and SOS, which no terminal sends.
  static let replies = [
    "\u{1B}]11;rgb:3030/3434/4646\u{07}", "\u{1B}]11;rgb:3030/3434/4646\u{1B}\\",
    "\u{1B}]4;1;rgb:0/q/x\u{07}",
    "\u{1B}]52;c;d3d3\u{1B}\\", "\u{1B}_Gi=31;OK\u{1B}\\", "\u{1B}P>|kitty(0.40.0)\u{1B}\\",
    "\u{1B}P1$r0;48:2::1:2:3m\u{1B}\\", "\u{1B}P1+r524742=38\u{1B}\\", "\u{1B}^wEx\u{1B}\\",
    "\u{1B}Xq\r漢\u{7F}w\u{1B}\\",
  ]

  @Test(arguments: replies) func splitRepliesAreNoKeys(reply: String) {
    let bytes = Array(reply.utf8)
    for length in 2...bytes.count {
      let parts = [Array(bytes[..<length]), Array(bytes[length...]), Array("n".utf8)]
      #expect(events(parts) == Self.key, "\(length)")
    }
    #expect(
      events(bytes.dropFirst(2).reduce(into: [Array(bytes[..<2])]) { $0.append([$1]) } + [[0x6E]]) == Self.key
    )
    #expect(events("n" + reply + "n" + reply) == Self.key + Self.key)
  }

  /// DA1, DA2, DECRQM, a place of the cursor, kitty's keyboard, sizes, a change of colours, the focus.
  @Test(arguments: [
    "\u{1B}[?62;1;2;4;6;9;15;16;17;18;21;22;28;29;52;314;999;1000;1001;1002c", "\u{1B}[>1;4000;13c",
    "\u{1B}[?2026;2$y", "\u{1B}[12;40R", "\u{1B}[?1u", "\u{1B}[6;18;9t", "\u{1B}[?997;1n", "\u{1B}[I",
  ]) func controlSequencesOfAnyLengthAreNoKeys(reply: String) {
    let bytes = Array(reply.utf8)
    for length in 3...bytes.count {
      #expect(events([Array(bytes[..<length]), Array(bytes[length...]), [0x6E]]) == Self.key, "\(length)")
    }
  }

  @Test(arguments: ["]", "P", "X", "_", "^"]) func escapeAndThenAKeyAreTwoKeys(second: Character) {
    #expect(
      events("\u{1B}", "\(second)", "n") == [.key(.escape), .key(.character(second))] + Self.key)
  }

  @Test func anUnterminatedStringTimesOut() {
    let start = "\u{1B}]11;rgb:"
    // A second without a byte, but no less.
    #expect(events(start, "n", pause: 1) == Self.key)
    #expect(events(start, "n", "n", pause: 0.9) == [])
    // An escape that no backslash follows: the key, or the beginning of something else.
    #expect(events(start, "\u{1B}", "n") == Self.key)
    #expect(events(start, "\u{1B}", "\\", "n") == Self.key)
    #expect(events(start + "\u{1B}[<0;1;1Mn") == [.mouse(MouseEvent(.press, column: 0, row: 0))] + Self.key)
    #expect(events(start + "\u{1B}n") == [.key(.escape)] + Self.key)
    #expect(events(start + start + "\u{07}n") == Self.key)
    // 64 kB.
    let long = [UInt8](repeating: 0x61, count: 65_536)
    #expect(events([Array("\u{1B}]".utf8) + long + [0x6E]]) == Self.key)
    #expect(events([Array("\u{1B}]".utf8) + long.dropLast() + [0x6E]]) == [])
  }

  @Test func keyCodesEndAString() {
    var decoder = InputDecoder()
    for byte in "\u{1B}_G".utf8 { #expect(decoder.decode(Int32(byte)) == []) }
    // A byte that ncurses has a name for is part of the string.
    #expect(decoder.decode(Int32(TERMINAL_KEY_BACKSPACE)) == [])
    #expect(decoder.decode(Int32(TERMINAL_KEY_UP)) == [.key(.up)])
    #expect(decoder.decode(0x6E) == Self.key)
  }

  /// Incomplete input: a paste, strings, sequences, mouse reports, characters.
  static let beginnings = [
    "\u{1B}[200~", "\u{1B}[200~abc", "\u{1B}[200~abc\u{1B}[201", "\u{1B}]", "\u{1B}_G", "\u{1B}P", "\u{1B}[",
    "\u{1B}[1;", "\u{1B}[?62;1", "\u{1B}[<0;3", "\u{1B}[<0;x", "\u{1B}[M", "\u{1B}[M !", "\u{1B}O",
    "\u{1B}[[",
    "\u{1B}]11\u{1B}", "\u{1B}[200~a\u{1B}",
  ]

  @Test(arguments: beginnings) func everyStateEndsAfterTwoSeconds(beginning: String) {
    #expect(events(beginning, "n", "n", pause: 2).suffix(2) == Self.key + Self.key)
  }

  @Test(arguments: beginnings) func everyStateEndsAtEscape(beginning: String) {
    #expect(events(beginning, "\u{1B}", "n", "n", pause: 0.3).suffix(2) == Self.key + Self.key)
  }

  @Test func anUnterminatedPasteIsReportedAfterATimeout() {
    #expect(events("\u{1B}[200~abc", "d", pause: 1) == [])
    #expect(events("\u{1B}[200~abc", "d", "", pause: 1) == [.pasted("abcd")])
    #expect(events("\u{1B}[200~\r\nabc\rdef", "", pause: 2) == [.pasted("abc")])
    // Escape is no key then, but the way out.
    #expect(events("\u{1B}[200~abc", "\u{1B}", "n", pause: 0.1) == [.pasted("abc")] + Self.key)
    #expect(events("\u{1B}[200~abc", "\u{1B}", "", "n", pause: 0.2) == [.pasted("abc")] + Self.key)
    // The end mark may be cut behind its escape.
    #expect(events("\u{1B}[200~abc\u{1B}", "[201~n", pause: 0.2) == [.pasted("abc")] + Self.key)
    var decoder = InputDecoder()
    for byte in "\u{1B}[200~".utf8 { _ = decoder.decode(Int32(byte), at: 5) }
    #expect(decoder.deadline == 7)
    #expect(decoder.expire(at: 6.9) == [])
    #expect(decoder.expire(at: 7) == [.pasted("")])
    #expect(decoder.deadline == nil)
  }

  @Test func theFirstLineOfAPasteIsText() {
    #expect(events("\u{1B}[200~a\tb\u{0}\u{03}é漢\nc\u{1B}[201~") == [.pasted("a bé漢")])
    #expect(
      events([Array("\u{1B}[200~a".utf8) + [0xFF, 0xC2, 0x9B] + Array("b\u{1B}[201~".utf8)]) == [
        .pasted("ab")
      ])
    let long = String(repeating: "x", count: 5000)
    #expect(events("\u{1B}[200~\(long)\u{1B}[201~") == [.pasted(String(long.prefix(1024)))])
  }

  @Test(arguments: zip("pqrstuvwxyklmnojX", "0123456789+,-./*="))
  func keysOfTheNumericKeypadAreDecoded(letter: Character, key: Character) {
    #expect(events("\u{1B}O\(letter)n") == [.key(.character(key))] + Self.key)
    #expect(events("\u{1B}O", "\(letter)n") == [.key(.character(key))] + Self.key)
  }

  @Test func theNumericKeypadHasNamedKeys() {
    #expect(events("\u{1B}OM\u{1B}OI\u{1B}O n") == [.key(.enter), .key(.tab), .key(.space)] + Self.key)
    // With a modifier; and keys that it has not.
    #expect(events("\u{1B}O5tn") == [.key(.character("4"))] + Self.key)
    #expect(events("\u{1B}OEn\u{1B}Ozn") == Self.key + Self.key)
  }
}
