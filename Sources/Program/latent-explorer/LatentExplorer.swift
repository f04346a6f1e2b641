import ArgumentParser
import Primitives

/// The command-line program.
@main
struct LatentExplorer: ParsableCommand {
  /// The program's version, as `--version` and `inspect` print it.
  static let version = "0.1.0"

  /// The day of that version, as the manual page prints it.
  static let versionDate = "2026-11-27"

  static let configuration = CommandConfiguration(
    commandName: "latent-explorer",
    abstract: "Explore and train typed autoencoders: latents with a meaning, such as rotation.",
    discussion: """
      Examples:
        latent-explorer
        latent-explorer fetch mnist
        latent-explorer train --data digits --recipe article --output run
        latent-explorer evaluate --model run/model.safetensors --data digits
        latent-explorer render turn --classes 7,3,9 --output turning.gif

      Without a subcommand the explorer opens: 'latent-explorer explore --help' lists its options and keys.

      \(HelpText.exitStatusHeading)
      \(HelpText.exitStatus)
      """,
    version: version,
    groupedSubcommands: [
      CommandGroup(name: "Exploring", subcommands: [ExploreCommand.self, ScreenCommand.self]),
      CommandGroup(
        name: "Models",
        subcommands: [FetchCommand.self, TrainCommand.self, EvaluateCommand.self, InspectCommand.self]),
      CommandGroup(
        name: "Figures and files", subcommands: [RenderCommand.self, EncodeCommand.self, DecodeCommand.self]),
      CommandGroup(
        name: "This program",
        subcommands: [BenchmarkCommand.self, CompletionsCommand.self, ManualCommand.self]),
    ],
    defaultSubcommand: ExploreCommand.self)

  /// Runs the command line.
  ///
  /// The parser's own messages repeat the arguments, so their control characters are escaped.
  static func main() {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      var command = try parseAsRoot(
        NegativeNumbers.joined(arguments) { try? CommandDescription.program() })
      try command.run()
    } catch {
      var text = fullMessage(for: error).printableLines
      if let shell = CompletedShell.asked?.shell, text == completionScript(for: shell),
        let script = try? CompletionScript.text(for: shell)
      {
        text = script
      }
      let code = exitCode(for: error)
      if !text.isEmpty, code.isSuccess {
        printHelp(text)
      } else if !text.isEmpty {
        writeToStandardError(namingUnknownWord(text, code) + "\n")
      }
      Self.exit(withError: code)
    }
  }

  /// Replaces a usage error by one that names an unknown word, which often causes the error.
  private static func namingUnknownWord(_ text: String, _ code: ExitCode) -> String {
    guard code == .validationFailure, let program = try? CommandDescription.program(),
      let unknown = UnknownWord.first(in: Array(CommandLine.arguments.dropFirst()), of: program),
      !text.contains("Unknown option '\(unknown.word)'"), let usage = text.firstRange(of: "Usage: ")
    else { return text }
    return "Error: \(unknown.description)\n\(text[usage.lowerBound...])"
  }

  /// Prints output that replaces a command, such as help.
  private static func printHelp(_ text: String) {
    do {
      try reportingFailures(needsKernels: false) { try writeToStandardOutput(text + "\n") }
    } catch {
      Self.exit(withError: error)
    }
  }
}
