import Screen
import Testing

@testable import NcursesTerminal

/// Pastes that come without marks.
@Suite struct PasteFilterTests {
  private func keys(_ text: String) -> [TerminalEvent] {
    text.map { $0 == " " ? .key(.space) : $0 == "\n" ? .key(.enter) : .key(.character($0)) }
  }

  private func filtered(_ text: String) -> [TerminalEvent] {
    var filter = PasteFilter()
    return filter.filter(keys(text), at: 0, wasReady: false)
  }

  private static let pangram = "The quick brown fox jumps over the lazy dog, twice."

  @Test func longTextIsAPaste() {
    #expect(filtered(Self.pangram) == [.pasted(Self.pangram)])
    #expect(filtered("\n\(Self.pangram)\nmore\n") == [.pasted(Self.pangram)])
    #expect(filtered("wqxGtE" + String(repeating: "w", count: 43)).count == 1)
    #expect(filtered(String(repeating: "日本語文字列", count: 9)).count == 1)
  }

  @Test func keyPressesAreNoPaste() {
    // As many as 48 may come at once, and any number of few different ones, as from a key that is held.
    for text in [
      String(Self.pangram.prefix(48)), String(repeating: "l", count: 5000),
      String(repeating: "hlnpw", count: 1000), String(repeating: "n\n", count: 200),
    ] {
      #expect(filtered(text) == keys(text))
    }
    let arrows = [TerminalEvent](repeating: .key(.right), count: 500)
    var filter = PasteFilter()
    #expect(filter.filter(arrows + keys("abcdefg"), at: 0, wasReady: false) == arrows + keys("abcdefg"))
  }

  @Test func eventsThatAreNoTextPassThrough() {
    var filter = PasteFilter()
    let press = TerminalEvent.mouse(MouseEvent(.press, column: 1, row: 1))
    let text = keys(Self.pangram) + [.key(.escape), .key(.control("a")), .key(.tab), .key(.backspace)]
    #expect(
      filter.filter([press] + text + [.key(.up)], at: 0, wasReady: false)
        == [press, .key(.up), .pasted(Self.pangram + " ")])
  }

  @Test func theRestOfAPasteIsRemoved() {
    var filter = PasteFilter()
    #expect(filter.filter(keys(Self.pangram), at: 1, wasReady: false).count == 1)
    #expect(filter.filter(keys("wqx\n"), at: 1.05, wasReady: false) == [])
    #expect(filter.filter(keys("wqx"), at: 1.14, wasReady: false) == [])
    #expect(filter.filter([.key(.escape)], at: 1.15, wasReady: false) == [.key(.escape)])
    for rest: [TerminalEvent] in [[.key(.enter)], [.key(.enter), .key(.tab), .key(.enter)]] {
      #expect(filter.filter(rest, at: 1.15, wasReady: false) == [])
    }
    // It had arrived while nobody looked.
    #expect(filter.filter(keys("wqx"), at: 1.5, wasReady: true) == [])
    #expect(filter.filter(keys("w"), at: 1.61, wasReady: false) == keys("w"))
    #expect(filter.filter(keys("w"), at: 9, wasReady: true) == keys("w"))
    #expect(filter.filter(keys(Self.pangram), at: 10, wasReady: false).count == 1)
    filter.noteSilence(at: 10.05)
    #expect(filter.filter(keys("w"), at: 10.2, wasReady: true) == [])
    filter.noteSilence(at: 10.31)
    #expect(filter.filter(keys("w"), at: 10.32, wasReady: true) == keys("w"))
  }

  @Test func theBeginningOfAPasteIsRecognised() {
    #expect(PasteFilter.mayBeBeginning(keys("The quick brown")))
    for text in ["", "wq", "abcdefgh", String(repeating: "l", count: 40), Self.pangram] {
      #expect(!PasteFilter.mayBeBeginning(keys(text)))
    }
  }
}
