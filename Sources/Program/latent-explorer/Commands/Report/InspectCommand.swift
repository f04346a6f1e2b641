import ArgumentParser
import Libraries

/// Prints the contents of a model file, or a report about the program and its environment.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Describe a model file, or this system for a bug report.",
    discussion: """
      Examples:
        latent-explorer inspect
        latent-explorer inspect run/model.safetensors
        latent-explorer inspect digits --json
        latent-explorer inspect - < run/model.safetensors

      Without a file it prints version, system, processor, terminal and drawing mode, environment variables, \
      folders, and the data sets and models found.
      """)

  @Argument(
    help: ArgumentHelp(ModelChoice.help, valueName: "file|name"), completion: ModelChoice.completion,
    transform: PathArgument.parse)
  var model: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    guard let model else { return try describeSystem() }
    try reportingFailures {
      let report = ModelReport(try ModelChoice.readContents(model))
      try writeToStandardOutput((json ? try report.json : report.table) + "\n")
    }
  }

  /// Succeeds also if the environment requests an unsupported kernel, as the report shows it.
  private func describeSystem() throws {
    try reportingFailures(needsKernels: false) {
      let report = SystemReport()
      try writeToStandardOutput((json ? try report.json : report.table) + "\n")
    }
  }
}
