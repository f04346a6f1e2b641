import Checkpoints
import Coordinates
import Networks
import PseudoTerminals
import TestSupport
import Testing
import Training

/// A network whose inference runs on another thread, on a pseudo-terminal.
@Suite struct LargeNetworkOnScreenTests {
  private func open(in folder: TemporaryFolder) throws -> RunningExplorer {
    let architecture = NetworkArchitecture(schema: .article, hidden: [1100, 300])
    let model = TypedModel(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: 1).tensors,
      details: ModelDetails())
    let path = "\(folder.path)/large.safetensors"
    try ModelFile.write(model, to: path)
    return try RunningExplorer.open(["--data", "digits", "--model", path])
  }

  private func wait(
    _ explorer: RunningExplorer, for description: String,
    until condition: (RunningExplorer.Pictures) -> Bool
  ) throws {
    try explorer.terminal.wait(for: description) { (try? explorer.pictures()).map(condition) ?? false }
  }

  @Test func keysUpdateThePictures() throws {
    let explorer = try open(in: try TemporaryFolder())
    let terminal = explorer.terminal
    let first = try explorer.pictures()
    terminal.type("45\r")
    try wait(explorer, for: "both pictures of 45°") {
      $0.truth != first.truth && $0.decoded != first.decoded && $0.input == first.input
    }
    terminal.type("nnn")
    try terminal.waitForText("sample 6 of 10000")
    try wait(explorer, for: "another input") { $0.input != first.input }
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  @Test func animationsAreShownContinuously() throws {
    let explorer = try open(in: try TemporaryFolder())
    let terminal = explorer.terminal
    terminal.type("a")
    for _ in 0..<5 {
      let (line, pictures) = (explorer.slider("θ"), try explorer.pictures())
      try wait(explorer, for: "a further angle and its pictures") {
        explorer.slider("θ") != line && $0.truth != pictures.truth && $0.decoded != pictures.decoded
      }
    }
    terminal.type("aq")
    #expect(try terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }
}
