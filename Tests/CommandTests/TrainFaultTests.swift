import Checkpoints
import Foundation
import Networks
import TestSupport
import Testing

/// `train` with a full disk, removed files and folders, and numbers that overflow.
@Suite struct TrainFaultTests {
  private func arguments(
    _ data: SmallDataset, epochs: String = "4,4,4", hidden: String = "16,8", heldOut: Int = 16
  ) -> [String] {
    [
      "--data", data.path, "--recipe", "article", "--epochs", epochs, "--hidden", hidden, "--held-out",
      "\(heldOut)", "--batch-size", "1",
    ]
  }

  private func occurrences(of word: String, in text: String) -> Int {
    text.components(separatedBy: word).count - 1
  }

  /// The first checkpoint, without moments, fits; those during a phase do not.
  @Test func aDiskThatIsTooSmallForCheckpointsDoesNotStopTheRun() throws {
    let (data, output) = (try SmallDataset(), try TemporaryFolder())
    let (whole, run) = ("\(output.path)/whole", "\(output.path)/run")
    #expect(try Program.run(["train"] + arguments(data) + ["--output", whole]).status == 0)
    let process = try TrainingProcess(arguments(data) + ["--output", run], largestFile: 200)
    #expect(process.waitForEnd() == 0, "\(process.errors)")
    // Reported when it happens, and at the end.
    #expect(occurrences(of: "training continues: ", in: process.errors) == 1, "\(process.errors)")
    #expect(process.errors.contains("times in all"))
    #expect(try RunContents(run) == RunContents(whole))
    let contents = CheckpointFolder("\(run)/checkpoints").read()
    #expect(contents.faults.isEmpty && contents.newest != nil)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(run)/checkpoints")
        .allSatisfy { $0.hasPrefix("step-") })
  }

  /// A run that could not save anything does not start, and does not remove an earlier one.
  @Test func aDiskThatIsFullFromTheStartLeavesTheEarlierRunAlone() throws {
    let (data, output) = (try SmallDataset(), try TemporaryFolder())
    let run = "\(output.path)/run"
    #expect(try Program.run(["train"] + arguments(data) + ["--output", run]).status == 0)
    let before = try RunContents(run)
    let process = try TrainingProcess(
      arguments(data) + ["--output", run, "--overwrite", "--seed", "9"], largestFile: 16)
    #expect(process.waitForEnd() == 1)
    #expect(process.errors.contains("step-000000000.safetensors: cannot write"), "\(process.errors)")
    #expect(try RunContents(run) == before)
    #expect(try Program.run(["train", "--resume", run]).errors.contains("nothing to resume"))
  }

  @Test func metricsThatDoNotFitDoNotStopTheRun() throws {
    let (data, output) = (try SmallDataset(training: 20), try TemporaryFolder())
    let run = "\(output.path)/run"
    let process = try TrainingProcess(
      arguments(data, epochs: "200,1,1", hidden: "1,1", heldOut: 12) + ["--output", run], largestFile: 30)
    #expect(process.waitForEnd() == 0, "\(process.errors)")
    #expect(occurrences(of: "metrics could not be written, training", in: process.errors) == 1)
    #expect(process.errors.contains("in all"))
    // Whole lines, until the disk was full.
    let metrics = try RunContents(run).metrics
    #expect((50..<202).contains(metrics.count))
    let steps = metrics.compactMap { $0["step"] ?? nil }
    #expect(steps.count == metrics.count && steps == steps.sorted() && Set(steps).count == steps.count)
    #expect(steps.filter { $0.truncatingRemainder(dividingBy: 8) == 0 }.last.map { $0 / 8 } ?? 0 >= 100)
    _ = try ModelFile.read("\(run)/model.safetensors")
  }

  @Test func finalWeightsThatCannotBeWrittenAreAFailure() throws {
    let (data, output) = (try SmallDataset(), try TemporaryFolder())
    let (whole, run) = ("\(output.path)/whole", "\(output.path)/run")
    #expect(try Program.run(["train"] + arguments(data) + ["--output", whole]).status == 0)
    let process = try TrainingProcess(arguments(data) + ["--output", run])
    #expect(process.wait { process.errors.contains("epoch 1/4") })
    for name in ["model.safetensors", "model-phase-3.safetensors"] {
      try FileManager.default.createDirectory(
        atPath: "\(run)/\(name)", withIntermediateDirectories: false)
    }
    #expect(process.waitForEnd() == 1)
    #expect(process.errors.contains("the final weights could not be written"), "\(process.errors)")
    #expect(process.errors.contains("the weights after a phase could not be written"))
    // Nothing is lost: the last steps are repeated.
    for name in ["model.safetensors", "model-phase-3.safetensors"] {
      try FileManager.default.removeItem(atPath: "\(run)/\(name)")
    }
    #expect(try Program.run(["train", "--resume", run]).status == 0)
    #expect(try RunContents(run) == RunContents(whole))
  }

  @Test func theFolderMayBeRemovedDuringTheRun() throws {
    let (data, output) = (try SmallDataset(), try TemporaryFolder())
    let (whole, run) = ("\(output.path)/whole", "\(output.path)/run")
    #expect(try Program.run(["train"] + arguments(data) + ["--output", whole]).status == 0)
    let process = try TrainingProcess(arguments(data) + ["--output", run])
    #expect(process.wait { process.errors.contains("epoch 1/4") })
    // A file that is being written may keep the folder briefly.
    while FileManager.default.fileExists(atPath: run) { try? FileManager.default.removeItem(atPath: run) }
    #expect(process.waitForEnd() == 0, "\(process.errors)")
    #expect(process.errors.contains("metrics.jsonl was removed"), "\(process.errors)")
    #expect(process.errors.contains("checkpoints could not be written"))
    // The metrics still in memory are written at the end.
    for name in ["model.safetensors", "model-phase-1.safetensors", "model-phase-3.safetensors"] {
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: "\(run)/\(name)"))
          == Data(contentsOf: URL(fileURLWithPath: "\(whole)/\(name)")), "\(name)")
    }
  }

  /// A model whose tensor `name` is filled with `value`.
  private func model(_ name: String, _ value: Float, in folder: String) throws -> String {
    var model = try ModelFile.read("\(folder)/model.safetensors")
    model.weights = model.weights.map { tensor in
      guard tensor.name == name else { return tensor }
      return NamedTensor(
        name: name, shape: tensor.shape, values: [Float](repeating: value, count: tensor.values.count))
    }
    let path = "\(folder)/start.safetensors"
    try ModelFile.write(model, to: path)
    return path
  }

  @Test func nonFiniteWeightsAreNotTrained() throws {
    let (data, output) = (try SmallDataset(), try TemporaryFolder())
    let (source, run) = ("\(output.path)/source", "\(output.path)/run")
    #expect(try Program.run(["train"] + arguments(data) + ["--output", source]).status == 0)
    #expect(try Program.run(["train"] + arguments(data) + ["--output", run]).status == 0)
    let before = try RunContents(run)
    let start = try model("decoder.2.bias", .nan, in: source)
    let common = [
      "train", "--data", data.path, "--recipe", "article", "--epochs", "1,1,1", "--held-out", "16",
      "--batch-size", "32", "--overwrite", "--output", run, "--model",
    ]
    let refused = try Program.run(common + [start])
    #expect(refused.status == 1)
    #expect(refused.errors.contains("decoder.2.bias"), "\(refused.errors)")
    #expect(try RunContents(run) == before)
    // Finite, but the first sums are not: the new run contains only its last finite weights.
    let huge = try model("head_latent.weight", 3e38, in: source)
    let diverged = try Program.run(common + [huge])
    #expect(diverged.status == 1)
    #expect(diverged.errors.contains("no longer a finite number in phase 1, epoch 1, batch 1"))
    #expect(diverged.errors.contains("last good weights"))
    #expect(try RunContents(run).metrics.isEmpty)
    #expect(Array(try RunContents(run).models.keys) == ["model.safetensors"])
    #expect(
      try ModelFile.read("\(run)/model.safetensors").weights == ModelFile.read(huge).weights)
  }

  @Test(arguments: [
    (["--learning-rate", "inf"], "--learning-rate"), (["--learning-rate", "nan"], "--learning-rate"),
    (["--learning-rate", "0"], "--learning-rate"), (["--learning-rate=-1"], "--learning-rate"),
    (["--learning-rate", "1e6"], "--learning-rate"), (["--weight-decay", "inf"], "--weight-decay"),
    (["--coordinate-weight", "inf"], "--coordinate-weight"), (["--batch-size", "0"], "--batch-size"),
    (["--batch-size", "99999999"], "--batch-size"), (["--epochs", "0,0,0"], "--epochs"),
    (["--epochs", "0,1,0", "--phases", "1,3"], "--epochs"), (["--epochs=-1,1,1"], "--epochs"),
    (["--threads", "0"], "--threads"), (["--threads", "1000"], "--threads"),
    (["--held-out=-1"], "--held-out"), (["--hidden", "9999"], "--hidden"),
    (["--hidden", "8192,8192"], "--hidden"), (["--checkpoint-every", "nan"], "--checkpoint-every"),
    (["--checkpoint-every=-1"], "--checkpoint-every"), (["--coordinates", "free:99999"], "--coordinates"),
  ])
  func absurdOptionsAreUsageErrors(options: [String], word: String) throws {
    let output = try TemporaryFolder()
    let outcome = try Program.run(
      ["train", "--data", "digits", "--recipe", "article", "--output", "\(output.path)/run"] + options)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(word), "\(outcome.errors)")
    #expect(try output.fileNames().isEmpty)
  }

  @Test func splitsThatDoNotFillABatchAreRefused() throws {
    let (data, output) = (try SmallDataset(training: 20), try TemporaryFolder())
    for options in [
      ["--held-out", "20", "--batch-size", "1"], ["--held-out", "99", "--batch-size", "1"],
      ["--held-out", "0", "--batch-size", "21"], ["--held-out", "10", "--batch-size", "11"],
    ] {
      let outcome = try Program.run(
        ["train", "--data", data.path, "--recipe", "article", "--output", "\(output.path)/run"] + options)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("20 training images"), "\(outcome.errors)")
    }
    #expect(try output.fileNames().isEmpty)
  }
}
