import Essentials

/// A command as its declaration describes it: the contents of `--help`, as values.
struct CommandDescription: Decodable {
  /// An option, a flag or an argument.
  struct Argument: Decodable {
    enum Kind: String, Decodable {
      case positional, option, flag
    }

    struct Name: Decodable {
      var kind: String
      var name: String

      /// The name with its dashes.
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

    /// The names with their dashes; empty for a positional argument.
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

  /// The subcommands, without the parser's own `help`.
  var commands: [CommandDescription] { (subcommands ?? []).filter { $0.commandName != "help" } }

  /// The arguments other than `--help` and `--version`, which all commands have.
  var ownArguments: [Argument] {
    (arguments ?? []).filter { argument in
      argument.shouldDisplay
        && !(argument.names ?? []).contains { ["help", "version"].contains($0.name) }
    }
  }

  /// The paragraphs of the text below the abstract, each as lines.
  var paragraphs: [[String]] {
    (discussion ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      .split(separator: "").map { $0.map(String.init) }
  }

  /// The program with all its commands, as the argument parser describes it.
  static func program() throws -> CommandDescription {
    struct Dump: Decodable { var command: CommandDescription }
    return try JSONDecoder().decode(Dump.self, from: Data(LatentExplorer._dumpHelp().utf8)).command
  }
}
