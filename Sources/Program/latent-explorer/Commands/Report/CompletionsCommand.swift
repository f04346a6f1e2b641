import ArgumentParser

/// Prints a shell's completion script.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print completions for bash, zsh or fish.",
    discussion: """
      Examples:
        latent-explorer completions bash > latent-explorer
        latent-explorer completions zsh > _latent-explorer
        latent-explorer completions fish > latent-explorer.fish

      Shells read them from ~/.local/share/bash-completion/completions, from a folder of zsh's fpath and \
      from ~/.config/fish/completions.
      """)

  @Argument(help: "The shell: 'bash', 'zsh' or 'fish'.")
  var shell: CompletedShell

  func run() throws {
    try reportingFailures(needsKernels: false) {
      try writeToStandardOutput(CompletionScript.text(for: shell.shell) + "\n")
    }
  }
}

/// A shell with completions.
enum CompletedShell: String, ExpressibleByArgument, CaseIterable {
  case bash, zsh, fish

  /// The shell for which the arguments request a script by the parser's own option.
  static var asked: CompletedShell? {
    let words = CommandLine.arguments
    guard let place = words.firstIndex(where: { $0.hasPrefix("--generate-completion-script") }) else {
      return nil
    }
    let value = words[place].split(separator: "=").dropFirst().first.map(String.init)
    return (value ?? words.dropFirst(place + 1).first).flatMap(Self.init)
  }

  var shell: CompletionShell {
    switch self {
    case .bash: .bash
    case .zsh: .zsh
    case .fish: .fish
    }
  }
}
