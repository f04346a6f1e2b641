import Foundation
import Primitives
import TestSupport
import Testing
import Training

@testable import Checkpoints

@Suite struct CheckpointWriterTests {
  private let temporary: TemporaryFolder
  private let folder: CheckpointFolder
  private let failing = FailingCalls()

  init() throws {
    temporary = try TemporaryFolder()
    folder = CheckpointFolder(temporary.path)
  }

  private func writer() -> CheckpointWriter { CheckpointWriter(folder, calls: failing.calls) }

  private func write(_ writer: CheckpointWriter, steps: Int, heldOut: Double? = nil) {
    writer.submit(TinyCheckpoint.checkpoint(steps: steps, heldOut: heldOut))
    writer.waitUntilIdle()
  }

  @Test func namesSortByStep() throws {
    #expect(CheckpointFolder("a/b").filePath(steps: 12) == "a/b/step-000000012.safetensors")
    #expect(folder.steps == [])
    for name in [
      "step-000000002.safetensors", "step-12345678901.safetensors", "step-2.safetensors", "step-.safetensors",
      "step-000000003.tmp", "step-00000000x.safetensors", "step--00000001.safetensors", "model.safetensors",
    ] { try temporary.write([], to: name) }
    #expect(folder.steps == [12_345_678_901, 2])
    #expect(folder.read().newest == nil)
    #expect(folder.read().faults.count == 2)
    folder.removeAll(except: [2])
    #expect(folder.steps == [2])
    #expect(try temporary.fileNames().count == 7)
  }

  @Test func theLastThreeAndTheBestAreKept() throws {
    let writer = writer()
    for steps in 1...8 { write(writer, steps: steps, heldOut: steps == 3 ? 0.1 : 0.5) }
    #expect(folder.steps == [8, 7, 6, 3])
    #expect(writer.receiveOutcomes() == (1...8).map { .written(path: folder.filePath(steps: $0)) })
    #expect(writer.receiveOutcomes().isEmpty)
    let contents = folder.read()
    #expect(contents.newest == TinyCheckpoint.checkpoint(steps: 8, heldOut: 0.5).sorted)
    // Another process goes on where this one ended.
    let next = CheckpointWriter(folder, present: contents.selection, calls: failing.calls)
    write(next, steps: 9)
    #expect(folder.steps == [9, 8, 7, 3])
  }

  @Test func damagedCheckpointsAreSkippedAndReplaced() throws {
    let writer = writer()
    for steps in 1...3 { write(writer, steps: steps) }
    try temporary.write([1, 2, 3], to: "step-000000009.safetensors")
    let contents = folder.read()
    #expect(contents.newest?.progress.steps == 3)
    #expect(contents.faults.count == 1 && "\(contents.faults[0])".contains("step-000000009"))
    write(CheckpointWriter(folder, present: contents.selection), steps: 4)
    #expect(folder.steps == [4, 3, 2])
  }

  /// Whatever fails, the files before it are whole, none of them goes, and nothing else is left behind.
  @Test(arguments: FailingCalls.Fault.allCases.dropFirst())
  func failuresLoseNoCheckpoint(fault: FailingCalls.Fault) throws {
    let writer = writer()
    for steps in 1...4 { write(writer, steps: steps) }
    let before = try temporary.fileNames().map { try FileBytes.read("\(folder.path)/\($0)", limit: .max) }
    _ = writer.receiveOutcomes()
    failing.fail(fault)
    for steps in 5...7 { write(writer, steps: steps) }
    #expect(folder.steps == [4, 3, 2])
    #expect(
      try temporary.fileNames().map { try FileBytes.read("\(folder.path)/\($0)", limit: .max) } == before)
    let outcomes = writer.receiveOutcomes()
    #expect(outcomes.count == 3)
    for outcome in outcomes {
      guard case .failed(.unwritable) = outcome else {
        Issue.record("\(outcome)")
        continue
      }
    }
    failing.fail(.none)
    write(writer, steps: 8)
    #expect(folder.steps == [8, 4, 3])
    #expect(folder.read().faults.isEmpty)
  }

  /// Newer checkpoints replace waiting ones, except the best.
  @Test func trainingDoesNotWaitForTheDisk() throws {
    let writer = writer()
    for steps in 1...200 {
      writer.submit(TinyCheckpoint.checkpoint(steps: steps, heldOut: steps == 90 ? 0.1 : 0.5))
    }
    writer.waitUntilIdle()
    #expect(writer.isIdle)
    #expect(folder.steps.first == 200)
    #expect(folder.steps.contains(90))
    #expect(folder.read().selection.best?.steps == 90)
    #expect(folder.steps.count <= 4)
  }

  @Test func aRemovedFolderIsReported() throws {
    let writer = writer()
    write(writer, steps: 1)
    try FileManager.default.removeItem(atPath: folder.path)
    write(writer, steps: 2)
    let path = folder.filePath(steps: 2)
    #expect(
      writer.receiveOutcomes() == [
        .written(path: folder.filePath(steps: 1)),
        .failed(.unwritable(.file(.refused(.create, path: path, code: ENOENT)))),
      ])
  }
}

extension Checkpoint {
  /// With tensors in the order of a file.
  fileprivate var sorted: Checkpoint {
    var sorted = self
    sorted.state.weights.sort { $0.name < $1.name }
    sorted.state.moments.sort { $0.name < $1.name }
    return sorted
  }
}
