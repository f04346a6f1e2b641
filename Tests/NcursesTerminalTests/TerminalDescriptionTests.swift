import Screen
import Testing

@testable import NcursesTerminal

@Suite struct TerminalDescriptionTests {
  private func names(_ type: String) -> [String] {
    TerminalDescription.candidates(for: type).map(\.name)
  }

  private static let own = OwnDescription.name

  @Test(arguments: [
    "kitty", "ghostty", "alacritty", "foot", "wezterm", "contour", "rio", "mintty", "vscode", "xterm-kitty",
    "xterm-ghostty", "xterm-16color", "konsole-256color", "rxvt-unicode-256color",
  ]) func terminalsLikeXtermAreDrawnLikeIt(type: String) {
    #expect(names(type) == [type, "xterm-256color", Self.own])
  }

  @Test func multiplexersHaveEntriesOfTheirOwn() {
    #expect(names("tmux") == ["tmux", "tmux-256color", Self.own])
    #expect(names("tmux-256color") == ["tmux-256color", "xterm-256color", Self.own])
    #expect(names("screen.xterm") == ["screen.xterm", "screen-256color", Self.own])
    #expect(names("xterm-256color") == ["xterm-256color", Self.own])
  }

  @Test func entriesForDirectColoursAreSkipped() {
    #expect(names("xterm-direct") == ["xterm-256color", Self.own])
    #expect(names("foot-direct") == ["xterm-256color", Self.own])
    #expect(names("tmux-direct") == ["tmux-256color", "xterm-256color", Self.own])
  }

  @Test(arguments: [
    "dumb", "lpr", "unknown", "vt100", "xterm", "linux", "foot-extra", "kitty2", "my-xterm", "256color",
  ])
  func otherNamesHaveTheirOwnEntryOnly(type: String) {
    #expect(names(type) == [type])
  }

  @Test(arguments: [
    ("kitty", true), ("xterm-ghostty", true), ("wezterm", true), ("xterm-direct", true), ("vscode", true),
    ("xterm-256color", false), ("tmux-256color", false), ("konsole-256color", false), ("kitty2", false),
    ("xterm-", false), ("", false),
  ]) func someTypesStandForTruecolor(type: String, expected: Bool) {
    #expect(TerminalDescription.hasTruecolor(type) == expected)
  }

  @Test func substitutesAreSentences() {
    let substitute = TerminalSubstitute(
      type: "xterm-\u{1B}kitty", reason: .notDescribed, description: .named("xterm-256color"))
    #expect("\(substitute)" == "TERM 'xterm-\u{FFFD}kitty' is not described here; drew as xterm-256color")
  }

  /// The header says how long the parts are, which term(5) puts one behind the other.
  @Test func theBuiltInDescriptionIsConsistent() {
    let bytes = OwnDescription.bytes
    let shorts = (0..<6).map { Int(bytes[2 * $0]) | Int(bytes[2 * $0 + 1]) << 8 }
    let start = 12 + shorts[1] + shorts[2] + (shorts[1] + shorts[2]) % 2
    #expect(shorts[0] == 0o432)
    #expect(bytes.count == start + 2 * shorts[3] + 2 * shorts[4] + shorts[5])
    #expect(bytes.count < 4096)
    // No backspace, no meta mode, no repeated characters.
    let table = String(decoding: bytes.suffix(shorts[5]), as: UTF8.self)
    #expect(["\u{08}", "\u{1B}[?1034h", "%db"].filter(table.contains) == [])
  }
}

/// In the suite of the terminal without a device, because a process has one terminal.
extension NcursesTerminalTests {
  @Test(arguments: [
    "xterm-kitty", "xterm-ghostty", "alacritty", "foot", "xterm-256color", "tmux-256color", "screen",
  ])
  func theBuiltInDescriptionDrawsWithoutADatabase(type: String) throws {
    let offline = try OfflineTerminal(
      width: 40, height: 8, environment: ["TERM": type], isDescribed: { _ in false })
    let hasTruecolor = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot"].contains(type)
    #expect(offline.terminal.capabilities.colors == (hasTruecolor ? .truecolor : .many))
    for letter in ["x", "漢", " "] {
      var canvas = gallery(offline.terminal.size, offline.terminal.capabilities)
      canvas.put(String(repeating: letter, count: 7), column: 3, row: 6, Style(.alarm, on: .grey(4)))
      offline.present(canvas)
      #expect(offline.firstDifference(from: canvas) == nil)
    }
    #expect(
      offline.screen.isAlternate && !offline.screen.isCursorVisible && offline.screen.isKeypadApplication)
    #expect(offline.screen.privateModes.isSuperset(of: TerminalReports.modes))
    #expect("\(try #require(offline.terminal.substitute))".contains("own description"))
    offline.type(
      "\u{1B}OA\u{1B}[B\u{1B}[1;2C\u{1B}OH\u{1B}[6~\u{1B}[3~\u{7F}\u{1B}[Z\u{1B}OP\u{1B}[24~\u{1B}Otq")
    #expect(
      offline.nextKeys() == [
        .up, .down, .shiftRight, .home, .pageDown, .delete, .backspace, .backTab, .function(1), .function(12),
        .character("4"), .character("q"),
      ])
    offline.terminal.close()
    offline.receive()
    #expect(
      !offline.screen.isAlternate && offline.screen.isCursorVisible && !offline.screen.isKeypadApplication)
  }

  @Test(arguments: ["xterm-kitty", "foot", "xterm-direct", "vscode-direct"])
  func anEntryOfTheSystemIsSubstituted(type: String) throws {
    let offline = try OfflineTerminal(environment: ["TERM": type], isDescribed: { $0 == "xterm-256color" })
    #expect(offline.terminal.substitute?.name == "xterm-256color")
    var canvas = Canvas(size: offline.terminal.size)
    canvas.put("grey", column: 2, row: 1, Style(.grey(20), on: .grey(3)))
    offline.present(canvas)
    #expect(offline.firstDifference(from: canvas) == nil)
  }

  @Test func ownEntriesNeedNoSubstitute() throws {
    for type in ["xterm-256color", "vt100"] {
      let offline = try OfflineTerminal(environment: ["TERM": type])
      #expect(offline.terminal.substitute == nil)
      offline.terminal.close()
    }
  }

  @Test(arguments: ["dumb", "unknown", "vt100", "linux", "foot-extra", "no-such-terminal"])
  func otherTypesAreRefused(type: String) {
    #expect(throws: TerminalError.unknownType(type)) {
      try OfflineTerminal(environment: ["TERM": type], isDescribed: { _ in false })
    }
  }
}
