import Checkpoints
import Foundation
import TestSupport
import Testing
import Training

/// `train --resume`: an interrupted run ends with the same bytes as an uninterrupted one.
@Suite struct ResumeCommandTests {
  private static let short = [
    "--recipe", "article", "--epochs", "8,8,8", "--hidden", "16,8", "--held-out", "16", "--batch-size", "1",
  ]
  /// The number of images for which a run is long enough to be interrupted.
  private static let imageCount = 400
  private static let watched = ["--checkpoint-every", "0", "--name-checkpoints"]

  /// Trains to `folder` and kills the process within an epoch, once `isReached` is true; trains anew if the run ends
  /// before it is killed, as it may on a busy machine.
  private func kill(
    _ arguments: [String], in folder: String, when isReached: (Checkpoint) -> Bool
  ) throws -> Checkpoint {
    for _ in 0..<5 {
      if let checkpoint = try killOnce(arguments, in: folder, when: isReached) { return checkpoint }
      try FileManager.default.removeItem(atPath: folder)
    }
    return try #require(nil, "every run ended before it was killed")
  }

  /// Likewise, once; returns nil if the run ends before.
  private func killOnce(
    _ arguments: [String], in folder: String, when isReached: (Checkpoint) -> Bool
  ) throws -> Checkpoint? {
    let process = try TrainingProcess(arguments + Self.watched + ["--output", folder])
    var last: Checkpoint?
    let wasReached = process.wait {
      // The file may have been removed; then there is a newer one.
      guard let path = process.acknowledged.last, let found = try? CheckpointFile.read(path) else {
        return false
      }
      last = found
      return isReached(found)
    }
    process.send(SIGKILL)
    let status = process.waitForEnd()
    if status == 0 { return nil }
    #expect(status == -SIGKILL, "\(process.errors)")
    try #require(wasReached)
    let checkpoint: Checkpoint = try #require(last)
    return checkpoint
  }

  @Test(arguments: [0, 1, 2])
  func aRunKilledInAnEpochOfAnyPhaseEndsInTheSameBytes(phase: Int) throws {
    let (data, output) = (try SmallDataset(training: Self.imageCount), try TemporaryFolder())
    let (whole, cut) = ("\(output.path)/whole", "\(output.path)/cut")
    let arguments = ["--data", data.path] + Self.short
    #expect(try Program.run(["train"] + arguments + ["--output", whole]).status == 0)
    let last = try kill(arguments, in: cut) { checkpoint in
      let position = checkpoint.state.position
      // On a busy machine a phase may have ended before it was seen.
      return position.phase >= phase && position.epoch > 0 && position.batch > 5
    }
    #expect(!last.isAtEnd)
    // An incomplete line, as after a power failure.
    let metrics = try #require(FileHandle(forWritingAtPath: "\(cut)/metrics.jsonl"))
    try metrics.seekToEnd()
    try metrics.write(contentsOf: Data("{\"epoch\":".utf8))
    // The data are read from their original folder; the number of threads may differ.
    let resumed = try Program.run(["train", "--resume", cut, "--threads", "\(phase + 1)"])
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(resumed.errors.hasPrefix("resuming after "), "\(resumed.errors)")
    #expect(try RunContents(cut) == RunContents(whole))
    let again = try Program.run(["train", "--resume", cut])
    #expect(again.status == 0)
    #expect(again.errors.contains("nothing to resume"))
  }

  @Test(arguments: [
    ["--preset", "joint"], ["--preset", "rotation"], ["--preset", "four-coordinates"],
    ["--preset", "fashion-mnist", "--half"], ["--preset", "article", "--interpolation", "nearest"],
    ["--recipe", "joint", "--coordinates", "rotation:45, shift-x:3.7, scale:0.7..1.3, free:3"],
  ])
  func everyRecipeIsResumed(options: [String]) throws {
    let (data, output) = (try SmallDataset(training: 1000), try TemporaryFolder())
    let (whole, cut) = ("\(output.path)/whole", "\(output.path)/cut")
    let epochs = options.contains("article") ? "14,14,14" : "40"
    let arguments =
      ["--data", data.path, "--epochs", epochs, "--hidden", "16,8", "--held-out", "16", "--batch-size", "32"]
      + options
    #expect(try Program.run(["train"] + arguments + ["--output", whole]).status == 0)
    _ = try kill(arguments, in: cut) { $0.progress.steps > 30 }
    // The same options with --resume do not contradict the run.
    let resumed = try Program.run(["train", "--resume", cut] + arguments)
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(try RunContents(cut) == RunContents(whole))
  }

  /// A closed terminal may send several hang-ups.
  @Test(arguments: [(SIGINT, 1), (SIGTERM, 1), (SIGHUP, 1), (SIGHUP, 4)])
  func aSignalLeavesTheWeightsAndACheckpointOfTheLastStep(signal: Int32, times: Int) throws {
    let (data, output) = (try SmallDataset(training: Self.imageCount), try TemporaryFolder())
    let (whole, cut) = ("\(output.path)/whole", "\(output.path)/cut")
    let arguments = ["--data", data.path] + Self.short
    #expect(try Program.run(["train"] + arguments + ["--output", whole]).status == 0)
    let process = try TrainingProcess(arguments + ["--name-checkpoints", "--output", cut])
    #expect(process.wait { process.errors.contains("epoch 2/8") })
    for _ in 0..<times {
      process.send(signal)
      usleep(1000)
    }
    #expect(process.waitForEnd() == 128 + signal)
    #expect(process.errors.contains("latent-explorer train --resume \(cut)"))
    let newest = try #require(CheckpointFolder("\(cut)/checkpoints").read().newest)
    let model = try ModelFile.read("\(cut)/model.safetensors")
    #expect(model.weights.sorted { $0.name < $1.name } == newest.state.weights.sorted { $0.name < $1.name })
    #expect(try Program.run(["train", "--resume", cut]).status == 0)
    #expect(try RunContents(cut) == RunContents(whole))
  }

  /// A run that was interrupted after two epochs, for tests of errors.
  private func interruptedRun(_ data: SmallDataset, in folder: String) throws {
    _ = try kill(["--data", data.path, "--seed", "3"] + Self.short, in: folder) { $0.progress.steps > 800 }
  }

  @Test func optionsThatContradictTheRunAreRefused() throws {
    let (data, output) = (try SmallDataset(training: Self.imageCount), try TemporaryFolder())
    let run = "\(output.path)/run"
    try interruptedRun(data, in: run)
    let before = CheckpointFolder("\(run)/checkpoints").steps
    for (options, word) in [
      (["--seed", "4"], "--seed"), (["--held-out", "17"], "--held-out"), (["--half"], "--half"),
      (["--output", output.path], "--output"), (["--epochs", "4,4,5"], "--epochs"),
      (["--batch-size", "2"], "--batch-size"), (["--learning-rate", "0.1"], "--learning-rate"),
      (["--recipe", "joint"], "--recipe"), (["--preset", "rotation"], "--preset"),
      (["--preset", "article"], "--preset"), (["--hidden", "16"], "--hidden"),
      (["--coordinates", "rotation, free:6"], "--coordinates"), (["--decoder", "warp"], "--decoder"),
      (["--freeze-backbone"], "--freeze-backbone"), (["--coordinate-weight", "2"], "--coordinate-weight"),
      (["--coordinate-loss", "chord"], "--coordinate-loss"), (["--jitter", "0.1"], "--jitter"),
      (["--schedule", "one-cycle"], "--schedule"), (["--weight-decay", "0.1"], "--weight-decay"),
      (["--interpolation", "nearest"], "--interpolation"), (["--phases", "1,2"], "--phases"),
      (["--data", "no-such-set"], "no-such-set"), (["--data", "digits"], "60000"),
    ] {
      let outcome = try Program.run(["train", "--resume", run] + options)
      #expect(outcome.status == 1, "\(options)")
      #expect(outcome.errors.contains(word), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    }
    for options in [["--overwrite"], ["--model", "article"]] {
      #expect(try Program.run(["train", "--resume", run] + options).status == 64)
    }
    // None of this has changed the run, and an option that agrees with the run is accepted.
    #expect(CheckpointFolder("\(run)/checkpoints").steps == before)
    let agreed = ["--seed", "3", "--held-out", "16", "--epochs", "8,8,8", "--output", "\(run)/."]
    #expect(try Program.run(["train", "--resume", run] + agreed).status == 0)
  }

  @Test func otherDataAreRefused() throws {
    let (data, other) = (
      try SmallDataset(training: Self.imageCount), try SmallDataset(training: Self.imageCount)
    )
    let output = try TemporaryFolder()
    let run = "\(output.path)/run"
    try interruptedRun(data, in: run)
    // One pixel of one image.
    var images = try Data(contentsOf: URL(fileURLWithPath: "\(other.path)/train-images-idx3-ubyte"))
    images[images.count - 5] ^= 1
    try images.write(to: URL(fileURLWithPath: "\(other.path)/train-images-idx3-ubyte"))
    let refused = try Program.run(["train", "--resume", run, "--data", other.path])
    #expect(refused.status == 1)
    #expect(refused.errors.contains("data differ"))
    let fewer = try SmallDataset(training: Self.imageCount - 1)
    #expect(
      try Program.run(["train", "--resume", run, "--data", fewer.path]).errors.contains(
        "\(Self.imageCount - 1)"))
    // The same images in another folder.
    let moved = try SmallDataset(training: Self.imageCount)
    try FileManager.default.removeItem(atPath: data.path)
    let lost = try Program.run(["train", "--resume", run])
    #expect(lost.status == 1)
    #expect(lost.errors.contains("--data"))
    #expect(try Program.run(["train", "--resume", run, "--data", moved.path]).status == 0)
  }

  @Test func aDamagedNewestCheckpointIsReplacedByTheOneBefore() throws {
    let (data, output) = (try SmallDataset(training: Self.imageCount), try TemporaryFolder())
    let (whole, run) = ("\(output.path)/whole", "\(output.path)/run")
    #expect(
      try Program.run(["train", "--data", data.path, "--seed", "3", "--output", whole] + Self.short).status
        == 0)
    try interruptedRun(data, in: run)
    let folder = CheckpointFolder("\(run)/checkpoints")
    let newest = folder.filePath(steps: try #require(folder.steps.first))
    var bytes = try Data(contentsOf: URL(fileURLWithPath: newest))
    bytes[bytes.count - 9] ^= 0x10
    try bytes.write(to: URL(fileURLWithPath: newest))
    let resumed = try Program.run(["train", "--resume", run])
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(resumed.errors.hasPrefix("warning: \(newest)"), "\(resumed.errors)")
    #expect(try RunContents(run) == RunContents(whole))
    #expect(!folder.steps.contains(folder.steps.first! + 1) && folder.read().faults.isEmpty)
  }

  @Test func missingCheckpointsAreErrors() throws {
    let output = try TemporaryFolder()
    let nothing = try Program.run(["train", "--resume", output.path])
    #expect(nothing.status == 1)
    #expect(nothing.errors.contains("no checkpoint"))
    let folder = CheckpointFolder(output.path + "/checkpoints")
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try Data("{}".utf8).write(to: URL(fileURLWithPath: folder.filePath(steps: 7)))
    let broken = try Program.run(["train", "--resume", output.path])
    #expect(broken.status == 1)
    #expect(broken.errors.contains("step-000000007"))
  }

  @Test func twoProcessesDoNotTrainIntoOneFolder() throws {
    let (data, output) = (try SmallDataset(training: Self.imageCount), try TemporaryFolder())
    let long = ["--data", data.path, "--recipe", "article", "--epochs", "9999,1,1", "--hidden", "16,8"]
    let process = try TrainingProcess(
      long + ["--held-out", "16", "--batch-size", "8", "--output", "\(output.path)/run"])
    #expect(process.wait { process.errors.contains("epoch 2/") })
    let second = try Program.run(["train", "--resume", "\(output.path)/run"])
    #expect(second.status == 1)
    #expect(second.errors.contains("another process"))
    #expect(process.isRunning)
  }
}
