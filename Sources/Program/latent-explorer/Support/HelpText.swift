/// Texts that the help of several commands shares.
enum HelpText {
  /// The width of columns in the help: the manual page indents them by ten, in 80 columns.
  static let width = 70

  static let exitStatusHeading = "Exit status:"

  /// All exit statuses, one or two lines each.
  static let exitStatus = columns(ExitStatus.table.map { ($0.status, $0.meaning) })

  /// Terms with their meanings in columns; continuation lines are indented.
  static func columns(_ rows: [(term: String, meaning: String)]) -> String {
    let start = 2 + (rows.map(\.term.count).max() ?? 0) + 2
    return rows.map { row in
      let head = "  " + row.term + String(repeating: " ", count: start - 2 - row.term.count)
      let lines = wrapped(row.meaning, to: width - start)
      return head + lines.joined(separator: "\n" + String(repeating: " ", count: start))
    }.joined(separator: "\n")
  }

  private static func wrapped(_ text: String, to width: Int) -> [String] {
    text.split(separator: " ").reduce(into: []) { lines, word in
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
  }
}
