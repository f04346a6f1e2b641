import Essentials

/// The manual page in man(7) format: the help of all commands, and their common parts.
struct ManualPage {
  private let program: CommandDescription

  init(_ program: CommandDescription) {
    self.program = program
  }

  /// The whole page, in ASCII.
  var text: String {
    let name = program.commandName
    let version = "\(name) \(LatentExplorer.version)"
    // Dates have plain hyphens.
    var lines = [
      Roff.request("TH", name.uppercased(), "1") + " \"\(LatentExplorer.versionDate)\" "
        + "\"\(version)\" \"User Commands\""
    ]
    lines += Roff.section("NAME", [Roff.text("\(name) - \(Self.phrase(program.abstract))")])
    lines += Roff.section("SYNOPSIS", synopsis)
    lines += Roff.section("DESCRIPTION", Self.body(of: program))
    lines += Roff.section("COMMANDS", program.commands.flatMap(sections(of:)))
    lines += Roff.section(
      "EXIT STATUS", ExitStatus.table.flatMap { Roff.item([Roff.bold($0.status)], $0.meaning + ".") })
    lines += Roff.section(
      "ENVIRONMENT", EnvironmentVariable.all.flatMap { Roff.item([Roff.bold($0.name)], $0.meaning) })
    lines += Roff.section(
      "FILES", KeptFiles.all.flatMap { Roff.item([Roff.italic($0.path)], $0.meaning) })
    return lines.joined(separator: "\n") + "\n"
  }

  private var synopsis: [String] {
    let name = Roff.bold(program.commandName)
    return [
      "\(name) [\(Roff.italic("option"))...]", ".br",
      "\(name) \(Roff.italic("command")) [\(Roff.italic("option"))...] [\(Roff.italic("argument"))...]",
      ".br",
      "\(name) [\(Roff.italic("command"))] \(Roff.bold("--help"))", ".br",
      "\(name) \(Roff.bold("--version"))",
    ]
  }

  /// The sections of a command and its subcommands.
  private func sections(of command: CommandDescription) -> [String] {
    let isDefault = program.defaultSubcommand == command.commandName
    var lines = [
      Roff.request("SS", command.path + (isDefault ? " (the default command)" : "")),
      Roff.text(command.abstract ?? ""),
    ]
    lines += Self.body(of: command)
    lines += command.ownArguments.flatMap(Self.item)
    return lines + command.commands.flatMap(sections(of:))
  }

  /// The text of a command: paragraphs, in which indented lines are kept as they are.
  private static func body(of command: CommandDescription) -> [String] {
    // They have a section of their own.
    command.paragraphs.filter { $0.first != HelpText.exitStatusHeading }.flatMap { paragraph in
      var lines = [".PP"]
      for (isFixed, run) in runs(of: paragraph) {
        lines += isFixed ? [".RS 2", ".EX"] + run.map(Roff.fixed) + [".EE", ".RE"] : run.map(Roff.text)
      }
      return lines
    }
  }

  /// Groups of neighbouring lines that are all indented, or all not.
  private static func runs(of lines: [String]) -> [(isFixed: Bool, lines: [String])] {
    lines.reduce(into: []) { runs, line in
      let isFixed = line.hasPrefix("  ")
      if runs.last?.isFixed == isFixed {
        runs[runs.count - 1].lines.append(line)
      } else {
        runs.append((isFixed, [line]))
      }
    }
  }

  private static func item(_ argument: CommandDescription.Argument) -> [String] {
    let value = argument.valueName.map { Roff.italic("<\($0)>") } ?? ""
    guard argument.kind != .positional else { return Roff.item([value], argument.abstract ?? "") }
    let names = argument.typedNames.map(Roff.bold).joined(separator: ", ")
    var text = argument.abstract ?? ""
    if let values = argument.allValues { text += " Values: \(values.joined(separator: ", "))." }
    if let standard = argument.defaultValue { text += " By default \(standard)." }
    return Roff.item([names, argument.kind == .option ? value : ""].filter { !$0.isEmpty }, text)
  }

  /// A sentence as a part of a longer one.
  private static func phrase(_ sentence: String?) -> String {
    let text = sentence ?? ""
    return text.prefix(1).lowercased() + text.dropFirst().trimmed(of: ["."])
  }
}

/// The program's folders and files, by the names that users see.
struct KeptFiles {
  let path: String
  let meaning: String

  static let all = [
    Self(path: "~/.local/share/latent-explorer/NAME", meaning: "Fetched data sets, by name."),
    Self(path: "~/.local/share/latent-explorer/models", meaning: "Models saved in the explorer."),
    Self(
      path: "~/.local/share/latent-explorer/drawings", meaning: "Drawings saved in the explorer, as IDX."),
    Self(path: "~/.local/share/latent-explorer/figures", meaning: "Figures exported from the explorer."),
    Self(
      path: "~/.local/state/latent-explorer/started",
      meaning: "An empty file, from the first start on; without it the explorer shows hints."),
    Self(
      path: "DIR/model.safetensors",
      meaning: "The weights of a run in DIR, with those after each phase, metrics.jsonl and checkpoints."),
  ]
}

/// The subset of man(7) that the page uses.
enum Roff {
  /// A request with its arguments.
  static func request(_ name: String, _ arguments: String...) -> String {
    ([".\(name)"] + arguments.map { "\"\(escaped($0))\"" }).joined(separator: " ")
  }

  /// A heading, which begins a new paragraph.
  static func section(_ title: String, _ lines: [String]) -> [String] {
    [".SH \(title)"] + (lines.first == ".PP" ? Array(lines.dropFirst()) : lines)
  }

  /// A term with its meaning below.
  static func item(_ words: [String], _ meaning: String) -> [String] {
    [".TP", words.joined(separator: " "), text(meaning)]
  }

  static func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fR" }
  static func italic(_ text: String) -> String { "\\fI\(escaped(text))\\fR" }

  /// A line of running text.
  static func text(_ line: String) -> String {
    let text = escaped(line.trimmed)
    return guarded(text.isEmpty ? "\\&" : text)
  }

  /// A line that is kept as it is.
  static func fixed(_ line: String) -> String { guarded(escaped(String(line.dropFirst(2)))) }

  /// Protects a line from being read as a request.
  private static func guarded(_ line: String) -> String {
    line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }

  /// Escapes text: hyphens that can be copied, and numbers for characters outside ASCII.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\e"
      case "-": "\\-"
      case "\"": "\\(dq"
      case "'": "\\(aq"
      case "^": "\\(ha"
      case "~": "\\(ti"
      case "`": "\\(ga"
      case _ where scalar.isASCII: String(scalar)
      default: formatted("\\[u%04X]", scalar.value)
      }
    }.joined()
  }
}
