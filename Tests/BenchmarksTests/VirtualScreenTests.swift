import PseudoTerminals
import Testing

/// What frames are told apart by.
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

  @Test func aFrameInPiecesIsStillOne() {
    #expect(passes(["\u{1B}[2;3Hab", "\u{1B}[4;", "1Hd", "e\u{1B}[5;2", "Hf"]) == 1)
  }
}
