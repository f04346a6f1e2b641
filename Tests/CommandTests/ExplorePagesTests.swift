import Foundation
import PseudoTerminals
import TestSupport
import Testing

/// Full-screen pages, on a pseudo-terminal.
@Suite struct ExplorePagesTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  /// The mouse sequences of a press, drags and the release, with columns and rows counted from 0.
  private func stroke(_ cells: [(column: Int, row: Int)]) -> String {
    func report(_ button: Int, _ cell: (column: Int, row: Int), _ end: String) -> String {
      "\u{1B}[<\(button);\(cell.column + 1);\(cell.row + 1)\(end)"
    }
    return report(0, cells[0], "M") + cells.dropFirst().map { report(32, $0, "M") }.joined()
      + report(0, cells[cells.count - 1], "m")
  }

  private func drawing(_ number: Int) throws -> [UInt8] {
    let path = "\(home.path)/latent-explorer/drawings/drawing-\(number).idx3-ubyte"
    return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test func aDrawingIsDrawnWrittenAndOpened() throws {
    let explorer = try RunningExplorer.open(environment: ["XDG_DATA_HOME": home.path])
    let terminal = explorer.terminal
    terminal.type("D")
    try terminal.waitForText("draw: encoded as you draw")
    try terminal.waitForText("┌─ your drawing")
    terminal.type(stroke([(12, 5), (12, 10), (12, 16), (24, 16)]))
    try terminal.waitForText("encoder input")
    try terminal.waitForText("nearest samples in latent space")
    terminal.type("W")
    try terminal.waitForText("wrote ")
    let written = try drawing(1)
    #expect(written.count == 16 + 784)
    #expect(Array(written.prefix(16)) == [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28])
    // An L: a stem at the left, a foot below, no ink at the upper right. The drawing area begins at column 1,
    // row 3.
    func ink(_ column: Int, _ row: Int) -> UInt8 { written[16 + row * 28 + column] }
    #expect(ink(8, 10) > 150 && ink(14, 21) > 150 && ink(18, 8) == 0)
    terminal.type("N")
    try terminal.waitForText("draw: encoded")
    terminal.type("o")
    try terminal.waitForText("▸drawing-1")
    terminal.type("\r")
    try terminal.waitForText("encoder input")
    // The opened drawing equals the written one.
    terminal.type("W")
    try terminal.waitForText("already written: ")
    #expect(try drawing(1) == written)
    // On the panels it is the input.
    terminal.type("\u{1B}")
    try terminal.waitForText("your drawing · angle")
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  @Test func aFileThatIsNoDrawingIsRefusedInASentence() throws {
    let folder = "\(home.path)/latent-explorer/drawings"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try home.write(
      Array("neither a header nor pixels".utf8), to: "latent-explorer/drawings/broken.idx3-ubyte")
    // A line long enough for the file's whole path.
    let explorer = try RunningExplorer(environment: ["XDG_DATA_HOME": home.path], width: 200)
    try explorer.terminal.waitForText("q quit")
    explorer.terminal.type("Do")
    try explorer.terminal.waitForText("▸broken")
    explorer.terminal.type("\r")
    try explorer.terminal.waitForText("broken.idx3-ubyte: not an IDX file")
  }

  @Test func snapshotsOfARunAreShownAndRestored() throws {
    let explorer = try RunningExplorer.open(["--train"])
    let terminal = explorer.terminal
    terminal.type("T")
    try terminal.waitForText("the start of phase 1")
    try terminal.waitForText("steering error")
    terminal.type("\r")
    try terminal.waitForText("training is running: x stops it")
    terminal.type("x")
    // The message expires after a few seconds, so that a slow machine may miss it.
    try terminal.waitForText("model trained")
    terminal.type("\u{1B}OH\r")
    try terminal.waitForText("model untrained, start")
    terminal.type("\u{1B}OF\r")
    try terminal.wait(for: "the last weights") {
      !terminal.screen.text.contains("untrained") && terminal.screen.text.contains("model trained")
    }
  }
}
