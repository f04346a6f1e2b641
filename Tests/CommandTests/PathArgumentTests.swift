import Foundation
import TestSupport
import Testing

/// Empty paths, as of an unset variable, in every path argument of every command.
@Suite struct PathArgumentTests {
  /// The value names of paths in the help.
  private static let names = ["file", "dir", "file|name", "path|name", "run", "url"]

  /// The other required options of a command, so that only the empty path is wrong.
  private static let needed: [String: [(option: String, value: String)]] = [
    "train": [("--data", "digits"), ("--output", "run")],
    "evaluate": [("--model", "digits"), ("--data", "digits")],
    "encode": [("--model", "digits"), ("--output", "a.csv")],
    "decode": [("--model", "digits"), ("--output", "a.npy")],
    "render turn": [("--output", "a.gif")],
    "render grid": [("--output", "a.png")],
    "render traversal": [("--along", "z1"), ("--output", "a.png")],
    "render interpolation": [("--samples", "0,1"), ("--output", "a.png")],
    "render map": [("--output", "a.svg")],
    "render losses": [("--output", "a.svg")],
  ]

  @Test func everyCommandRefusesEmptyPaths() throws {
    let folder = try TemporaryFolder()
    var count = 0
    for command in try DescribedCommand.everyCommand() where command.subcommands == nil {
      let words = command.words.joined(separator: " ")
      for argument in command.arguments ?? [] where Self.names.contains(argument.valueName ?? "") {
        let names = argument.typedNames
        let others = (Self.needed[words] ?? []).filter { !names.contains($0.option) }
          .flatMap { [$0.option, $0.value] }
        let positional =
          words == "decode" && !names.isEmpty
          ? ["a.csv"]
          : words == "render losses" && !names.isEmpty ? ["run"] : words == "fetch" ? ["mnist"] : []
        for given in names.isEmpty ? [[""]] : names.flatMap({ [[$0, ""], ["\($0)="]] }) {
          // The short form has no equals sign.
          guard given[0].hasPrefix("--") || given.count == 2 || names.isEmpty else { continue }
          let outcome = try Program.run(command.words + positional + others + given, in: folder.path)
          #expect(outcome.status == 64 && outcome.output.isEmpty, "\(words) \(given): \(outcome.errors)")
          let message =
            given[0].hasSuffix("=") ? "Error: Missing value for '--" : "Error: The value '' is invalid"
          #expect(outcome.errors.hasPrefix(message), "\(words) \(given): \(outcome.errors)")
          count += 1
        }
      }
    }
    #expect(count > 50)
    #expect(try folder.fileNames() == [])
  }

  /// The value name of every path option is among `names`.
  @Test func noPathIsLeftOut() throws {
    let paths: Set = ["--model", "--data", "--labels", "--output", "--resume", "--mirror"]
    for command in try DescribedCommand.everyCommand() {
      for argument in command.arguments ?? [] where argument.kind == "option" {
        let isPath = !paths.isDisjoint(with: argument.typedNames)
        #expect(
          Self.names.contains(argument.valueName ?? "") == isPath, "\(command.words) \(argument.typedNames)")
      }
    }
  }
}
