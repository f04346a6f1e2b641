import ArgumentParser

/// Prints the manual page.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page, for man.",
    discussion: """
      Examples:
        latent-explorer manual > latent-explorer.1
        latent-explorer manual | man -l -

      It contains the help of all commands, exit statuses, environment variables and files.
      """)

  func run() throws {
    try reportingFailures(needsKernels: false) {
      try writeToStandardOutput(ManualPage(try CommandDescription.program()).text)
    }
  }
}
