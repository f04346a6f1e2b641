import Foundation
import Screen
import Testing

/// The end of the loop.
@Suite struct ShutdownTests {
  private func models(_ run: LoopRun) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: "\(run.home.path)/latent-explorer/models")) ?? []
  }

  /// A run whose weights are shown from 2 s on.
  private func withTrainedWeights(canWrite: Bool = true) throws -> LoopRun {
    let run = try LoopRun(canWrite: canWrite)
    try run.press("t Enter", at: 0.5)
    run.every(0.02, from: 1, to: 1.5) { run.training.postStep() }
    run.at(1.5) {
      run.training.postWeights(seed: 101)
      return []
    }
    return run
  }

  @Test func qEndsTheLoop() throws {
    let run = try LoopRun()
    try run.press("Right q Right", at: 1)
    try run.run(until: 100)
    #expect(run.clock.seconds == 1)
    #expect(run.training.calls == [.end, .waitUntilIdle])
    #expect(run.loop?.exitMessage == nil && run.loop?.hasLostWeights == false)
  }

  /// Keys behind `q` are meant for the shell.
  @Test func keysBehindQDoNothing() throws {
    let run = try LoopRun()
    try run.press("q w", at: 1)
    try run.press("w", at: 1)
    try run.run(until: 100)
    #expect(models(run) == [])
  }

  @Test func filesAreWrittenBeforeTheEnd() throws {
    let run = try LoopRun()
    run.answersAtOnce = false
    try run.press("w", at: 1)
    try run.press("q", at: 1.1)
    run.at(1.05) {
      #expect(models(run) == [])
      return []
    }
    try run.run(until: 100)
    #expect(models(run) == ["model-1.safetensors"])
  }

  @Test func aClosedTerminalSavesTrainedWeights() throws {
    let run = try withTrainedWeights()
    try run.run(until: 5)
    #expect(models(run) == ["model-1.safetensors"])
    let path = "\(run.home.path)/latent-explorer/models/model-1.safetensors"
    #expect(run.loop?.exitMessage == "saved the trained weights to \(path)")
    #expect(run.loop?.hasLostWeights == false)
    #expect(run.training.calls.suffix(2) == [.end, .waitUntilIdle])
  }

  @Test func lostWeightsAreReported() throws {
    let run = try withTrainedWeights(canWrite: false)
    try run.run(until: 5)
    #expect(run.loop?.hasLostWeights == true)
    #expect(run.loop?.exitMessage?.hasPrefix("the trained weights are lost: ") == true)
    #expect(run.loop?.exitMessage?.contains("cannot create the folder") == true)
  }

  @Test func aClosedTerminalWithoutTrainedWeightsWritesNothing() throws {
    let run = try LoopRun()
    try run.run(until: 5)
    #expect(models(run) == [])
    #expect(run.loop?.exitMessage == nil)
  }

  @Test func qAsksOnceForUnsavedWeights() throws {
    let run = try withTrainedWeights()
    try run.press("q", at: 3)
    try run.press("q", at: 3.5)
    try run.run(until: 100)
    #expect(run.screen(at: 3).contains("q again quits"))
    #expect(run.clock.seconds == 3.5)
    #expect(models(run) == [])
  }

  /// The same weights are written once, and more files than three are refused while they wait.
  @Test func waitingFilesAreLimited() throws {
    let run = try LoopRun()
    run.answersAtOnce = false
    try run.press("w", at: 1)
    for number in 0..<4 { try run.press("w", at: 1.1 + 0.1 * Double(number)) }
    try run.press("q", at: 2)
    try run.run(until: 100)
    #expect(run.screen(at: 1.9).contains("not written: other files are still being written"))
    #expect(models(run) == ["model-1.safetensors"])
  }
}
