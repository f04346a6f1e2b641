import CCurses
import Screen
import Testing

@testable import NcursesTerminal

@Suite struct InputDecoderTests {
  private func keys(_ bytes: [UInt8]) -> [Key] {
    var decoder = InputDecoder()
    let events = bytes.flatMap { decoder.decode(Int32($0)) } + decoder.flush()
    return events.compactMap { if case .key(let key) = $0 { key } else { nil } }
  }

  @Test func charactersArePutTogetherFromTheirBytes() {
    #expect(keys(Array("aé漢🙂".utf8)) == [.character("a"), .character("é"), .character("漢"), .character("🙂")])
  }

  @Test func invalidUTF8IsDropped() {
    #expect(keys([0xFF, 0x80, 0x61]) == [.character("a")])
    #expect(keys([0xC3, 0x61]) == [.character("a")])
    #expect(keys([0xE2, 0x82]) == [])
    #expect(keys([0xED, 0xA0, 0x80, 0x62]) == [.character("b")])
    #expect(keys([0xC2, 0x9B, 0x63]) == [.character("c")])
    #expect(keys([0x00, 0x1C]) == [])
  }

  @Test func aCharacterMayArriveInPartsWithoutAFlush() {
    var decoder = InputDecoder()
    #expect(decoder.decode(0xC3) == [])
    #expect(decoder.decode(0xA9) == [.key(.character("é"))])
  }

  @Test func unknownSequencesAreDroppedWhole() {
    #expect(keys(Array("\u{1B}[1;5Cq".utf8)) == [.character("q")])
    #expect(keys(Array("\u{1B}Ozq".utf8)) == [.character("q")])
    // The Linux console's F1.
    #expect(keys(Array("\u{1B}[[Aq".utf8)) == [.character("q")])
    #expect(keys(Array("\u{1B}[?62;c\u{1B}[24;9~n".utf8)) == [.character("n")])
  }

  @Test func aLoneEscapeIsAKey() {
    #expect(keys([0x1B]) == [.escape])
    #expect(keys([0x1B, 0x1B]) == [.escape, .escape])
    #expect(keys([0x1B, 0x71]) == [.escape, .character("q")])
    var decoder = InputDecoder()
    #expect(decoder.decode(0x1B) == [])
    #expect(decoder.decode(Int32(TERMINAL_KEY_UP)) == [.key(.escape), .key(.up)])
  }

  @Test func functionKeysAreNumbered() {
    var decoder = InputDecoder()
    #expect(decoder.decode(Int32(TERMINAL_KEY_FUNCTION + 1)) == [.key(.function(1))])
    #expect(decoder.decode(Int32(TERMINAL_KEY_FUNCTION + 12)) == [.key(.function(12))])
    #expect(decoder.decode(Int32(TERMINAL_KEY_OTHER)) == [])
  }

  @Test func noBytesEverTrap() {
    var state: UInt32 = 1
    let bytes = (0..<20_000).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    let characters = keys(bytes).compactMap { key -> Character? in
      if case .character(let character) = key { character } else { nil }
    }
    #expect(characters.count > 1000)
    #expect(
      characters.allSatisfy {
        $0.unicodeScalars.allSatisfy { $0.value >= 0xA0 || (0x21...0x7E).contains($0.value) }
      })
  }
}
