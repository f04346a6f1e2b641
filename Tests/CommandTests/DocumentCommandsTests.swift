import Foundation
import PseudoTerminals
import TestSupport
import Testing

/// Every command line of every document, in the order printed, in a folder for each document: each ends with 0.
///
/// The built-in digits replace downloaded data. To take about a minute, training is reduced to one epoch of each
/// phase on a few images, `evaluate` to a few images, and `benchmark` to its parts other than the session; with
/// `DOCUMENTS_AS_PRINTED` set, as in `.ci/thorough`, all commands run as printed. `DOCUMENTS_PROGRAM` is the
/// folder of another build of the program.
@Suite struct DocumentCommandsTests {
  private static let variables = ProcessInfo.processInfo.environment
  /// The server of real files; without it, the test's own server sends wrong ones.
  private static let mirror = variables["LATENT_EXPLORER_MIRROR"]
  private static let isAsPrinted = variables["DOCUMENTS_AS_PRINTED"] != nil

  private static let programFolder =
    variables["DOCUMENTS_PROGRAM"] ?? URL(fileURLWithPath: Program.path).deletingLastPathComponent().path

  /// The programs whose command lines are run.
  private static let programs: Set = ["head", "latent-explorer", "mkdir"]
  /// The other programs, with the replacements for their command lines.
  private static let otherPrograms = [
    ".ci/quick": "it runs some of these tests",
    "apt-get": "the libraries are installed before anything is built",
    "cp": ".ci/thorough installation",
    "python3": ".ci/thorough makes such an environment",
    "swift": ".ci/run, .ci/thorough installation",
    "venv/bin/python": ".ci/thorough",
  ]

  /// The current folder of the commands, which is also their home folder.
  private let folder: TemporaryFolder
  /// A data set of a few images, for shortened training.
  private let small: SmallDataset
  private let environment: [String: String]

  init() throws {
    folder = try TemporaryFolder(named: "home")
    // One batch of the largest batch size of the recipes.
    small = try SmallDataset(training: 272)
    // PyTorch writes this file in the article on files; another test does so if PyTorch is installed.
    try FileManager.default.copyItem(
      at: Document.package.appendingPathComponent("assets/models/article.safetensors"),
      to: URL(fileURLWithPath: "\(folder.path)/article.safetensors"))
    var environment = Program.environment(home: folder.path)
    environment["PATH"] = "\(Self.programFolder):/usr/bin:/bin"
    // The default for users who do not set it.
    environment["XDG_DATA_HOME"] = "\(folder.path)/.local/share"
    environment["no_proxy"] = "*"
    environment["LATENT_EXPLORER_MIRROR"] = Self.mirror
    self.environment = environment
  }

  private static func commands(of document: Document) -> [Document.Command] {
    document.commands.filter { programs.contains($0.program) }
  }

  private static let documents = ((try? Document.all()) ?? []).filter { !commands(of: $0).isEmpty }

  @Test(arguments: documents) func everyCommandSucceeds(document: Document) throws {
    for command in Self.commands(of: document) { try run(command) }
  }

  @Test func everyCommandLineIsRun() throws {
    let commands = try Document.all().flatMap(\.commands)
    try #require(commands.count >= 50)
    #expect(Self.documents.count >= 8)
    for command in commands {
      #expect(
        Self.programs.contains(command.program) || Self.otherPrograms[command.program] != nil, "\(command)")
    }
  }

  /// A command and its arguments other than options.
  private func words(_ command: Document.Command) -> [String] {
    command.text.split(separator: " ").dropFirst().prefix { !$0.hasPrefix("-") }.map(String.init)
  }

  private func run(_ command: Document.Command) throws {
    switch words(command).first {
    case _ where command.program != "latent-explorer": try runInShell(command.text, command)
    case nil where !command.text.contains("--help") && !command.text.contains("--version"),
      "explore":
      try explore(command)
    case "fetch" where Self.mirror == nil: try fetch(command)
    default: try runInShell(limited(command.text), command)
    }
  }

  private func runInShell(_ line: String, _ command: Document.Command) throws {
    let outcome = try shell(line, environment)
    #expect(outcome.status == 0, "\(command) as \(line) ended with \(outcome.status): \(outcome.errors)")
  }

  private func shell(_ line: String, _ environment: [String: String]) throws -> Program.Outcome {
    try Program.run([], environment: environment, in: folder.path, inShell: "set -o pipefail\n\(line)")
  }

  /// Opens the explorer and quits by its key.
  private func explore(_ command: Document.Command) throws {
    let line = onDigits(command.text)
    let terminal = try PseudoTerminal(
      ["/bin/bash", "-c", "cd \"$HOME\"; \(line)"], environment: environment, width: 100, height: 30)
    do {
      try terminal.waitForText("q quit")
      terminal.type("q")
      #expect(try terminal.waitForExit() == .status(0), "\(command)")
    } catch {
      Issue.record("\(command): \(error)")
    }
  }

  /// The real files are not available to tests: correct requests are sent, and wrong contents are rejected.
  private func fetch(_ command: Document.Command) throws {
    // The size of the first file.
    let server = try LoopbackServer { _ in .answer([UInt8](repeating: 7, count: 4542)) }
    let outcome = try shell(
      command.text, environment.merging(["LATENT_EXPLORER_MIRROR": server.address]) { $1 })
    #expect(outcome.status == 1 && outcome.errors.contains("wrong contents"), "\(command): \(outcome.errors)")
    #expect(server.requests.map(\.path) == ["/t10k-labels-idx1-ubyte.gz"], "\(command)")
    // Removes files that would change the following commands.
    try? FileManager.default.removeItem(atPath: "\(folder.path)/.local/share/latent-explorer")
  }

  /// The line with the built-in digits in place of downloaded data.
  private func onDigits(_ line: String) -> String {
    line.replacing(/--data[ =]\S+/, with: "--data digits")
      .replacing(/data=\S+?([ '"])/) { "data=digits\($0.1)" }
  }

  /// The line with options that shorten it.
  private func limited(_ line: String) -> String {
    let line = onDigits(line)
    guard !Self.isAsPrinted else { return line }
    if line.hasPrefix("latent-explorer train"), !line.contains("--resume") {
      let epochs = line.contains("article") || line.contains("--phases") ? "1,1,1" : "1"
      let short = line.replacing(/--epochs \S+/, with: "").replacing("--data digits", with: "")
      return inserting("--data '\(small.path)' --epochs \(epochs) --held-out 16", into: short)
    }
    if line.hasPrefix("latent-explorer evaluate") { return inserting("--images 20", into: line) }
    if line.hasPrefix("latent-explorer benchmark") { return inserting("--only computing", into: line) }
    return line
  }

  /// Inserts options right after the command, before pipes and other words.
  private func inserting(_ options: String, into line: String) -> String {
    let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    return (words.prefix(2) + [Substring(options)] + words.dropFirst(2)).joined(separator: " ")
  }

  @Test func commandsAreFoundInIndentedBlocksOnly() {
    let document = Document(
      path: "Page.md",
      text: """
        Text with `latent-explorer inline`.

            latent-explorer one \\
              --more
            swift build
            latent-explorer

        ```
            latent-explorer fenced
        ```

              a formula
        latent-explorer in a sentence
        """)
    #expect(
      document.commands.map(\.text) == [
        "latent-explorer one \\\n      --more", "swift build", "latent-explorer",
      ])
    #expect(document.commands.map(\.line) == [3, 5, 6])
    #expect(document.commands.map(\.program) == ["latent-explorer", "swift", "latent-explorer"])
  }
}
