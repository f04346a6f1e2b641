import Essentials
import Primitives

/// An unknown word on a command line. The argument parser may report only a missing value or an option
/// instead, although the word is its misspelling.
struct UnknownWord {
  enum Kind: String {
    case option = "Unknown option"
    case command = "Unknown command"
    case argument = "Unexpected argument"
  }

  var kind: Kind
  var word: String
  /// The probable correction.
  var suggestion: String?
  /// The command that does not know the word.
  var command: String

  var description: String {
    let help = kind == .command ? ". '\(command) --help' lists those there are." : ""
    return "\(kind.rawValue) '\(word.printable)'"
      + (suggestion.map { ". Did you mean '\($0.printable)'?" } ?? help)
  }

  /// The first unknown word of a command line without the program's name.
  static func first(in arguments: [String], of program: CommandDescription) -> UnknownWord? {
    var command = program
    // Only commands so far.
    var isAtStart = true
    var isValue = false
    for argument in arguments.prefix(while: { $0 != "--" }) {
      if isAtStart, let next = command.commands.first(where: { $0.commandName == argument }) {
        command = next
        continue
      }
      if argument.hasPrefix("-"), argument != "-" {
        let name = String(argument.prefix { $0 != "=" })
        let options = optionsAndFlags(of: command)
        let option = options.first { $0.typedNames.contains(name) }
        if option == nil, name.hasPrefix("--") {
          let names = options.flatMap(\.typedNames).filter { $0.hasPrefix("--") }
          return UnknownWord(
            kind: .option, word: name, suggestion: nearest(to: name, among: names), command: command.path)
        }
        isValue = option?.kind == .option && name == argument
      } else if isValue {
        isValue = false
      } else if !hasArguments(command) {
        return unexpected(argument, in: command, isFirst: isAtStart)
      }
      isAtStart = false
    }
    return nil
  }

  /// An unexpected word; the first one may be a misspelt command.
  private static func unexpected(
    _ word: String, in command: CommandDescription, isFirst: Bool
  ) -> UnknownWord {
    let isFile = word.contains("/") || word.contains(".")
    let isFolder = Folder.isPresent(word)
    let names = command.commands.map(\.commandName)
    let near = nearest(to: word, among: names)
    if isFirst, !names.isEmpty, !isFile, near != nil || !isFolder {
      return UnknownWord(kind: .command, word: word, suggestion: near, command: command.path)
    }
    let meant = word.hasSuffix(".safetensors") ? "--model" : isFolder ? "--data" : nil
    let known = optionsAndFlags(of: command).flatMap(\.typedNames)
    let suggestion = meant.flatMap { known.contains($0) ? "\($0) \(word)" : nil }
    return UnknownWord(kind: .argument, word: word, suggestion: suggestion, command: command.path)
  }

  /// The command itself and its default subcommand.
  private static func withDefault(_ command: CommandDescription) -> [CommandDescription] {
    [command] + command.commands.filter { $0.commandName == command.defaultSubcommand }
  }

  private static func hasArguments(_ command: CommandDescription) -> Bool {
    withDefault(command).contains { ($0.arguments ?? []).contains { $0.kind == .positional } }
  }

  private static func optionsAndFlags(of command: CommandDescription) -> [CommandDescription.Argument] {
    withDefault(command).flatMap { $0.arguments ?? [] }.filter { $0.kind != .positional }
  }

  /// The name with the smallest edit distance, if that is small.
  private static func nearest(to word: String, among names: [String]) -> String? {
    let most = max(1, word.drop { $0 == "-" }.count / 3)
    let distances = names.map { (name: $0, distance: changes(from: Array(word), to: Array($0))) }
    return distances.filter { $0.distance <= most }.min { $0.distance < $1.distance }?.name
  }

  /// The number of insertions, deletions, replacements and exchanges of neighbours (the optimal string
  /// alignment distance, a restricted Damerau-Levenshtein distance).
  private static func changes(from word: [Character], to name: [Character]) -> Int {
    var rows = [Array(0...name.count)]
    for i in word.indices {
      var row = [i + 1]
      for j in name.indices {
        let replaced = rows[i][j] + (word[i] == name[j] ? 0 : 1)
        var least = min(replaced, row[j] + 1, rows[i][j + 1] + 1)
        if i > 0, j > 0, word[i] == name[j - 1], word[i - 1] == name[j] {
          least = min(least, rows[i - 1][j - 1] + 1)
        }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[word.count][name.count]
  }
}
