import Foundation

/// README.md, as people read it.
enum Readme {
  /// A command line as it is printed, with the number of its first line.
  struct Command: CustomStringConvertible {
    let line: Int
    let text: String

    var description: String { "README.md:\(line): \(text)" }
  }

  /// The package's folder.
  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func text() throws -> String {
    try String(contentsOf: package.appendingPathComponent("README.md"), encoding: .utf8)
  }

  /// The lines that stand alone in `text`, set in or fenced, and begin with one of `programs`; those that a
  /// backslash ends go on.
  static func commands(in text: String, of programs: [String]) -> [Command] {
    var commands: [Command] = []
    var (isFenced, goesOn) = (false, false)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        (isFenced, goesOn) = (!isFenced, false)
      } else if goesOn, let last = commands.popLast() {
        commands.append(Command(line: last.line, text: last.text + "\n" + line))
        goesOn = line.hasSuffix("\\")
      } else if let code = isFenced ? line : line.hasPrefix("    ") ? line.dropFirst(4) : nil,
        programs.contains(where: { code == $0 || code.hasPrefix($0 + " ") })
      {
        commands.append(Command(line: index + 1, text: String(code)))
        goesOn = code.hasSuffix("\\")
      }
    }
    return commands
  }
}
