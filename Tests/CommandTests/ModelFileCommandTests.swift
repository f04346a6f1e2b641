import Checkpoints
import Foundation
import Networks
import PseudoTerminals
import TestSupport
import Testing
import Training

/// Model files that are damaged or written by other programs, in every command that opens one.
@Suite struct ModelFileCommandTests {
  private static let compatibility =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Compatibility").path
  private static let sound = "\(compatibility)/completed/model.safetensors"

  /// The commands that open `MODEL`.
  private static let commands = [
    "inspect MODEL", "inspect --json MODEL", "evaluate --quiet --data DATA --model MODEL",
    "decode --model MODEL LATENTS -o out.npy", "decode --model MODEL LATENTS -o out.png",
    "encode --model MODEL --data DATA -o out.csv", "render grid --data DATA --model MODEL -o out.png",
    "render turn --data DATA --model MODEL -o out.gif", "render map --data DATA --model MODEL -o out.svg",
    "screen --data DATA --model MODEL", "screen --state model=MODEL",
    "train --data DATA --recipe article --epochs 1,1,1 --held-out 16 --batch-size 32 --model MODEL --output out",
  ]

  private let folder: TemporaryFolder
  private let data: SmallDataset

  init() throws {
    (folder, data) = (try TemporaryFolder(), try SmallDataset())
    try folder.write(Array("rotation,z1,z2,z3,z4,z5\n0,0,0,0,0,0\n".utf8), to: "latents.csv")
  }

  private func run(_ command: String, model: String, input: [UInt8]? = nil) throws -> Program.Outcome {
    let words = ["MODEL": model, "DATA": data.path, "LATENTS": "latents.csv"]
    let arguments = command.split(separator: " ").map { word in
      words.reduce(String(word)) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
    }
    return try Program.run(arguments, in: folder.path, input: input)
  }

  /// The valid model's tensors after `change`, with the metadata `metadata`, as a file.
  private func model(
    _ metadata: [String: String] = [:], _ change: (inout NamedTensor) -> Void
  ) throws -> String {
    let file = try SafetensorsFile(path: Self.sound)
    let tensors = file.tensors.map { tensor in
      var tensor = tensor
      change(&tensor)
      return tensor
    }
    let bytes = try SafetensorsFile(tensors: tensors, metadata: metadata).encoded()
    return try folder.write(bytes, to: "model.safetensors")
  }

  @Test(arguments: commands) func weightsThatAreNotFiniteAreRefused(command: String) throws {
    let path = try model { tensor in
      if tensor.name == "decoder.0.bias" { tensor.values[1] = .nan }
      if tensor.name == "head_latent.weight" { tensor.values[0...2] = [.infinity, .nan, -.infinity] }
    }
    let before = try folder.fileNames()
    let outcome = try run(command, model: path)
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    let sentence = "values that are not finite in decoder.0.bias (1 of 2), head_latent.weight (3 of 10)"
    #expect(outcome.faults == "latent-explorer: \(path): \(sentence)\n")
    #expect(try folder.fileNames() == before)
  }

  @Test func standardInputIsCheckedLikeAFile() throws {
    let path = try model { tensor in if tensor.name == "decoder.0.bias" { tensor.values[1] = .nan } }
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let outcome = try run("inspect -", model: "", input: bytes)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("standard input: values that are not finite in decoder.0.bias (1 of 2)"))
  }

  @Test func theExplorerRefusesNonFiniteWeights() throws {
    let path = try model { tensor in if tensor.name == "decoder.0.bias" { tensor.values[0] = .infinity } }
    let terminal = try PseudoTerminal(
      [Program.path, "explore", "--data", data.path, "--model", path],
      environment: Program.environment(home: folder.path), width: 200, height: 30)
    #expect(try terminal.waitForExit() == .status(1))
    #expect(terminal.screen.text.contains("values that are not finite in decoder.0.bias (1 of 2)"))
    #expect(terminal.unrestored == [])
  }

  @Test func aRunIsNotResumedFromNonFiniteWeights() throws {
    let run = "\(folder.path)/run"
    try FileManager.default.copyItem(atPath: "\(Self.compatibility)/interrupted", toPath: run)
    for step in ["48", "52"] {
      let path = "\(run)/checkpoints/step-0000000\(step).safetensors"
      var checkpoint = try CheckpointFile.read(path)
      checkpoint.state.weights[0].values[0] = .nan
      try CheckpointFile.write(checkpoint, to: path)
    }
    let outcome = try Program.run(["train", "--resume", run])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("step-000000052.safetensors: values that are not finite in "))
    #expect(outcome.errors.contains("(1 of "))
  }

  @Test(arguments: commands) func metadataOfAnotherProgramAreIgnoredWithAWarning(command: String) throws {
    let metadata = ["recipe": "three phases", "encoder": "resnet", "training": "yes", "format": "pt"]
    let path = try model(metadata) { $0.name = "_orig_mod.module." + $0.name }
    let outcome = try run(command, model: path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let warning =
      "warning: \(path): metadata of another program are ignored: 'encoder', 'recipe', 'training'"
    let warnings = outcome.errors.split(separator: "\n").filter { String($0) == warning }
    #expect(warnings.count == 1, "\(outcome.errors)")
  }

  /// Archives and pickles as `torch.save` writes them; `check_exchange.py` runs the lines themselves.
  @Test(arguments: commands) func aFileOfPyTorchGetsTheLinesThatConvertIt(command: String) throws {
    for (name, bytes) in [
      ("a.pth", Array("PK\u{3}\u{4}\0\0\u{8}\u{8}".utf8) + [UInt8](repeating: 0, count: 100)),
      ("b.pt", [0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E]),
      ("c", [0x80, 4, 0x95, 1, 0, 0, 0, 0, 0]),
    ] as [(String, [UInt8])] {
      let path = try folder.write(bytes, to: name)
      let outcome = try run(command, model: path)
      #expect(outcome.status == 1 && outcome.output.isEmpty)
      let lines = outcome.faults.split(separator: "\n")
      try #require(lines.count == 4, "\(outcome.errors)")
      #expect(lines[0].hasPrefix("latent-explorer: \(path): not a safetensors file: "))
      #expect(lines[2].hasPrefix("  import torch") && lines[2].contains("torch.load(\"\(path)\","))
      #expect(lines[3].contains("d.get(\"model_state_dict\""))
      #expect(lines[3].hasSuffix("\"\(folder.path)/\(name.prefix(1)).safetensors\")"))
    }
  }

  @Test func aNameOfAnyKindIsWrittenAsPythonDoes() throws {
    let path = try folder.write(Array("PK\u{3}\u{4}\0\0\u{8}\u{8}".utf8), to: "a \"b\"\\\n\u{1B}é🙂.pth")
    let outcome = try Program.run(["inspect", path])
    #expect(outcome.status == 1)
    let name = #"a \"b\"\\\U0000000a\U0000001b\U000000e9\U0001f642.pth"#
    #expect(outcome.errors.contains("torch.load(\"\(folder.path)/\(name)\","), "\(outcome.errors)")
    #expect(!outcome.errors.contains("\u{1B}"))
  }

  @Test func aCheckpointShowsItsProgress() throws {
    let path = "\(Self.compatibility)/interrupted/checkpoints/step-000000052.safetensors"
    let text = try Program.run(["inspect", path]).output
    #expect(text.contains("article: autoencode 2 of 2, teach the decoder 1 of 2, teach the encoder 0 of 2\n"))
    #expect(text.contains("checkpoint   phase 2: 1 of 2 epochs and 4 batches, after 52 steps\n"))
    struct Report: Decodable {
      struct Phase: Decodable { var epochs, planned_epochs: Int }
      struct Recipe: Decodable { var phases: [Phase] }
      struct Checkpoint: Decodable { var phase, epochs, planned_epochs, batches, steps: Int }
      var recipe: Recipe
      var checkpoint: Checkpoint
    }
    let report = try JSONDecoder().decode(
      Report.self, from: Data(try Program.run(["inspect", "--json", path]).outputBytes))
    #expect(report.recipe.phases.map { $0.epochs } == [2, 1, 0])
    #expect(report.recipe.phases.map { $0.planned_epochs } == [2, 2, 2])
    let found = report.checkpoint
    #expect(found.phase == 2 && found.epochs == 1 && found.planned_epochs == 2)
    #expect(found.batches == 4 && found.steps == 52)
    // A model's epochs are those of its training.
    let model = try Program.run(["inspect", Self.sound]).output
    #expect(model.contains("article: autoencode 2, teach the decoder 2, teach the encoder 2\n"))
    #expect(!model.contains("checkpoint"))
  }

  @Test func aCheckpointAtAnyPositionShowsIt() throws {
    let source = "\(Self.compatibility)/interrupted/checkpoints/step-000000052.safetensors"
    for (phase, epoch, batch, expected) in [
      (0, 0, 0, "phase 1: 0 of 2 epochs, after 52 steps"), (0, 1, 1, "phase 1: 1 of 2 epochs and 1 batch, "),
      (1, 0, 0, "phase 2: 0 of 2 epochs, after"), (3, 0, 0, "all phases completed, after 52 steps"),
    ] {
      var checkpoint = try CheckpointFile.read(source)
      checkpoint.state.position = TrainingPosition(phase: phase, epoch: epoch, batch: batch)
      let path = "\(folder.path)/step.safetensors"
      try CheckpointFile.write(checkpoint, to: path)
      #expect(try Program.run(["inspect", path]).output.contains("checkpoint   \(expected)"))
    }
  }
}
