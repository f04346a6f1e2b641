import Checkpoints
import Foundation
import TestSupport
import Testing

/// Files of an early build, which every later one must open.
@Suite struct CompatibilityTests {
  private static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Compatibility").path

  private static func path(_ name: String) -> String { "\(folder)/\(name)" }

  private static func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
  }

  private static let models = [
    "completed/model.safetensors", "completed/model-phase-2.safetensors",
    "interrupted/model-phase-1.safetensors", "staged-warp.safetensors",
  ]

  private static let checkpoints = [
    "interrupted/checkpoints/step-000000048.safetensors",
    "interrupted/checkpoints/step-000000052.safetensors", "staged-warp-checkpoint.safetensors",
  ]

  /// A file that is written again unchanged has been read completely.
  @Test(arguments: models) func modelsRoundTripToTheSameBytes(name: String) throws {
    let folder = try TemporaryFolder()
    try ModelFile.write(try ModelFile.read(Self.path(name)), to: "\(folder.path)/again")
    #expect(try Self.bytes("\(folder.path)/again") == Self.bytes(Self.path(name)))
  }

  @Test func modelsOf16BitsRoundTripToTheSameBytes() throws {
    let folder = try TemporaryFolder()
    let model = try ModelFile.read(Self.path("half.safetensors"))
    try ModelFile.write(model, to: "\(folder.path)/again", storage: .float16)
    #expect(try Self.bytes("\(folder.path)/again") == Self.bytes(Self.path("half.safetensors")))
  }

  @Test(arguments: checkpoints) func checkpointsRoundTripToTheSameBytes(name: String) throws {
    let folder = try TemporaryFolder()
    try CheckpointFile.write(try CheckpointFile.read(Self.path(name)), to: "\(folder.path)/again")
    #expect(try Self.bytes("\(folder.path)/again") == Self.bytes(Self.path(name)))
  }

  /// Resumed runs do not train on images that they held out.
  @Test(arguments: checkpoints) func checkpointsHoldOutTheImagesThatTheyDid(name: String) throws {
    #expect(try CheckpointFile.read(Self.path(name)).state.configuration.ordersHeldOut == false)
  }

  @Test func metadataKeepTheirMeaning() throws {
    let model = try ModelFile.read(Self.path("staged-warp.safetensors"))
    let architecture = model.architecture
    #expect("\(architecture.schema)" == "rotation, shift-x:3, shift-y:3, scale:0.8..1.2, free:2")
    #expect(architecture.hidden == [3])
    #expect(architecture.encoderKind == .staged && architecture.decoderKind == .warp)
    #expect(model.details.seed == 5 && model.details.data == "digits")
    let recipe = try #require(model.details.recipe)
    #expect(recipe.name == "joint" && recipe.phases.map(\.epochs) == [3] && recipe.batchSize == 256)
    #expect(model.details.statistics.map(\.mean) == [0.12333543183207511, -1.5206578934311867])
    let readings = model.details.encoderOutputs
    #expect(readings.count == 100)
    #expect(readings.first?.label == 7 && readings.first?.latents == [0.17284378, -1.4428388])
    #expect(readings.first?.values.first == 2.0257712683557285)
  }

  @Test func aCheckpointShowsItsPosition() throws {
    let checkpoint = try CheckpointFile.read(Self.path(Self.checkpoints[1]))
    let position = checkpoint.state.position
    #expect(position.phase == 1 && position.epoch == 1 && position.batch == 4)
    #expect(checkpoint.progress.steps == 52 && checkpoint.progress.metricsLines == 3)
    #expect(checkpoint.state.configuration.recipe.phases.map(\.epochs) == [2, 2, 2])
    #expect(checkpoint.state.configuration.seed == 3 && checkpoint.state.configuration.heldOutCount == 58000)
    #expect(checkpoint.run.dataSource == "digits" && checkpoint.run.data.trainingCount == 60000)
  }

  @Test(arguments: ["half", "staged-warp"]) func inspectPrintsTheSameReport(name: String) throws {
    let outcome = try Program.run(["inspect", "--json", Self.path("\(name).safetensors")])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let now = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.outputBytes)) as? [String: NSObject])
    let before = try #require(
      try JSONSerialization.jsonObject(with: Self.bytes(Self.path("\(name).json"))) as? [String: NSObject])
    #expect(before.count > 8)
    for (key, value) in before { #expect(now[key] == value, "\(key)") }
  }

  /// The bytes are those of the early build with the same kernels.
  @Test func anInterruptedRunEndsInTheSameBytes() throws {
    let folder = try TemporaryFolder()
    let (run, expected) = ("\(folder.path)/run", "\(folder.path)/expected")
    try FileManager.default.copyItem(atPath: Self.path("interrupted"), toPath: run)
    try FileManager.default.copyItem(atPath: Self.path("completed"), toPath: expected)
    for (source, name) in [("interrupted", "phase-1"), ("completed", "phase-3")] {
      let file = name == "phase-3" ? "model.safetensors" : "model-\(name).safetensors"
      try FileManager.default.copyItem(
        atPath: Self.path("\(source)/\(file)"), toPath: "\(expected)/model-\(name).safetensors")
    }
    let resumed = try Program.run(
      ["train", "--resume", run], environment: ["LATENT_EXPLORER_KERNELS": "baseline"])
    #expect(resumed.status == 0, "\(resumed.errors)")
    let (ended, uninterrupted) = (try RunContents(run), try RunContents(expected))
    #if arch(x86_64)
      #expect(ended == uninterrupted)
    #else
      // Other processors round differently.
      #expect(ended.models.keys.sorted() == uninterrupted.models.keys.sorted())
      #expect(ended.metrics.map { $0.keys.sorted() } == uninterrupted.metrics.map { $0.keys.sorted() })
    #endif
  }

  @Test func latentsAreDecodedFromBothFormats() throws {
    let folder = try TemporaryFolder()
    for format in ["csv", "npy"] {
      let outcome = try Program.run([
        "decode", "--model", Self.path("staged-warp.safetensors"), Self.path("latents.\(format)"), "-o",
        "\(folder.path)/\(format).npy",
      ])
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let images = try Self.bytes("\(folder.path)/csv.npy")
    #expect(images.count > 3 * 784)
    #expect(try Self.bytes("\(folder.path)/npy.npy") == images)
  }

  /// State lines with the keys that lead to their screens.
  @Test(arguments: [
    (0, "half.safetensors", "n*2 Down Right*3 Down Left*12 Down Down L Down u k v"),
    (1, "completed/model.safetensors", "Right*9 n"),
    (
      2, "staged-warp.safetensors",
      "c 7 Enter n n [ Down Right*3 Down Down Left*2 Down Right*4 v v i } } Tab z"
    ),
  ]) func aStateLineRestoresItsScreen(index: Int, model: String, keys: String) throws {
    let lines = try String(contentsOfFile: Self.path("state.txt"), encoding: .utf8).split(separator: "\n")
    let line = String(lines[index])
    func screen(_ arguments: [String]) throws -> String {
      let outcome = try Program.run(
        ["screen", "--size", "400x40"] + arguments,
        environment: ["LATENT_EXPLORER_KERNELS": "baseline"], in: Self.folder)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      return outcome.output
    }
    #expect(try screen(["--state", line, "--keys", "S"]).contains("--state '\(line)'"))
    let restored = try screen(["--state", line])
    #expect(restored.contains("sample \(["5", "4", "22"][index]) "))
    #if arch(x86_64)
      let led = try screen(["--model", model, "--data", "digits", "--keys", keys])
      // The message of the last key is not part of the state.
      #expect(restored.split(separator: "\n").dropLast(2) == led.split(separator: "\n").dropLast(2))
    #endif
  }
}
