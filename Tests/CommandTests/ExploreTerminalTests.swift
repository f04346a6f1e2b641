import Foundation
import PseudoTerminals
import TestSupport
import Testing

/// Terminal conventions of the explorer: mouse, Ctrl-Z, hints, and the line that restores a screen.
@Suite struct ExploreTerminalTests {
  /// The mouse sequences of terminals, with columns and rows counted from 0.
  private static func mouse(_ button: Int, column: Int, row: Int, isRelease: Bool = false) -> String {
    "\u{1B}[<\(button);\(column + 1);\(row + 1)\(isRelease ? "m" : "M")"
  }

  /// The position of the bar of θ on the screen.
  private func bar(_ explorer: RunningExplorer) throws -> (row: Int, columns: ClosedRange<Int>) {
    let screen = explorer.terminal.screen
    let row = try #require((0..<screen.height).first { screen.line($0).dropFirst(2).hasPrefix("θ ") })
    let line = Array(screen.line(row))
    let start = try #require(line.firstIndex(of: "├"))
    let end = try #require(line.firstIndex(of: "┤"))
    return (row, start + 1...end - 1)
  }

  @Test func clicksDragsAndTheWheelWork() throws {
    let explorer = try RunningExplorer.open()
    let terminal = explorer.terminal
    #expect(terminal.screen.privateModes.isSuperset(of: [1002, 1006]))
    let (row, columns) = try bar(explorer)
    let middle = (columns.lowerBound + columns.upperBound) / 2 + 3
    let angle = Int((360 * Double(middle - columns.lowerBound) / Double(columns.count - 1)).rounded()) - 180
    try explorer.type(Self.mouse(0, column: middle, row: row), untilThetaIs: "\(angle)°")
    // Beyond the bar's end, on another row: the slider is still dragged.
    try explorer.type(Self.mouse(32, column: 0, row: row + 2), untilThetaIs: "180°")
    terminal.type(Self.mouse(0, column: 0, row: row + 2, isRelease: true))
    try explorer.type(Self.mouse(64, column: middle, row: row), untilThetaIs: "-175°")
    try explorer.type(Self.mouse(65, column: middle, row: row), untilThetaIs: "180°")
    // Over the pictures the wheel selects samples.
    terminal.type(Self.mouse(65, column: 40, row: 5))
    try terminal.waitForText("sample 4 of 10000")
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  @Test func theMouseCanBeDisabled() throws {
    let explorer = try RunningExplorer.open(["--no-mouse"])
    #expect(explorer.terminal.screen.privateModes.isDisjoint(with: [1002, 1006]))
  }

  @Test func controlZSuspendsTheExplorer() throws {
    let explorer = try RunningExplorer.open(inShell: RunningExplorer.jobs)
    let terminal = explorer.terminal
    try explorer.type(KeyBytes.right, untilThetaIs: "5°")
    let pictures = try explorer.pictures()
    terminal.type("\u{1A}")
    try terminal.waitForText("paused")
    #expect(!terminal.screen.isAlternate && terminal.screen.isCursorVisible)
    #expect(terminal.screen.privateModes.isDisjoint(with: [1002, 1006]))
    terminal.type("\n")
    try terminal.wait(for: "the screen again") {
      // Figures that were being computed at the key press may appear now.
      terminal.screen.isAlternate && explorer.slider("θ").contains(" 5°")
        && (try? explorer.pictures()) == pictures && terminal.screen.privateModes.contains(1002)
    }
    try explorer.type(KeyBytes.right, untilThetaIs: "10°")
    terminal.type("q")
    try terminal.waitForText("over")
    _ = try terminal.waitForExit()
    explorer.expectRestored()
  }

  @Test func theFirstStartShowsHintsOnce() throws {
    let home = try TemporaryFolder()
    func start() throws -> RunningExplorer {
      try RunningExplorer.open(environment: ["XDG_STATE_HOME": home.path])
    }
    let first = try start()
    #expect(first.terminal.screen.text.contains("A few things to try"))
    let second = try start()
    #expect(!second.terminal.screen.text.contains("A few things to try"))
    #expect(second.terminal.screen.text.contains("t trains this network"))
  }

  @Test func aStateLineRestoresTheScreen() throws {
    let explorer = try RunningExplorer.open(["--data", "digits"])
    let terminal = explorer.terminal
    terminal.type("nn]vi\t")
    try terminal.waitForText("(true 15°)")
    terminal.type("S")
    try terminal.waitForText("this screen as a command")
    terminal.type("qq")
    #expect(try terminal.waitForExit() == .status(0))
    let printed = String(decoding: terminal.output, as: UTF8.self)
    let match = try #require(printed.matches(of: /latent-explorer --state '([^']*)'/).last)
    let text = String(match.1)
    #expect(text.contains("model=digits data=digits sample=5 rotation="))
    let back = try RunningExplorer.open(["--state", text])
    try back.terminal.waitForText("(true 15°)")
    #expect(back.terminal.screen.text.contains("sample 5 of 10000"))
    #expect(back.terminal.screen.text.contains("|difference|"))
  }

  @Test(arguments: [
    ("nonsense", "'nonsense' is not part of a state"), ("sample=1 sample=5", "'sample' is given twice"),
    ("z=1,x", "'z=1,x' is not part of a state"), ("rotation=nan", "'rotation=nan'"),
  ])
  func anInvalidStateIsRefused(text: String, words: String) throws {
    let outcome = try Program.run(["screen", "--state", text])
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("--state") && outcome.errors.contains(words))
  }

  @Test func missingFilesOfAStateAreErrors() throws {
    let outcome = try Program.run(["screen", "--data", "digits", "--state", "sample=77777 scale=1.2"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("not found: sample 77777, scale"))
    let missing = try Program.run(["screen", "--state", "model=no-such-model"])
    #expect(missing.status == 1)
    #expect(missing.errors.contains("no-such-model"))
  }
}
