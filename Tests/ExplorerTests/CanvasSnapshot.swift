import Foundation
import Screen
import Testing

/// A whole canvas as text, held against a file in `Snapshots`.
///
/// The file has the glyphs between bars, then the looks of every row as runs: `12*39b` is 12 cells in the
/// palette's colour 39 and bold, `16/231` has a background, `.` is the terminal's own look. A row equal to
/// the one above is a quotation mark.
///
/// With `RECORD_SNAPSHOTS` in the environment the files are written instead.
enum CanvasSnapshot {
  static func check(
    _ canvas: Canvas, _ capabilities: Capabilities, name: String,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appendingPathComponent(name + ".txt")
    let found = text(canvas, capabilities)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try Data(found.utf8).write(to: file)
    }
    let recorded = try String(contentsOf: file, encoding: .utf8)
    let difference = firstDifference(recorded, found)
    #expect(difference == nil, "\(name)", sourceLocation: location)
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Snapshots")

  static func text(_ canvas: Canvas, _ capabilities: Capabilities) -> String {
    let rows = (0..<canvas.size.height).map { row in
      (0..<canvas.size.width).map { canvas[$0, row] }
    }
    let glyphs = rows.map { row in
      "|" + String(row.map { capabilities.unicode ? $0.glyph : Glyph.ascii($0.glyph) }) + "|"
    }
    var looks = rows.map { runs($0.map { look($0.style.resolved(capabilities.colors)) }) }
    for index in looks.indices.dropFirst().reversed() where looks[index] == looks[index - 1] {
      looks[index] = "\""
    }
    return (glyphs + looks).joined(separator: "\n") + "\n"
  }

  private static func look(
    _ look: (foreground: TerminalColor?, background: TerminalColor?, attributes: Attributes)
  ) -> String {
    var text = look.foreground.map(name) ?? ""
    if let background = look.background { text += "/\(name(background))" }
    let letters: [(Attributes, String)] = [(.bold, "b"), (.dim, "d"), (.underline, "u"), (.reverse, "r")]
    text += letters.map { look.attributes.contains($0.0) ? $0.1 : "" }.joined()
    return text.isEmpty ? "." : text
  }

  private static func name(_ color: TerminalColor) -> String {
    switch color {
    case .palette(let number): "\(number)"
    case .rgb(let red, let green, let blue): "\(red),\(green),\(blue)"
    }
  }

  private static func runs(_ looks: [String]) -> String {
    var runs: [(look: String, count: Int)] = []
    for look in looks {
      if runs.last?.look == look { runs[runs.count - 1].count += 1 } else { runs.append((look, 1)) }
    }
    return runs.map { $0.count == 1 ? $0.look : "\($0.count)*\($0.look)" }.joined(separator: " ")
  }

  private static func firstDifference(_ recorded: String, _ found: String) -> String? {
    let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
    let new = found.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, pair) in zip(old, new).enumerated() where pair.0 != pair.1 {
      return "line \(index + 1): recorded\n\(pair.0)\nfound\n\(pair.1)"
    }
    return old.count == new.count ? nil : "\(old.count) lines recorded, \(new.count) found"
  }
}
