import Foundation

/// A Markdown file of the package.
public struct Document: Sendable, CustomStringConvertible {
  /// The path below the package's folder.
  public let path: String
  /// The contents.
  public let text: String

  /// A document with the given contents.
  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }

  /// Reads the document at `path` below the package's folder.
  public init(_ path: String) throws {
    self.init(
      path: path, text: try String(contentsOf: Self.package.appendingPathComponent(path), encoding: .utf8))
  }

  /// The path.
  public var description: String { path }

  /// The package's folder.
  public static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The front page.
  public static let readme = "README.md"
  private static let articles = "Sources/Program/latent-explorer/latent-explorer.docc"
  /// The article on commands.
  public static let commands = "\(articles)/Commands.md"
  /// The article on files and PyTorch.
  public static let files = "\(articles)/Files.md"
  /// The table of all keys.
  public static let keys = "\(articles)/Keys.md"
  /// The article on the code.
  public static let architecture = "\(articles)/Architecture.md"
  /// The article on the kernels.
  public static let kernels = "Sources/Kernels/Kernels/Kernels.docc/KernelDesign.md"
  /// The terms.
  public static let glossary = "\(articles)/Glossary.md"

  /// All Markdown files of the package, in order of their paths.
  public static func all() throws -> [Document] {
    let files = FileManager.default
    var paths = [readme]
    for folder in [".github", "Sources", "Tests", "assets"] {
      let path = package.appendingPathComponent(folder).path
      paths += try files.subpathsOfDirectory(atPath: path).map { "\(folder)/\($0)" }
    }
    return try paths.filter { $0.hasSuffix(".md") }.sorted().map { try Document($0) }
  }

  /// Replaces the contents of the file.
  public func write(_ text: String) throws {
    try Data(text.utf8).write(to: Self.package.appendingPathComponent(path))
  }
}

extension Document {
  /// A command line as it is printed, with the number of its first line.
  public struct Command: Sendable, CustomStringConvertible {
    /// The document's path.
    public let path: String
    /// The number of the first line, from 1.
    public let line: Int
    /// The line, with those that continue it.
    public let text: String

    /// The place and the text.
    public var description: String { "\(path):\(line): \(text)" }

    /// The first word.
    public var program: String { text.split(separator: " ").first.map(String.init) ?? "" }
  }

  /// The command lines that stand alone, indented by four spaces; those that a backslash ends continue.
  public var commands: [Command] {
    var commands: [Command] = []
    var (isFenced, continues) = (false, false)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") { isFenced.toggle() }
      if continues, let last = commands.popLast() {
        commands.append(Command(path: path, line: last.line, text: last.text + "\n" + line))
        continues = line.hasSuffix("\\")
      } else if !isFenced, line.hasPrefix("    "), !line.hasPrefix("     ") {
        commands.append(Command(path: path, line: index + 1, text: String(line.dropFirst(4))))
        continues = line.hasSuffix("\\")
      }
    }
    return commands
  }

  /// The lines outside fenced and indented code.
  public var prose: [(line: Int, text: String)] {
    var lines: [(line: Int, text: String)] = []
    var isFenced = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        isFenced.toggle()
      } else if !isFenced, !line.hasPrefix("    ") {
        lines.append((index + 1, String(line)))
      }
    }
    return lines
  }

  /// The document with `rows` below the head of the table that begins with `head`, in place of its rows.
  public func replacingTable(_ head: String, rows: [String]) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = lines.firstIndex(of: head) else { return text }
    let first = start + 2
    let end = lines[first...].firstIndex { !$0.hasPrefix("|") } ?? lines.endIndex
    lines.replaceSubrange(first..<end, with: rows)
    return lines.joined(separator: "\n")
  }
}
