import ArgumentParser

/// Prints what a shell needs to complete the program's command lines.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print completions for bash, zsh or fish.",
    discussion: """
      Examples:
        latent-explorer completions bash > latent-explorer
        latent-explorer completions zsh > _latent-explorer
        latent-explorer completions fish > latent-explorer.fish

      The shells read them from ~/.local/share/bash-completion/completions, from a folder of zsh's fpath and \
      from ~/.config/fish/completions.
      """)

  @Argument(help: "The shell: 'bash', 'zsh' or 'fish'.")
  var shell: CompletedShell

  func run() throws {
    try reportingFailures(needsKernels: false) {
      try writeToStandardOutput(LatentExplorer.completionScript(for: shell.shell) + "\n")
    }
  }
}

/// A shell that has completions.
enum CompletedShell: String, ExpressibleByArgument, CaseIterable {
  case bash, zsh, fish

  fileprivate var shell: CompletionShell {
    switch self {
    case .bash: .bash
    case .zsh: .zsh
    case .fish: .fish
    }
  }
}
