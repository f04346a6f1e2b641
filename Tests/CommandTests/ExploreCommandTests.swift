import PseudoTerminals
import TestSupport
import Testing

/// A session with the explorer on a pseudo-terminal.
@Suite struct ExploreCommandTests {
  @Test func arrowKeysTurnTheDigitAndBack() throws {
    let explorer = try RunningExplorer.open()
    let terminal = explorer.terminal
    #expect(!terminal.hasModesAsFound)
    #expect(terminal.screen.isAlternate)
    #expect(!terminal.screen.isCursorVisible)
    // The last figure after the pictures.
    try terminal.waitForText("cycle")
    let text = terminal.screen.text
    let upright = try explorer.pictures()
    var seen = [upright.decoded]
    for angle in ["5°", "10°", "15°", "20°", "25°", "30°"] {
      try explorer.type(KeyBytes.right, untilThetaIs: angle)
      // Pictures may follow the text.
      try terminal.wait(for: "the decoded picture at \(angle)") {
        (try? explorer.pictures()).map { !seen.contains($0.decoded) } ?? false
      }
      let pictures = try explorer.pictures()
      #expect(pictures.truth != upright.truth)
      #expect(pictures.input == upright.input)
      seen.append(pictures.decoded)
    }
    try explorer.type(String(repeating: KeyBytes.left, count: 6), untilThetaIs: "0°")
    try terminal.wait(for: "the first pictures") { (try? explorer.pictures()) == upright }
    try terminal.wait(for: "the first screen") { terminal.screen.text == text }
    try explorer.type("H", untilThetaIs: "-50°")
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  @Test func stepsThroughSamplesKeepTheAngle() throws {
    let explorer = try RunningExplorer.open()
    let terminal = explorer.terminal
    try terminal.waitForText("sample 3 of 10000")
    try explorer.type(KeyBytes.right, untilThetaIs: "5°")
    let first = try explorer.pictures()
    terminal.type("n")
    try terminal.waitForText("sample 4 of 10000")
    let second = try explorer.pictures()
    #expect(second.input != first.input)
    #expect(second.decoded != first.decoded)
    #expect(second.truth != first.truth)
    #expect(explorer.slider("θ").contains(" 5°"))
    terminal.type("p")
    try terminal.waitForText("sample 3 of 10000")
    #expect(try explorer.pictures() == first)
    terminal.type("g42\r")
    try terminal.waitForText("sample 42 of 10000")
  }

  @Test func everySizeIsDrawnAndTheFirstOneAgain() throws {
    let explorer = try RunningExplorer.open()
    let terminal = explorer.terminal
    let text = terminal.screen.text
    for (width, height) in [(100, 30), (1, 1), (160, 50), (40, 2), (2, 40), (7, 3), (30, 12)] {
      let count = terminal.screen.byteCount
      terminal.resize(width: width, height: height)
      try terminal.wait(for: "a screen of \(width)x\(height)") {
        terminal.screen.byteCount > count && terminal.screen.text.contains { !$0.isWhitespace }
      }
      // Keys and overlays work at every size; Esc or q closes an overlay.
      terminal.type(KeyBytes.right + "?\u{1B}" + "tq" + "gq" + KeyBytes.left)
    }
    terminal.resize(width: 80, height: 24)
    try terminal.wait(for: "the first screen again") { terminal.screen.text == text }
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  @Test func theDigitTurnsWhileTheNetworkLearns() throws {
    let explorer = try RunningExplorer.open()
    let terminal = explorer.terminal
    let before = try explorer.pictures()
    terminal.type("t")
    try terminal.waitForText("Enter starts")
    terminal.type("\r")
    try terminal.waitForText("learn everything")
    try terminal.waitForText("img/s")
    try terminal.wait(for: "the line of the loss") {
      terminal.screen.text.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) }
    }
    try terminal.wait(for: "pictures of the new weights") {
      (try? explorer.pictures().decoded).map { $0 != before.decoded } ?? false
    }
    try explorer.type(String(repeating: KeyBytes.right, count: 9), untilThetaIs: "45°")
    #expect(try explorer.pictures().truth != before.truth)
    terminal.type(" ")
    try terminal.waitForText("paused")
    try explorer.type(KeyBytes.left, untilThetaIs: "40°")
    terminal.type(" ")
    try terminal.wait(for: "the end of the pause") {
      !terminal.screen.text.contains("paused") && terminal.screen.text.contains("learn everything")
    }
    // Weights that are in no file are discarded only after a second request.
    terminal.type("q")
    try terminal.waitForText("q again quits")
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  @Test func trainingStartsAtOnceOnRequest() throws {
    let explorer = try RunningExplorer.open(["--train"])
    try explorer.terminal.waitForText("learn everything")
  }

  @Test func pipesAreRefusedInASentence() throws {
    let outcome = try Program.run([])
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("is not a terminal"))
  }

  @Test(arguments: [
    ("dumb", "cannot move its cursor"), ("no-such-terminal", "does not know"), ("", "not set"),
  ])
  func anUnusableTerminalIsRefusedInASentence(type: String, words: String) throws {
    let explorer = try RunningExplorer(environment: ["TERM": type], width: 200)
    #expect(try explorer.terminal.waitForExit() == .status(1))
    #expect(explorer.terminal.screen.text.contains(words))
    #expect(!explorer.terminal.output.contains(0x1B))
    explorer.expectRestored()
  }
}

/// Animations on a pseudo-terminal.
@Suite struct ExplorePlayTests {
  @Test func playingTurnsTheDigitUntilItIsStopped() throws {
    let explorer = try RunningExplorer.open()
    let terminal = explorer.terminal
    terminal.type("a")
    try terminal.wait(for: "a turned digit") { !explorer.slider("θ").contains(" 0°") }
    let turned = explorer.slider("θ")
    try terminal.wait(for: "a digit that is turned further") { explorer.slider("θ") != turned }
    terminal.type("a")
    // The filmstrip's first picture shows that the previous key has been read.
    terminal.type("F")
    try terminal.waitForText("θ from end to end")
    #expect(!terminal.screen.text.contains("playing"))
    terminal.type("\u{1B}")
    try terminal.waitForText("decoded")
    // After the frame is complete, the screen does not change.
    try? terminal.wait(for: "the rest of the frame", seconds: 0.4) { false }
    let stopped = explorer.slider("θ")
    #expect(stopped.contains("°"))
    try? terminal.wait(for: "a while to pass", seconds: 0.4) { false }
    #expect(explorer.slider("θ") == stopped)
  }
}
