import Datasets
import TestSupport
import Testing

@testable import SessionBenchmark

/// The pieces of the measured session, each for a moment.
@Suite struct SessionBenchmarkTests {
  private let program = BuiltPrograms.path("latent-explorer")

  @Test func turningIsTimedAndItsOutputCounted() throws {
    let home = try TemporaryFolder()
    let explorer = try MeasuredExplorer(program: program, ["--data", "digits"], home: home.path)
    try explorer.waitUntilOpen()
    #expect(ExplorerScreen(explorer.terminal.screen).angle == "0°")
    #expect(try explorer.millisecondsOfTurn() > 0)
    #expect(ExplorerScreen(explorer.terminal.screen).angle == "5°")
    let output = explorer.output(ofTurning: 0.1)
    #expect(output.bytesPerSecond > 0)
    #expect(output.framesPerSecond > 0)
    try explorer.waitUntilQuiet()
    #expect(ExplorerScreen(explorer.terminal.screen).angle == "55°")
    if let writes = try explorer.writesPerFrame(keys: 10) { #expect(writes == 1) }
    #expect(Wakeups(of: explorer.terminal.process) != nil)
    explorer.terminal.type("q")
    #expect(try explorer.terminal.waitForExit() == .status(0))
  }

  @Test func trainingIsObservedAndStoppedBetweenTurns() throws {
    let home = try TemporaryFolder()
    let explorer = try MeasuredExplorer(
      program: program, ["--data", "digits", "--model", "article", "--train"], home: home.path)
    let pace = TrainingPace(explorer.terminal)
    for _ in 0..<200 where pace.epoch < 1 { pace.run(.milliseconds(100)) }
    #expect(pace.epoch >= 1)
    // Output from before the stop may still arrive; then none does.
    explorer.terminal.listen(until: .now + .milliseconds(50))
    let count = explorer.terminal.screen.byteCount
    explorer.terminal.listen(until: .now + .milliseconds(300))
    #expect(explorer.terminal.screen.byteCount == count)
  }

  @Test func theFolderHoldsBothSplits() throws {
    let folder = try SessionFolder(training: 60, test: 20)
    let dataset = try IDXDirectory.load(folder.images)
    #expect(dataset.training.count == 60)
    #expect(dataset.test.count == 20)
  }
}
