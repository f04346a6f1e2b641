import Foundation
import PseudoTerminals
import TestSupport
import Testing

/// Standard input, standard output and standard error.
@Suite struct StandardStreamsTests {
  /// A model of a few weights, as the bytes of its file.
  private func smallModel(_ set: SmallDataset) throws -> (bytes: [UInt8], metrics: [UInt8]) {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(train(set, to: folder.path))
    try #require(outcome.status == 0, "\(outcome.errors)")
    func bytes(_ name: String) throws -> [UInt8] {
      Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)")))
    }
    return (try bytes("model.safetensors"), try bytes("metrics.jsonl"))
  }

  private func train(_ set: SmallDataset, to folder: String, _ options: String...) -> [String] {
    [
      "train", "--data", set.path, "--recipe", "article", "--epochs", "1,1,0", "--hidden", "4", "--held-out",
      "8", "--batch-size", "8", "--output", folder,
    ] + options
  }

  // MARK: Standard input

  @Test func aModelComesFromStandardInput() throws {
    let set = try SmallDataset()
    let model = try smallModel(set).bytes
    let folder = try TemporaryFolder()
    try folder.write(model, to: "model.safetensors")
    for arguments in [
      ["inspect", "MODEL"], ["inspect", "MODEL", "--json"],
      ["evaluate", "--model", "MODEL", "--data", set.path, "--images", "3", "--json"],
      ["screen", "--model", "MODEL", "--data", set.path, "--keys", "F"],
      ["render", "grid", "--model", "MODEL", "--data", set.path, "--output", "-"],
    ] {
      func run(_ name: String, _ input: [UInt8]?) throws -> Program.Outcome {
        try Program.run(arguments.map { $0 == "MODEL" ? name : $0 }, in: folder.path, input: input)
      }
      let (piped, named) = (try run("-", model), try run("model.safetensors", nil))
      #expect(piped.status == 0 && named.status == 0, "\(arguments): \(piped.errors)")
      // The names of files differ.
      func withoutNames(_ outcome: Program.Outcome) -> [Substring] {
        outcome.output.split(separator: "\n").filter {
          !$0.contains("standard input") && !$0.contains("model")
        }
      }
      #expect(!withoutNames(named).isEmpty && withoutNames(piped) == withoutNames(named), "\(arguments)")
      if arguments[0] != "screen", arguments[0] != "evaluate" {
        #expect(piped.outputBytes == named.outputBytes, "\(arguments)")
      }
      let cut = try run("-", Array(model.dropLast()))
      #expect(cut.status == 1 && cut.output.isEmpty, "\(arguments)")
      #expect(cut.faults.hasPrefix("latent-explorer: standard input: "), "\(cut.errors)")
    }
    let training = try Program.run(
      train(set, to: "run").filter { !["--hidden", "4"].contains($0) } + ["--model", "-"], in: folder.path,
      input: model)
    #expect(training.status == 0, "\(training.errors)")
  }

  @Test func lossesComeFromStandardInput() throws {
    let set = try SmallDataset()
    let metrics = try smallModel(set).metrics
    let outcome = try Program.run(["render", "losses", "-", "--output", "-"], input: metrics)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("<?xml") && outcome.output.contains("polyline"))
    let nothing = try Program.run(["render", "losses", "-", "--output", "-"], input: [])
    #expect(nothing.status == 1 && nothing.output.isEmpty)
    #expect(nothing.errors.hasPrefix("latent-explorer: standard input: "))
    let wrong = try Program.run(
      ["render", "losses", "-", "--output", "-"], input: Array("{}\n".utf8))
    #expect(wrong.status == 1 && wrong.errors.contains("standard input: line 1"))
  }

  /// Reading a model from a terminal is refused.
  @Test func aTerminalIsNoInputFile() throws {
    for arguments in [["inspect", "-"], ["render", "losses", "-", "--output", "a.svg"]] {
      let terminal = try PseudoTerminal(
        [Program.path] + arguments, environment: Program.environment(home: "/nowhere"), width: 160)
      #expect(try terminal.waitForExit() == .status(1))
      #expect(terminal.screen.text.contains("standard input is a terminal"))
    }
  }

  // MARK: Standard output

  @Test(arguments: [
    (["turn"], "GIF89a"), (["grid"], "\u{89}PNG"), (["traversal", "--along", "z1"], "\u{89}PNG"),
    (["traversal", "--along", "z1", "--format", "gif"], "GIF89a"),
    (["interpolation", "--samples", "0,1"], "\u{89}PNG"), (["map", "--count", "20"], "<?xml"),
    (["map", "--count", "20", "--format", "png"], "\u{89}PNG"),
  ]) func figuresGoToStandardOutput(arguments: [String], start: String) throws {
    let folder = try TemporaryFolder()
    let figure = ["render"] + arguments
    let outcome = try Program.run(figure + ["--output", "-"], in: folder.path)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let beginning = start.unicodeScalars.map { UInt8($0.value) }
    #expect(outcome.outputBytes.starts(with: beginning))
    #expect(try folder.fileNames().isEmpty)
    let ending = ["G": "gif", "\u{89}": "png", "<": "svg"][String(start.prefix(1))] ?? ""
    #expect(try Program.run(figure + ["-o", "f.\(ending)"], in: folder.path).status == 0)
    let file = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/f.\(ending)")))
    #expect(outcome.outputBytes == file)
  }

  @Test func aFormatMustBeOneThatTheFigureHas() throws {
    for arguments in [
      ["turn", "--format", "png", "-o", "-"], ["map", "--format", "gif", "-o", "-"],
      ["map", "--format", "png", "-o", "a.svg"], ["grid", "--format", "jpg", "-o", "-"],
    ] { #expect(try Program.run(["render"] + arguments).status == 64, "\(arguments)") }
  }

  @Test func imagesToATerminalAndClosedPipesAreErrors() throws {
    let terminal = try PseudoTerminal(
      [Program.path, "render", "grid", "--output", "-"],
      environment: Program.environment(home: "/nowhere"), width: 160)
    #expect(try terminal.waitForExit() == .status(1))
    #expect(terminal.screen.text.contains("standard output is a terminal"))
    for command in [["render", "grid", "--output", "-"], ["manual"], ["inspect"], ["completions", "bash"]] {
      let outcome = try Program.run(
        command, inShell: #""$0" "$@" >&- ; echo "status $?" >&2"#)
      #expect(outcome.errors.contains("standard output cannot be written"), "\(command)")
      #expect(outcome.errors.hasSuffix("status 1\n"), "\(command)")
    }
  }

  // MARK: Standard error

  @Test func quietPrintsNothingAndVerboseMore() throws {
    let set = try SmallDataset()
    for (arguments, word) in [
      (["evaluate", "--model", "digits", "--data", set.path, "--images", "3"], "measured 3 images"),
      (["render", "turn", "--output", "a.gif"], "wrote a.gif, "),
      (train(set, to: "run"), "88 images of bars"),
    ] {
      let folder = try TemporaryFolder()
      func run(_ options: String...) throws -> Program.Outcome {
        let outcome = try Program.run(
          arguments + options + (arguments[0] == "train" ? ["--overwrite"] : []), in: folder.path)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome
      }
      let (plain, quiet, verbose) = (try run(), try run("--quiet"), try run("-v"))
      #expect(quiet.errors.isEmpty && plain.output == quiet.output && plain.output == verbose.output)
      #expect(!plain.errors.contains(word) && verbose.errors.contains(word), "\(verbose.errors)")
      #expect(try Program.run(arguments + ["-q", "-v"], in: folder.path).status == 64)
    }
    // Errors are printed in any case.
    let failed = try Program.run(["train", "--resume", "none", "--quiet"])
    #expect(failed.status == 1 && failed.errors.hasPrefix("latent-explorer: "))
  }

  @Test func quietTrainingNamesCheckpointsOnRequest() throws {
    let folder = try TemporaryFolder()
    let set = try SmallDataset()
    let outcome = try Program.run(train(set, to: folder.path, "--quiet", "--name-checkpoints"))
    let lines = outcome.errors.split(separator: "\n")
    #expect(!lines.isEmpty && lines.allSatisfy { $0.hasPrefix("checkpoint ") }, "\(outcome.errors)")
  }

  /// Results are one JSON object on standard output, without other text.
  @Test func resultsAreJSONOnRequest() throws {
    let set = try SmallDataset()
    for arguments in [
      ["inspect"], ["inspect", "digits"],
      ["evaluate", "--model", "digits", "--data", set.path, "--images", "3"],
    ] {
      let outcome = try Program.run(arguments + ["--json"])
      #expect(outcome.status == 0 && outcome.faults.isEmpty)
      #expect(try JSONSerialization.jsonObject(with: outcome.outputBytes.data) is [String: Any])
    }
    let report = try JSONSerialization.jsonObject(
      with: try Program.run(["inspect", "article", "--json"]).outputBytes.data)
    let model = try #require(report as? [String: Any])
    #expect(model["coordinates"] as? String == "rotation, free:5")
    #expect(model["hidden"] as? [Int] == [256, 128])
    #expect(model["parameters"] as? Int == 470_295)
    #expect((model["latents"] as? [[String: Any]])?.count == 5)
    #expect((model["recipe"] as? [String: Any])?["name"] as? String == "article")
    #expect((model["tensors"] as? [[String: Any]])?.first?["shape"] as? [Int] != nil)
  }

  /// Only `screen --color` and the explorer itself write colour sequences.
  @Test(arguments: [
    ["--help"], ["explore", "--help"], ["inspect"], ["inspect", "digits"], ["manual"], ["screen"],
    ["evaluate", "--model", "digits", "--data", "SET", "--images", "2"], ["inspect", "none"],
    ["render", "turn", "--output", "a.gif", "--verbose"], ["frobnicate"],
  ]) func aPipeGetsNoColours(arguments: [String]) throws {
    let set = try SmallDataset()
    let outcome = try Program.run(
      arguments.map { $0 == "SET" ? set.path : $0 },
      environment: ["CLICOLOR_FORCE": "1", "TERM": "xterm-256color"])
    #expect(!outcome.outputBytes.contains(0x1B) && !outcome.errors.utf8.contains(0x1B))
  }

  // MARK: Folders

  /// A relative path in an XDG variable is ignored, as their specification says.
  @Test func relativeFoldersAreIgnored() throws {
    let home = try TemporaryFolder()
    let outcome = try Program.run(
      ["inspect", "--json"],
      environment: ["HOME": home.path, "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "./state"])
    let report = try #require(
      try JSONSerialization.jsonObject(with: outcome.outputBytes.data) as? [String: Any])
    let folders = try #require(report["folders"] as? [String: String])
    #expect(folders["data"] == "\(home.path)/.local/share/latent-explorer")
    #expect(folders["models"] == "\(home.path)/.local/share/latent-explorer/models")
    #expect(folders["drawings"] == "\(home.path)/.local/share/latent-explorer/drawings")
    #expect(folders["state"] == "\(home.path)/.local/state/latent-explorer")
  }
}
