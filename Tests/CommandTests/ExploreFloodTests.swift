import Foundation
import PseudoTerminals
import TestSupport
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The explorer under much input: pastes, held keys, replies of the terminal.
@Suite struct ExploreFloodTests {
  private static let line = "The quick brown fox jumps\n"

  private func files(_ folder: String, of explorer: RunningExplorer) -> [String] {
    let path = "\(explorer.dataHome)/latent-explorer/\(folder)"
    return (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
  }

  /// The terminal accepts only a few kilobytes before they are read, so another thread writes them.
  private func typeBeside(_ text: String, _ explorer: RunningExplorer) {
    let terminal = explorer.terminal
    for start in stride(from: 0, to: text.utf8.count, by: 2048) {
      terminal.send(Array(text.utf8.dropFirst(start).prefix(2048)))
      try? terminal.wait(for: "a moment", seconds: 0.005) { false }
    }
  }

  @Test func unmarkedPastedTextRunsNoKeys() throws {
    let explorer = try RunningExplorer.open()
    typeBeside(String(repeating: Self.line, count: 400), explorer)
    try explorer.terminal.waitForText("a pasted text was dropped: it is not run as keys")
    try? explorer.terminal.wait(for: "a moment", seconds: 0.3) { false }
    try explorer.type(KeyBytes.right, untilThetaIs: "5°")
    #expect(files("models", of: explorer) == [])
    explorer.terminal.type("q")
    #expect(try explorer.terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  @Test func theFirstLineOfATextIsSearched() throws {
    let explorer = try RunningExplorer.open()
    explorer.terminal.type("?")
    try explorer.terminal.waitForText("actions: ▏")
    typeBeside(String(repeating: Self.line, count: 3), explorer)
    try explorer.terminal.waitForText("actions: The quick brown fox jumps▏")
  }

  /// Any input: text, keys that draw, and keys that write.
  @Test(arguments: [line, "n", "nl", "w", "E\r", "e", "t\r", "D \u{1B}"], [SIGINT, SIGHUP])
  func muchInputDoesNotDelayQuitting(keys: String, signal: Int32) throws {
    let explorer = try RunningExplorer.open()
    let text = String(repeating: keys, count: 6000 / keys.utf8.count)
    typeBeside(text, explorer)
    if signal == SIGINT {
      explorer.terminal.type(KeyBytes.controlC)
    } else {
      explorer.terminal.hangUp()
    }
    let start = ContinuousClock.now
    #expect(try explorer.terminal.waitForExit() == .status(0))
    let limit = PseudoTerminal.within(seconds: keys.contains("E") ? 3 : 1.5)
    #expect(ContinuousClock.now - start < .seconds(limit), "\(ContinuousClock.now - start)")
    #expect(files("models", of: explorer).count <= 1)
    #expect(files("figures", of: explorer).count <= 1)
  }

  @Test func theSameWeightsAreWrittenOnce() throws {
    let explorer = try RunningExplorer.open(width: 200)
    let terminal = explorer.terminal
    terminal.type("w")
    try terminal.waitForText("wrote \(explorer.dataHome)/latent-explorer/models/model-1.safetensors")
    terminal.type("www")
    try terminal.waitForText(
      "these weights are already in \(explorer.dataHome)/latent-explorer/models/model-1.safetensors")
    terminal.type("D " + KeyBytes.right + KeyBytes.right + KeyBytes.right + KeyBytes.right + " W")
    try terminal.waitForText("wrote \(explorer.dataHome)/latent-explorer/drawings/drawing-1.idx3-ubyte")
    terminal.type("W")
    try terminal.waitForText(
      "already written: \(explorer.dataHome)/latent-explorer/drawings/drawing-1.idx3-ubyte")
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
    #expect(files("models", of: explorer) == ["model-1.safetensors"])
    #expect(files("drawings", of: explorer) == ["drawing-1.idx3-ubyte"])
  }

  /// Another session, and a removed file.
  @Test func filesInTheFolderAreRecognised() throws {
    let home = try TemporaryFolder()
    let folder = "\(home.path)/latent-explorer/models"
    for round in 1...3 {
      let explorer = try RunningExplorer.open(environment: ["XDG_DATA_HOME": home.path], width: 200)
      explorer.terminal.type("w")
      try explorer.terminal.waitForText(
        round == 2 ? "these weights are already in \(folder)" : "wrote \(folder)")
      if round == 1 {
        try FileManager.default.removeItem(atPath: "\(folder)/model-1.safetensors")
        explorer.terminal.type(KeyBytes.right + "w")
        try explorer.terminal.wait(for: "the file again") {
          FileManager.default.fileExists(atPath: "\(folder)/model-1.safetensors")
        }
      }
      if round == 2 { try Data([1]).write(to: URL(fileURLWithPath: "\(folder)/model-1.safetensors")) }
      explorer.terminal.type("q")
      #expect(try explorer.terminal.waitForExit() == .status(0))
      let files = try FileManager.default.contentsOfDirectory(atPath: folder).count
      #expect(files == (round == 3 ? 2 : 1))
    }
  }

  /// A terminal's reply must not rotate the input, open a dialog or start a download.
  @Test(arguments: [
    "\u{1B}]11;rgb:3030/3434/4646\u{07}", "\u{1B}_Gi=31;OK\u{1B}\\", "\u{1B}P>|kitty(0.40.0)\u{1B}\\",
    "\u{1B}[?62;1;2;4;6;9;15;16;17;18;21;22;28;29;52;314;999;1000c",
  ]) func repliesOfTheTerminalAreIgnored(reply: String) throws {
    let explorer = try RunningExplorer.open()
    let terminal = explorer.terminal
    try? terminal.wait(for: "a still screen", seconds: 1) { false }
    let before = terminal.screen.byteCount
    for part in [Array(reply.utf8.prefix(2))] + reply.utf8.dropFirst(2).map({ [$0] }) {
      terminal.send(part)
      usleep(1000)
    }
    try? terminal.wait(for: "a moment", seconds: 0.5) { false }
    #expect(terminal.screen.byteCount == before)
    try explorer.type(KeyBytes.right, untilThetaIs: "5°")
  }

  @Test func keysWorkAfterAPasteWithoutAnEnd() throws {
    let explorer = try RunningExplorer.open()
    explorer.terminal.type("\u{1B}[200~wqx")
    try explorer.terminal.waitForText("a pasted text was dropped: it is not run as keys")
    try explorer.type(KeyBytes.right, untilThetaIs: "5°")
    #expect(files("models", of: explorer) == [])
  }

  /// Keys typed after the one that quits are for the shell.
  @Test(arguments: ["qw", "qwt\rEE\r"]) func keysAfterQuittingAreIgnored(keys: String) throws {
    let explorer = try RunningExplorer.open()
    explorer.terminal.type(keys)
    #expect(try explorer.terminal.waitForExit() == .status(0))
    #expect(files("models", of: explorer) == [] && files("figures", of: explorer) == [])
  }

  @Test func theNumericKeypadTypesDigits() throws {
    let explorer = try RunningExplorer.open()
    explorer.terminal.type("\u{1B}Ot\u{1B}Ou")
    try explorer.terminal.waitForText("θ: 45▏")
    try explorer.type("\u{1B}OM", untilThetaIs: "45°")
  }
}
