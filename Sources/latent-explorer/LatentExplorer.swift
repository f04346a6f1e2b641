import ArgumentParser
import Primitives

/// The program: commands over the core.
@main
struct LatentExplorer: ParsableCommand {
  /// The program's version, as `--version` and `inspect` tell it.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "latent-explorer",
    abstract: "Turn, bend and train digits in the latent space of a typed autoencoder.",
    discussion: """
      Examples:
        latent-explorer
        latent-explorer fetch mnist
        latent-explorer train --data digits --recipe article --output run
        latent-explorer evaluate --model run/model.safetensors --data digits
        latent-explorer inspect run/model.safetensors

      Without a subcommand it explores: 'latent-explorer explore --help' lists those options and all keys.
      """,
    version: version,
    subcommands: [
      ExploreCommand.self, FetchCommand.self, TrainCommand.self, EvaluateCommand.self, InspectCommand.self,
      RenderCommand.self, ScreenCommand.self, BenchmarkCommand.self,
    ],
    defaultSubcommand: ExploreCommand.self)

  /// Runs what the command line asks for.
  ///
  /// The parser's own sentences repeat what was typed, or pasted, as it is.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let text = fullMessage(for: error).printableLines
      let code = exitCode(for: error)
      if !text.isEmpty, code.isSuccess {
        printHelp(text)
      } else if !text.isEmpty {
        writeToStandardError(text + "\n")
      }
      Self.exit(withError: code)
    }
  }

  /// Prints what was asked for in place of a command, such as help.
  private static func printHelp(_ text: String) {
    do {
      try reportingFailures(needsKernels: false) { try writeToStandardOutput(text + "\n") }
    } catch {
      Self.exit(withError: error)
    }
  }
}
