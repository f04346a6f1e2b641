import Foundation
import PseudoTerminals
import TestSupport
import Testing

/// Progress of `fetch` on a terminal, and the place of its files.
@Suite struct FetchOnScreenTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  /// A terminal with a download from a server that stops after the first bytes of a file of that length.
  private func stalledFetch(_ server: LoopbackServer) throws -> PseudoTerminal {
    try PseudoTerminal(
      [Program.path, "fetch", "mnist", "--mirror", server.address],
      environment: Program.environment(home: home.path).merging(["no_proxy": "*"]) { $1 }, width: 100,
      height: 10)
  }

  @Test func aProgressBarIsShownAndRemoved() throws {
    let server = try LoopbackServer { _ in
      [.header(200, length: 4542), .send([UInt8](repeating: 1, count: 3000)), .hang]
    }
    let terminal = try stalledFetch(server)
    try terminal.wait(for: "a bar") {
      terminal.screen.text.contains(/mnist \[[#-]{20}\] +\d+ %, 0\.0 of 11\.6 MB/)
    }
    terminal.type("\u{03}")
    #expect(try terminal.waitForExit() == .status(130))
    #expect(terminal.screen.text.contains("stopped; the received part is kept"))
    #expect(!terminal.screen.text.contains("[-"), "\(terminal.screen.text)")
    #expect(terminal.unrestored == [])
  }

  /// It ends instead of downloading without a terminal, and restores the terminal.
  @Test func aTerminalThatClosesEndsIt() throws {
    let server = try LoopbackServer { _ in
      [.header(200, length: 4542), .send([UInt8](repeating: 1, count: 3000)), .hang]
    }
    let terminal = try stalledFetch(server)
    try terminal.waitForText("mnist [")
    terminal.hangUp()
    #expect(try terminal.waitForExit(seconds: PseudoTerminal.within(seconds: 5)) == .status(129))
  }

  /// Every command with a data set finds it by name.
  @Test func downloadedSetsAreFoundByName() throws {
    let data = try SmallDataset(fetchedAs: "mnist")
    let environment = ["XDG_DATA_HOME": data.dataHome]
    let run = "\(home.path)/run"
    let trained = try Program.run(
      [
        "train", "--data", "mnist", "--recipe", "article", "--epochs", "1,1,1", "--hidden", "16,8",
        "--held-out", "16", "--batch-size", "16", "--output", run,
      ], environment: environment)
    #expect(trained.status == 0, "\(trained.errors)")
    let model = "\(run)/model.safetensors"
    let evaluated = try Program.run(
      ["evaluate", "--data", "mnist", "--model", model], environment: environment)
    #expect(evaluated.status == 0, "\(evaluated.errors)")
    let screen = try Program.run(["screen", "--data", "mnist", "--model", model], environment: environment)
    #expect(screen.output.contains("MNIST · model run/model"), "\(screen.errors)")
    #expect(screen.output.contains("images of 28×28, 10 classes · I shows what was read"))
  }
}
