import Checkpoints
import Foundation
import Networks
import PseudoTerminals
import TestSupport
import Testing
import Training

/// Text with control sequences, in every place that shows external text.
enum NastyText {
  /// A title, a query, the bell, DEL, C1, a carriage return, and right-to-left overrides.
  static let text =
    "a\u{1B}]0;pwned\u{07}\u{1B}[6n\u{7F}\u{9B}2J\u{85}\r\u{08}\u{202E}\u{2066}\u{200F}\u{061C}\u{2028}b"

  /// Sequences that the program never writes; empty if there are none.
  static func found(in output: [UInt8], allowsEscape: Bool) -> [String] {
    let text = String(decoding: output, as: UTF8.self)
    let orders = ["\u{1B}]", "\u{1B}[6n", "\u{1B}[2Jb"].filter { text.contains($0) }
    let controls = text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x08, 0x09, 0x0A, 0x0D, 0x1B: !allowsEscape && ![0x09, 0x0A].contains(scalar.value)
      case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
      default: false
      }
    }
    return orders.map(\.debugDescription) + Set(controls.map { "U+" + String($0.value, radix: 16) }).sorted()
  }
}

/// A folder with such a name in every place: models, a run, data, drawings, and metadata of a model file.
private struct NastyPlaces {
  let folder: TemporaryFolder
  var home: String { "\(folder.path)/\(NastyText.text)" }
  var data: String { "\(folder.path)/data\(NastyText.text)" }
  /// A valid model with such a name and metadata.
  var model: String { "\(home)/latent-explorer/models/\(NastyText.text).safetensors" }
  /// A model with a tensor that no network has.
  var wrongModel: String { "\(home)/latent-explorer/models/wrong\(NastyText.text).safetensors" }
  var damaged: String { "\(folder.path)/damaged\(NastyText.text)" }

  /// A trained model of 4 hidden units.
  private static let trained = Result {
    let (small, run) = (try SmallDataset(), try TemporaryFolder())
    let outcome = try Program.run([
      "train", "--data", small.path, "--recipe", "article", "--epochs", "1,0,0", "--hidden", "4",
      "--held-out", "0", "--batch-size", "8", "--output", run.path,
    ])
    #expect(outcome.status == 0)
    return try ModelFile.read("\(run.path)/model.safetensors")
  }

  init() throws {
    folder = try TemporaryFolder()
    let files = FileManager.default
    let small = try SmallDataset()
    try files.copyItem(atPath: small.path, toPath: data)
    try files.copyItem(atPath: small.path, toPath: damaged)
    try Data([0, 0, 8, 3]).write(to: URL(fileURLWithPath: "\(damaged)/t10k-images-idx3-ubyte"))
    try files.createDirectory(atPath: "\(home)/latent-explorer/models", withIntermediateDirectories: true)
    try files.createDirectory(atPath: "\(home)/latent-explorer/drawings", withIntermediateDirectories: true)
    try Data("not an image".utf8).write(
      to: URL(fileURLWithPath: "\(home)/latent-explorer/drawings/\(NastyText.text).idx3-ubyte"))
    var trained = try Self.trained.get()
    trained.details.data = NastyText.text
    trained.details.recipe?.name = NastyText.text
    for index in trained.details.recipe?.phases.indices ?? 0..<0 {
      trained.details.recipe?.phases[index].name = NastyText.text
    }
    try ModelFile.write(trained, to: model)
    try SafetensorsFile(
      tensors: trained.weights.map { tensor in
        var tensor = tensor
        tensor.name += NastyText.text
        return tensor
      }, metadata: [:]
    ).write(to: wrongModel)
  }
}

@Suite struct NastyTextTests {
  /// Every command, with such a text in each place that it prints.
  @Test func noCommandPrintsControlSequences() throws {
    let places = try NastyPlaces()
    let text = NastyText.text
    let evaluate = ["evaluate", "--images", "4"]
    let train = [
      "train", "--recipe", "article", "--epochs", "1,1,1", "--hidden", "4", "--held-out", "0", "--batch-size",
      "8",
    ]
    let output = "\(places.folder.path)/out\(text)"
    let commands: [(place: String, arguments: [String], status: Int32)] = [
      ("name of a model file", ["inspect", places.model], 0),
      ("tensors of a model file", ["inspect", places.wrongModel], 1),
      ("no such file", ["inspect", text], 1),
      ("models, data and folders found", ["inspect"], 0),
      ("the same as JSON", ["inspect", "--json"], 0),
      ("evaluate", evaluate + ["--model", places.model, "--data", places.data], 0),
      ("evaluate as JSON", evaluate + ["--model", places.model, "--data", places.data, "--json"], 0),
      ("damaged data", evaluate + ["--model", places.model, "--data", places.damaged], 1),
      ("data without a name", evaluate + ["--model", "digits", "--data", text], 1),
      ("screen", ["screen", "--model", places.model, "--data", places.data], 0),
      ("list of models", ["screen", "--data", places.data, "--keys", "m"], 0),
      ("list of drawings", ["screen", "--data", places.data, "--keys", "D o"], 0),
      ("a drawing that is none", ["screen", "--data", places.data, "--keys", "D o Enter"], 1),
      ("line of the state", ["screen", "--model", places.model, "--data", places.data, "--keys", "S"], 0),
      ("state", ["screen", "--state", text], 64),
      ("model of a state", ["screen", "--state", "model=%1B%5D0;pwned%07"], 1),
      ("keys", ["screen", "--keys", text], 64),
      ("size", ["screen", "--size", text], 64),
      ("colours", ["screen", "--color", text], 64),
      ("option", ["--\(text)"], 64),
      ("command", [text], 64),
      ("training", train + ["--data", places.data, "--output", output], 0),
      ("a run that is there", train + ["--data", places.data, "--output", output], 1),
      ("a run that is finished", ["train", "--resume", output], 0),
      ("no run", ["train", "--resume", text], 1),
      (
        "start of a run",
        [
          "train", "--recipe", "article", "--phases", "3", "--data", places.data, "--model",
          places.wrongModel,
          "--output", "x",
        ], 1
      ),
      ("coordinates", train + ["--data", "digits", "--coordinates", text, "--output", "x"], 64),
      ("epochs", ["train", "--epochs", text], 64),
      ("set to fetch", ["fetch", text], 64),
      ("mirror", ["fetch", "mnist", "--mirror", text], 64),
      ("images to encode", ["encode", "--model", "digits", text, "--output", "a.csv"], 64),
      ("images that are none", ["encode", "--model", "digits", "\(text).npy", "--output", "a.csv"], 1),
      ("latents that are none", ["decode", "--model", "digits", "\(text).csv", "--output", "a.npy"], 1),
      ("no server", ["fetch", "mnist", "--mirror", "http://127.0.0.1:9/%1B%5D0;pwned%07"], 1),
    ]
    for command in commands {
      let outcome = try Program.run(
        command.arguments, environment: ["XDG_DATA_HOME": places.home, "XDG_STATE_HOME": places.home])
      #expect(outcome.status == command.status, "\(command.place): \(outcome.errors.debugDescription)")
      let all = Array((outcome.output + outcome.errors).utf8)
      #expect(!all.isEmpty, "\(command.place)")
      #expect(NastyText.found(in: all, allowsEscape: false) == [], "\(command.place)")
    }
  }

  @Test(arguments: ["TERM", "LC_ALL", "LATENT_EXPLORER_KERNELS", "XDG_DATA_HOME", "HOME", "NO_COLOR", "LANG"])
  func environmentVariablesAreEscaped(name: String) throws {
    for arguments in [["inspect"], ["inspect", "--json"], ["screen"]] {
      let outcome = try Program.run(arguments, environment: [name: "/" + NastyText.text])
      let all = Array((outcome.output + outcome.errors).utf8)
      #expect(NastyText.found(in: all, allowsEscape: false) == [])
    }
  }

  /// The explorer: title, lists, messages, errors, written files, the run, and its output at the end.
  @Test(arguments: [
    ("title and line of the state", "S", "this screen as a command", 0),
    ("list of models", "m", "pwned", 0), ("a model that is none", "mj", "pwned", 0),
    ("saving", "w", "wrote", 0), ("drawing", "D w", "wrote", 0), ("list of drawings", "Do", "pwned", 0),
    ("a drawing that is none", "Do\r", "pwned", 0), ("menu of training", "t", "Enter starts", 0),
    ("training", "t\r", "failed", 0),
  ])
  func theExplorerShowsNoControlSequences(place: String, keys: String, awaited: String, status: Int) throws {
    let places = try NastyPlaces()
    let explorer = try RunningExplorer(
      ["--model", places.model, "--data", places.data],
      environment: ["XDG_DATA_HOME": places.home, "XDG_STATE_HOME": places.home], width: 150, height: 40)
    let terminal = explorer.terminal
    try terminal.waitForText("q quit")
    terminal.type(keys)
    try terminal.waitForText(awaited)
    terminal.signal(SIGTERM)
    #expect(try terminal.waitForExit() == .status(status))
    #expect(NastyText.found(in: terminal.output, allowsEscape: true) == [], "\(place)")
    explorer.expectRestored()
  }

  @Test func controlSequencesAreFound() {
    let found = NastyText.found(in: Array(NastyText.text.utf8), allowsEscape: true)
    #expect(found.count >= 10)
    #expect(NastyText.found(in: Array("a\tb\n".utf8), allowsEscape: false) == [])
    #expect(NastyText.found(in: Array("\u{1B}[1mb\r".utf8), allowsEscape: false).count == 2)
  }
}
