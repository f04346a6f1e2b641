import ArgumentParser
import Libraries

/// Prints the contents of a model file or a data set, or a report about the program and its environment.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Describe a model file, a data set, or this system for a bug report.",
    usage: """
      latent-explorer inspect [<file|name>] [--json]
             latent-explorer inspect --data <path|name> [<options>]
      """,
    discussion: """
      Examples:
        latent-explorer inspect
        latent-explorer inspect run/model.safetensors
        latent-explorer inspect digits --json
        latent-explorer inspect - < run/model.safetensors
        latent-explorer inspect --data mnist.npz --output sheet.png

      Without a file it prints version, system, processor, terminal and drawing mode, environment variables, \
      folders, and the data sets and models found.

      With --data it reads a data set once and prints its kind, arrays or files, shape, range, parts \
      and classes, and the memory that it needs; for a faulty one, as far as it could be read.
      """)

  @Argument(
    help: ArgumentHelp(ModelChoice.help, valueName: "file|name"), completion: ModelChoice.completion,
    transform: PathArgument.parse)
  var model: String?

  @Option(
    help: ArgumentHelp(DataChoice.help, valueName: "path|name"),
    completion: DataChoice.completion, transform: PathArgument.parse)
  var data: String?

  @OptionGroup(title: "Data") var reading: DataReadingOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("With --data: a contact sheet of the test images, as .png.", valueName: "file"),
    completion: .file(extensions: ["png"]))
  var output: FigureFile?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    try reading.require(data)
    guard data == nil || model == nil else {
      throw ValidationError("A model file and --data exclude each other.")
    }
    guard output == nil || data != nil else { throw ValidationError("--output requires --data.") }
    guard output.map({ $0.isStream || $0.kind == .png }) ?? true else {
      throw ValidationError("--output takes a .png file.")
    }
  }

  func run() throws {
    if let data { return try describe(data: data) }
    guard let model else { return try describeSystem() }
    try reportingFailures {
      let report = ModelReport(try ModelChoice.readContents(model))
      try writeToStandardOutput((json ? try report.json : report.table) + "\n")
    }
  }

  /// Prints what could be read, then fails if that was not all.
  private func describe(data: String) throws {
    try reportingFailures(needsKernels: false) {
      let choice = try DataChoice(data, options: reading.options)
      let report =
        switch choice.place {
        case .builtIn(let set): try DataReport(set, choice: choice)
        case .folder(let path), .files(let path): DataReport(path, options: choice.options)
        }
      try writeToStandardOutput((json ? try report.json : report.table) + "\n")
      if let error = report.error { throw Failure(error) }
      if let output, let sheet = report.sheet { try output.write(sheet.bytes()) }
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
