import Checkpoints
import Foundation
import Networks
import TestSupport
import Testing

/// `train` with small networks on few images: its files, and that the same call gives the same bytes.
@Suite struct TrainCommandTests {
  private static let modelNames = [
    "model-phase-1.safetensors", "model-phase-2.safetensors", "model-phase-3.safetensors",
    "model.safetensors",
  ]

  private func train(_ data: SmallDataset, to folder: String, _ extra: String...) throws -> Program.Outcome {
    try Self.run(
      ["--data", data.path, "--epochs", "1,1,1", "--held-out", "16", "--batch-size", "32"]
        + (extra.contains("--model") ? [] : ["--hidden", "16,8"]) + ["--output", folder] + extra)
  }

  private static func run(_ arguments: [String]) throws -> Program.Outcome {
    try Program.run(["train", "--recipe", "article"] + arguments)
  }

  private func bytes(_ folder: String, _ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  private func weights(_ folder: String, _ name: String) throws -> [String: NamedTensor] {
    let model = try ModelFile.read("\(folder)/\(name)")
    return Dictionary(uniqueKeysWithValues: model.weights.map { ($0.name, $0) })
  }

  private func metrics(_ folder: String) throws -> [[String: Any]] {
    let text = try String(contentsOfFile: "\(folder)/metrics.jsonl", encoding: .utf8)
    #expect(text.hasSuffix("\n"))
    return try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test func theBuiltInDigitsAreTrainedInThreePhases() throws {
    let output = try TemporaryFolder()
    let folder = "\(output.path)/new/run"
    let outcome = try Self.run([
      "--data", "digits", "--epochs", "1,1,1", "--held-out", "59000", "--hidden", "16,8", "--batch-size",
      "64", "--output", folder,
    ])
    #expect(outcome.status == 0)
    #expect(outcome.output.isEmpty)
    // Without a terminal, progress is plain lines.
    #expect(outcome.errors.utf8.allSatisfy { $0 == 0x0A || $0 >= 0x20 })
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.map { $0.prefix(7) } == ["phase 1", "phase 2", "phase 3", "wrote \(folder.prefix(1))"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        == ["checkpoints", "metrics.jsonl"] + Self.modelNames)
    let metrics = try metrics(folder)
    #expect(metrics.map { $0["phase"] as? Int } == [1, 2, 3])
    #expect(metrics.map { $0["epoch"] as? Int } == [1, 1, 1])
    // 1,000 images are 16 batches of 64.
    #expect(metrics.map { $0["step"] as? Int } == [16, 32, 48])
    let model = try ModelFile.read("\(folder)/model.safetensors")
    #expect(model.architecture.hidden == [16, 8])
    #expect(model.details.data == "digits")
    #expect(model.details.recipe?.phases.map(\.epochs) == [1, 1, 1])
    #expect(model.details.encoderOutputs.count == 100)
  }

  @Test func everyLineOfTheMetricsHasTheSameKeys() throws {
    let (data, output) = (try SmallDataset(training: 112), try TemporaryFolder())
    let outcome = try train(data, to: output.path, "--batch-size", "1", "--held-out", "5")
    #expect(outcome.status == 0)
    let metrics = try metrics(output.path)
    // 107 steps an epoch: a line at its end, and one every 100 steps.
    #expect(metrics.map { $0["step"] as? Int } == [100, 107, 200, 214, 300, 321])
    let keys = [
      "epoch", "held_out_loss", "images_per_second", "loss", "phase", "reconstruction_loss", "rotation_loss",
      "seconds", "stage_loss", "step",
    ]
    for line in metrics {
      #expect(line.keys.sorted() == keys)
      let loss = try #require(line["loss"] as? Double)
      let reconstruction = try #require(line["reconstruction_loss"] as? Double)
      let rotation = try #require(line["rotation_loss"] as? Double)
      #expect(loss > 0 && abs(loss - reconstruction - rotation) < 1e-6)
      #expect((rotation > 0) == (line["phase"] as? Int == 3))
      #expect(line["stage_loss"] as? Double == 0)
      #expect(try #require(line["images_per_second"] as? Double) > 0)
      #expect(try #require(line["seconds"] as? Double) >= 0)
    }
    // Held-out images are measured only at the end of an epoch.
    #expect(metrics.map { $0["held_out_loss"] is Double } == [false, true, false, true, false, true])
    #expect(metrics.map { $0["held_out_loss"] is NSNull } == [true, false, true, false, true, false])
  }

  @Test func withoutHeldOutImagesThereIsNoHeldOutLoss() throws {
    let (data, output) = (try SmallDataset(), try TemporaryFolder())
    #expect(try train(data, to: output.path, "--held-out", "0").status == 0)
    #expect(try metrics(output.path).map { $0["held_out_loss"] is NSNull } == [true, true, true])
  }

  @Test func anyNumberOfThreadsGivesTheSameBytes() throws {
    let data = try SmallDataset()
    let folders = try (1...4).map { _ in try TemporaryFolder() }
    for (index, folder) in folders.enumerated() {
      #expect(try train(data, to: folder.path, "--threads", "\(index + 1)").status == 0)
    }
    for name in Self.modelNames {
      let expected = try bytes(folders[0].path, name)
      for (index, folder) in folders.enumerated() {
        #expect(try bytes(folder.path, name) == expected, "\(name) with \(index + 1) threads")
      }
    }
    let other = try TemporaryFolder()
    #expect(try train(data, to: other.path, "--seed", "7").status == 0)
    #expect(try bytes(other.path, "model.safetensors") != bytes(folders[0].path, "model.safetensors"))
  }

  @Test func phase3AloneStartsFromPhase2() throws {
    let (data, whole, alone) = (try SmallDataset(), try TemporaryFolder(), try TemporaryFolder())
    #expect(try train(data, to: whole.path).status == 0)
    let start = "\(whole.path)/model-phase-2.safetensors"
    #expect(try train(data, to: alone.path, "--phases", "3", "--model", start).status == 0)
    #expect(
      try alone.fileNames() == [
        "checkpoints", "metrics.jsonl", "model-phase-3.safetensors", "model.safetensors",
      ])
    #expect(try metrics(alone.path).map { $0["phase"] as? Int } == [3])
    // The random numbers of a phase do not depend on earlier phases.
    let expected = try weights(whole.path, "model.safetensors")
    #expect(try weights(alone.path, "model.safetensors") == expected)
    // Phase 3 does not change the decoder.
    let before = try weights(whole.path, "model-phase-2.safetensors")
    let changed = expected.filter { before[$0.key] != $0.value }.keys
    #expect(changed.sorted() == before.keys.filter { !$0.hasPrefix("decoder") }.sorted())
  }

  @Test func frozenLayersAreUnchanged() throws {
    let (data, whole, alone) = (try SmallDataset(), try TemporaryFolder(), try TemporaryFolder())
    #expect(try train(data, to: whole.path, "--phases", "1,2").status == 0)
    let start = "\(whole.path)/model-phase-2.safetensors"
    #expect(
      try train(
        data, to: alone.path, "--phases", "3", "--model", start, "--freeze-backbone", "--freeze-latent-head"
      ).status == 0)
    let (before, after) = (
      try weights(whole.path, "model.safetensors"), try weights(alone.path, "model.safetensors")
    )
    #expect(
      after.filter { before[$0.key] != $0.value }.keys.sorted() == ["head_rot.fc.bias", "head_rot.fc.weight"])
  }

  @Test func theJointRecipeIsOnePhase() throws {
    let (data, output) = (try SmallDataset(), try TemporaryFolder())
    func train(_ recipe: String..., to folder: String) throws -> Program.Outcome {
      try Program.run(
        ["train", "--data", data.path, "--epochs", "1", "--held-out", "16", "--batch-size", "32"]
          + recipe + ["--hidden", "16,8", "--output", folder])
    }
    let direct = try train("--recipe", "joint", to: "\(output.path)/direct")
    #expect(direct.status == 0, "\(direct.errors)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(output.path)/direct").sorted()
        == ["checkpoints", "metrics.jsonl", "model-phase-1.safetensors", "model.safetensors"])
    // 80 images are three batches of 32.
    #expect(try metrics("\(output.path)/direct").map { $0["step"] as? Int } == [3])
    let directModel = try ModelFile.read("\(output.path)/direct/model.safetensors")
    #expect(directModel.architecture == NetworkArchitecture(schema: .article, hidden: [16, 8]))

    let staged = try train(
      "--recipe", "joint", "--encoder", "staged", "--decoder", "warp", "--coordinates",
      "rotation, shift-x:4, free:3", to: "\(output.path)/staged")
    #expect(staged.status == 0, "\(staged.errors)")
    let line = try #require(try metrics("\(output.path)/staged").first)
    #expect(try #require(line["stage_loss"] as? Double) > 0)
    let preset = try train("--preset", "four-coordinates", to: "\(output.path)/preset")
    #expect(preset.status == 0, "\(preset.errors)")
    let presetModel = try ModelFile.read("\(output.path)/preset/model.safetensors")
    #expect(presetModel.architecture.schema.typed.count == 4)
    #expect(presetModel.architecture.hidden == [16, 8])
    #expect(presetModel.details.recipe?.phases.map(\.epochs) == [1])
    #expect(presetModel.details.recipe?.batchSize == 32)

    for (name, words) in [
      ("direct", ["rotation, free:5", "recipe       joint", "head_rot.fc.weight"]),
      (
        "staged", ["rotation, shift-x:4, free:3", "recipe       joint", "locator.0.weight", "compass.4.bias"]
      ),
      ("preset", ["recipe       joint", "head_residual.weight"]),
    ] {
      let inspected = try Program.run(["inspect", "\(output.path)/\(name)/model.safetensors"])
      #expect(inspected.status == 0)
      for word in words { #expect(inspected.output.contains(word), "\(inspected.output)") }
    }
  }

  @Test(
    arguments: [
      (["--epochs", "1,2"], "--epochs"),
      (["--recipe", "joint", "--epochs", "1,2"], "--epochs"),
      (["--recipe", "joint", "--phases", "1"], "--phases"),
      (["--preset", "rotation", "--phases", "1"], "--phases"),
      (["--preset", "rotation", "--epochs", "1,2,3"], "--epochs"),
      (["--preset", "no-such-preset"], "no-such-preset"),
      (["--recipe", "joint", "--jitter", "2"], "--jitter"),
      (["--recipe", "joint", "--jitter", "-0.1"], "--jitter"),
      (["--recipe", "joint", "--weight-decay", "-1"], "--weight-decay"),
      (["--recipe", "joint", "--upright-share", "0.6", "--own-code-share", "0.5"], "--upright-share"),
      (["--recipe", "joint", "--encoder", "sideways"], "sideways"),
      (["--recipe", "joint", "--freeze-backbone"], "--freeze-backbone"),
      (["--recipe", "joint", "--batch-size", "31"], "--batch-size"),
      (["--recipe", "article", "--compass-weight", "1"], "--compass-weight"),
      (["--recipe", "article", "--upright-share", "0.1"], "--upright-share"),
      (["--preset", "rotation", "--model", "article"], "--model"),
      (["--recipe", "article", "--encoder", "staged"], "--recipe joint"),
      (["--preset", "rotation", "--recipe", "article"], "--recipe joint"),
      (["--recipe", "joint", "--compass-weight", "1"], "compass"),
      (["--preset", "rotation", "--locator-weight", "1"], "locator"),
      (["--recipe", "joint", "--coordinates", "spin, free:2"], "--coordinates"),
    ] as [([String], String)])
  func aWrongCommandLineIsAUsageError(options: [String], word: String) throws {
    let output = try TemporaryFolder()
    let outcome = try Program.run(
      ["train", "--data", "digits", "--output", "\(output.path)/run"] + options)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(word), "\(outcome.errors)")
    #expect(try output.fileNames().isEmpty)
  }

  @Test func anEarlierRunIsKept() throws {
    let (data, output) = (try SmallDataset(), try TemporaryFolder())
    #expect(try train(data, to: output.path).status == 0)
    let (model, log) = (
      try bytes(output.path, "model.safetensors"), try bytes(output.path, "metrics.jsonl")
    )
    let refused = try train(data, to: output.path, "--seed", "2")
    #expect(refused.status == 1)
    #expect(refused.output.isEmpty)
    #expect(refused.errors.contains(output.path) && refused.errors.contains("--overwrite"))
    #expect(try bytes(output.path, "model.safetensors") == model)
    #expect(try bytes(output.path, "metrics.jsonl") == log)
    #expect(try train(data, to: output.path, "--seed", "2", "--overwrite").status == 0)
    #expect(try bytes(output.path, "model.safetensors") != model)
  }

  @Test func aRunThatCannotStartLeavesNoFolder() throws {
    let output = try TemporaryFolder()
    let outcome = try Self.run(["--data", "no-such-set", "--output", "\(output.path)/run"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("no-such-set"))
    #expect(try output.fileNames().isEmpty)
  }
}
