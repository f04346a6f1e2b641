import Foundation
import Testing

/// A command as the program describes itself, so that tests cover every command and option.
struct DescribedCommand: Decodable {
  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String

      var typed: String { (kind == "long" ? "--" : "-") + name }
    }

    var kind: String
    var names: [Name]?
    var valueName: String?
    var allValues: [String]?

    /// `--output`, `-o`; empty for an argument without a name.
    var typedNames: [String] { (names ?? []).map(\.typed) }
  }

  var commandName: String
  var superCommands: [String]?
  var abstract: String?
  var discussion: String?
  var subcommands: [DescribedCommand]?
  var arguments: [Argument]?

  /// The words after the program's name.
  var words: [String] { superCommands.map { Array($0.dropFirst()) + [commandName] } ?? [] }

  /// The examples in its help, with continued lines joined.
  var examples: [String] {
    let lines = (discussion ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    return lines.drop { $0 != "Examples:" }.dropFirst().prefix { !$0.isEmpty }.map(String.init)
      .joined(separator: "\n").replacing("\\\n", with: " ").split(separator: "\n").map(String.init)
  }

  /// This command and all subcommands, without the parser's own `help`.
  var all: [DescribedCommand] {
    [self] + (subcommands ?? []).filter { $0.commandName != "help" }.flatMap(\.all)
  }

  /// The program and all its commands.
  static func everyCommand() throws -> [DescribedCommand] {
    struct Dump: Decodable { var command: DescribedCommand }
    let outcome = try Program.run(["--experimental-dump-help"])
    try #require(outcome.status == 0)
    return try JSONDecoder().decode(Dump.self, from: outcome.outputBytes.data).command.all
  }
}

extension [UInt8] {
  var data: Data { Data(self) }
}
