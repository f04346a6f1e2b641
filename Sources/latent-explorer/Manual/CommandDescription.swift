import Foundation

/// A command as its own declaration describes it: what `--help` prints, as values.
struct CommandDescription: Decodable {
  /// An option, a flag or an argument.
  struct Argument: Decodable {
    enum Kind: String, Decodable {
      case positional, option, flag
    }

    struct Name: Decodable {
      var kind: String
      var name: String

      /// The name as it is typed.
      var typed: String { (kind == "long" ? "--" : "-") + name }
    }

    var kind: Kind
    var isOptional: Bool
    var shouldDisplay: Bool
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var defaultValue: String?
    var sectionTitle: String?
    var allValues: [String]?

    /// The names as they are typed; a positional argument has none.
    var typedNames: [String] { (names ?? []).map(\.typed) }
  }

  var commandName: String
  var superCommands: [String]?
  var abstract: String?
  var discussion: String?
  var defaultSubcommand: String?
  var subcommands: [CommandDescription]?
  var arguments: [Argument]?

  /// All words of the command.
  var path: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

  /// The commands below this one, without the parser's own `help`.
  var commands: [CommandDescription] { (subcommands ?? []).filter { $0.commandName != "help" } }

  /// What only this command has: all of them have `--help` and `--version`.
  var ownArguments: [Argument] {
    (arguments ?? []).filter { argument in
      argument.shouldDisplay
        && !(argument.names ?? []).contains { ["help", "version"].contains($0.name) }
    }
  }

  /// The paragraphs of the text below the abstract, each with its lines.
  var paragraphs: [[String]] {
    (discussion ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      .split(separator: "").map { $0.map(String.init) }
  }

  /// The program with all its commands, as the argument parser tells it.
  static func program() throws -> CommandDescription {
    struct Dump: Decodable { var command: CommandDescription }
    return try JSONDecoder().decode(Dump.self, from: Data(LatentExplorer._dumpHelp().utf8)).command
  }
}
