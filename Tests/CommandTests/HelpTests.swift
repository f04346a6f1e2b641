import TestSupport
import Testing

/// `--help` of every command.
@Suite struct HelpTests {
  /// Examples come first, each of them for the command and with options that it has.
  @Test func helpLeadsWithExamples() throws {
    let commands = try DescribedCommand.everyCommand()
    #expect(commands.count >= 15)
    for command in commands {
      let outcome = try Program.run(command.words + ["--help"])
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(command.words)")
      let lines = outcome.output.split(separator: "\n")
      let examples = try #require(lines.firstIndex(of: "Examples:"), "\(command.words)")
      #expect(examples <= 2, "\(command.words)")
      #expect(lines[0].hasPrefix("OVERVIEW: "), "\(command.words)")
      #expect(command.examples.count >= 1, "\(command.words)")
      #expect(command.abstract?.hasSuffix(".") == true, "\(command.words)")
      for example in command.examples {
        try expectRuns(example, of: command, among: commands)
      }
      let start = (["latent-explorer"] + command.words).joined(separator: " ")
      #expect(command.examples.contains { $0.dropFirst(2).hasPrefix(start) }, "\(command.words)")
    }
  }

  /// The command of an example has the options that the example gives.
  private func expectRuns(
    _ example: String, of command: DescribedCommand, among commands: [DescribedCommand]
  ) throws {
    #expect(example.hasPrefix("  latent-explorer"), "\(example)")
    let words = example.split(separator: " ").dropFirst().prefix { $0 != "|" }.map(String.init)
    let named = commands.filter { words.starts(with: $0.words) }.max { $0.words.count < $1.words.count }
    // Without a command's name it is the explorer.
    let called =
      named?.words.isEmpty == false ? named : commands.first { $0.words == ["explore"] }
    let options = try #require(called, "\(example)").arguments?.flatMap(\.typedNames) ?? []
    for word in words where word.hasPrefix("-") && word.count > 1 && Int(word) == nil {
      #expect(options.contains(word), "\(example): \(word)")
    }
  }

  @Test func helpFitsIntoEightyColumns() throws {
    for command in try DescribedCommand.everyCommand() {
      let outcome = try Program.run(command.words + ["--help"], environment: ["COLUMNS": "80"])
      for line in outcome.output.split(separator: "\n") {
        #expect(line.count <= 80, "\(command.words): \(line)")
      }
      // The parser breaks none of them.
      for example in command.examples where !example.contains("  --") {
        #expect(outcome.output.contains(example + "\n"), "\(command.words): \(example)")
      }
    }
  }

  @Test func theOverviewGroupsTheCommandsAndNamesTheStatuses() throws {
    let text = try Program.run(["--help"]).output
    for heading in ["EXPLORING", "MODELS", "FIGURES AND FILES", "THIS PROGRAM"] {
      #expect(text.contains("\n\(heading) SUBCOMMANDS:\n"), "\(heading)")
    }
    #expect(text.contains("\nExit status:\n  0 "))
    for status in ["  1 ", "  64 ", "  128 + n "] { #expect(text.contains("\n\(status)")) }
  }

  /// The article's table of exit statuses equals the program's.
  @Test func theArticleNamesTheStatuses() throws {
    let lines = try Program.run(["--help"]).output.split(separator: "\n", omittingEmptySubsequences: false)
    let block = lines.drop { $0 != "Exit status:" }.dropFirst().prefix { !$0.isEmpty }
    // Indented lines continue the line before.
    let rows = block.joined(separator: "\n").replacing(/\n\s{4,}/, with: " ").split(separator: "\n")
    #expect(rows.count == 4)
    let page = try Document(Document.commands).text
    for row in rows {
      let words = row.split(separator: /\s\s+/)
      #expect(words.count == 2)
      let meaning = words[1].replacing("'", with: "`")
      #expect(page.contains("| \(words[0]) | \(meaning) |"), "\(row)")
    }
  }

  @Test func theVersionIsPrinted() throws {
    for arguments in [["--version"], ["train", "--version"], ["render", "turn", "--version"]] {
      let outcome = try Program.run(arguments)
      #expect(outcome.status == 0 && outcome.errors.isEmpty)
      #expect(outcome.output.firstMatch(of: /^\d+\.\d+\.\d+\n$/) != nil)
    }
  }
}
