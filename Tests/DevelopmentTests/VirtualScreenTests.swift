import PseudoTerminals
import Testing

/// The distinction of frames.
@Suite struct VirtualScreenTests {
  private func passes(_ frames: [String]) -> Int {
    var screen = VirtualScreen(width: 20, height: 5)
    for frame in frames { screen.feed(Array(frame.utf8)) }
    return screen.passCount
  }

  @Test func aFrameFromTheTopDownIsOnePass() {
    #expect(passes([]) == 0)
    #expect(passes(["\u{1B}[2;3Hab\u{1B}[2;9Hc\u{1B}[4;1Hd\u{1B}[K"]) == 1)
  }

  @Test func aFrameThatBeginsAboveOrAtTheLastChangeIsAnother() {
    #expect(passes(["\u{1B}[2;3Hab\u{1B}[4;1Hd", "\u{1B}[2;3Hx", "\u{1B}[2;3Hy", "\u{1B}[2;2Hz"]) == 4)
  }

  /// Sequences interrupted by an escape are dropped, as in terminals.
  @Test(arguments: ["\u{1B}", "\u{1B}[", "\u{1B}[38;5;", "\u{1B}[?10", "\u{1B}("])
  func anEscapeCancelsAnIncompleteSequence(cut: String) {
    var screen = VirtualScreen(width: 20, height: 2)
    screen.feed(Array("\u{1B}[?1006h\u{1B}[1;31ma".utf8))
    screen.feed(Array("\(cut)\u{1B}[?1006l\u{1B}[mb".utf8))
    #expect(screen.privateModes.isEmpty && screen.line(0) == "ab")
  }

  @Test func anIncompleteCharacterIsReplaced() {
    var screen = VirtualScreen(width: 20, height: 2)
    screen.feed([0xE2, 0x96] + Array("\u{1B}[2Gb".utf8))
    #expect(screen.line(0) == "\u{FFFD}b")
  }

  @Test func aFrameInPiecesIsStillOne() {
    #expect(passes(["\u{1B}[2;3Hab", "\u{1B}[4;", "1Hd", "e\u{1B}[5;2", "Hf"]) == 1)
  }
}
