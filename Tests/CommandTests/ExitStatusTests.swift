import Foundation
import PseudoTerminals
import TestSupport
import Testing

/// Exit statuses of every command: 0, 1, 64, or 128 and a signal's number.
@Suite struct ExitStatusTests {
  /// A command line of every command that succeeds, one that fails and one that is invalid.
  private static let commands: [(done: [String], impossible: [String]?, wrong: [String])] = [
    (["screen"], ["screen", "--model", "none.safetensors"], ["screen", "--size", "0x0"]),
    (["inspect", "digits"], ["inspect", "none"], ["inspect", "a", "b"]),
    (
      ["evaluate", "--model", "digits", "--data", "SET", "--images", "4"],
      ["evaluate", "--model", "digits", "--data", "none"], ["evaluate"]
    ),
    (
      [
        "train", "--data", "SET", "--recipe", "article", "--epochs", "1,0,0", "--hidden", "4",
        "--held-out", "0", "--batch-size", "8", "--output", "run",
      ],
      ["train", "--resume", "none"], ["train", "--data", "SET"]
    ),
    (
      ["render", "turn", "--output", "a.gif"], ["render", "turn", "--output", "none/a.gif"],
      ["render", "turn"]
    ),
    (
      ["render", "grid", "--output", "a.png"], ["render", "grid", "--model", "none", "--output", "a.png"],
      ["render", "grid", "--output", "a.gif"]
    ),
    (
      ["render", "traversal", "--along", "z1", "--output", "a.png"],
      ["render", "traversal", "--along", "z99", "--output", "a.png"], ["render", "traversal"]
    ),
    (
      ["render", "interpolation", "--samples", "0,1", "--output", "a.gif"],
      ["render", "interpolation", "--samples", "0,99999999", "--output", "a.gif"],
      ["render", "interpolation", "--output", "a.gif"]
    ),
    (
      ["render", "map", "--count", "9", "--output", "a.svg"],
      ["render", "map", "--model", "none", "--output", "a.svg"], ["render", "map", "--output", "a.gif"]
    ),
    (
      ["render", "losses", "METRICS", "--output", "a.svg"],
      ["render", "losses", "none", "--output", "a.svg"],
      ["render", "losses"]
    ),
    (
      ["encode", "--model", "digits", "--data", "SET", "--output", "a.csv"],
      ["encode", "--model", "digits", "none.png", "--output", "a.csv"], ["encode", "--model", "digits"]
    ),
    (
      ["decode", "--model", "digits", "LATENTS", "--output", "a.png"],
      ["decode", "--model", "digits", "none.csv", "--output", "a.png"], ["decode", "--model", "digits"]
    ),
    (["completions", "bash"], nil, ["completions", "csh"]),
    (["manual"], nil, ["manual", "one"]),
    // These take a minute or need a network; other tests cover them.
    ([], ["fetch", "mnist", "--mirror", "http://127.0.0.1:9/"], ["fetch", "none"]),
    ([], nil, ["benchmark", "--only", "nothing"]), ([], nil, ["benchmark", "--only", "session"]),
    ([], ["explore"], ["explore", "--state", "model"]),
    ([], [], ["--frobnicate"]),
  ]

  @Test(arguments: commands)
  func everyCommandHasItsDocumentedStatus(done: [String], impossible: [String]?, wrong: [String]) throws {
    let set = try SmallDataset()
    let folder = try TemporaryFolder()
    let metrics = try folder.write(
      Array("{\"phase\":1,\"step\":1,\"loss\":1}\n".utf8), to: "metrics.jsonl")
    let columns = ["rotation"] + (1...16).map { "z\($0)" }
    let latents = try folder.write(
      Array([columns, columns.map { _ in "0" }].map { $0.joined(separator: ",") + "\n" }.joined().utf8),
      to: "latents.csv")
    func run(_ arguments: [String]) throws -> Program.Outcome {
      try Program.run(
        arguments.map { ["SET": set.path, "METRICS": metrics, "LATENTS": latents][$0] ?? $0 }, in: folder.path
      )
    }
    if !done.isEmpty {
      let outcome = try run(done)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    if let impossible {
      let outcome = try run(impossible)
      #expect(outcome.status == 1 && outcome.output.isEmpty, "\(impossible)")
      #expect(outcome.errors.hasPrefix("latent-explorer: "), "\(outcome.errors)")
    }
    let outcome = try run(wrong)
    #expect(outcome.status == 64 && outcome.output.isEmpty, "\(wrong)")
    #expect(outcome.errors.hasPrefix("Error: ") && outcome.errors.contains("Usage: "), "\(outcome.errors)")
  }

  @Test func noCommandIsLeftOut() throws {
    let tested = Self.commands.map { $0.wrong.prefix { !$0.hasPrefix("-") }.prefix(2).joined(separator: " ") }
    for command in try DescribedCommand.everyCommand() where command.subcommands == nil {
      let words = command.words.joined(separator: " ")
      #expect(tested.contains { $0.hasPrefix(words) }, "\(words)")
    }
  }

  /// Ctrl-C in a terminal, without anything to save: the shell receives the signal.
  @Test func anInterruptedMeasurementEndsByItsSignal() throws {
    let terminal = try PseudoTerminal(
      [
        "/bin/bash", "-c", #""$0" "$@"; echo "ended with $?""#, Program.path, "evaluate", "--model",
        "digits", "--data", "digits",
      ], environment: Program.environment(home: "/nowhere"))
    try terminal.waitForText("measuring")
    terminal.type(KeyBytes.controlC)
    // The shell itself may end by the same signal.
    let exit = try terminal.waitForExit()
    #expect(terminal.screen.text.contains("ended with 130") || exit == .signal(Int(SIGINT)))
  }

  /// A missing option is often there, misspelt.
  @Test(arguments: [
    (["evaluate", "--modle", "digits"], "Unknown option '--modle'. Did you mean '--model'?"),
    (["train", "--epoch", "5"], "Unknown option '--epoch'. Did you mean '--epochs'?"),
    (["render", "turn", "--outptu=a.gif"], "Unknown option '--outptu'. Did you mean '--output'?"),
    (["train", "--zzz", "5"], "Unknown option '--zzz'"),
    (["trian", "--data", "digits"], "Unknown command 'trian'. Did you mean 'train'?"),
    (["sing"], "Unknown command 'sing'. 'latent-explorer --help' lists those there are."),
    (["render", "trun", "--output", "a.gif"], "Unknown command 'trun'. Did you mean 'turn'?"),
    (["a b.safetensors"], "Unexpected argument 'a b.safetensors'. Did you mean '--model a b.safetensors'?"),
    (["--model", "digits", "/usr"], "Unexpected argument '/usr'. Did you mean '--data /usr'?"),
    (
      ["evaluate", "a.safetensors"],
      "Unexpected argument 'a.safetensors'. Did you mean '--model a.safetensors'?"
    ),
    (["manual", "a.safetensors"], "Unexpected argument 'a.safetensors'"),
  ]) func unknownWordsAreNamedFirst(arguments: [String], fault: String) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("Error: \(fault)\nUsage: "), "\(outcome.errors)")
  }

  @Test(arguments: [
    ["evaluate", "--data", "digits"], ["train", "--output", "a", "--", "--epoch"],
  ]) func aMissingOptionIsNamedIfNoWordIsUnknown(arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("Error: Missing expected argument"), "\(outcome.errors)")
  }
}
