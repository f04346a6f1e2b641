import PseudoTerminals

/// Parsers of the explorer's screen.
struct ExplorerScreen {
  private let screen: VirtualScreen

  init(_ screen: VirtualScreen) {
    self.screen = screen
  }

  /// Returns true for a picture below the caption `decoded` that is not uniform.
  var showsDecodedPicture: Bool {
    for row in 0..<screen.height {
      guard let column = Self.column(of: "decoded", in: screen.line(row)) else { continue }
      let rows = row + 1..<min(row + 11, screen.height)
      let columns = max(0, column - 8)..<min(column + 16, screen.width)
      let cells = Set(rows.flatMap { row in columns.map { screen[$0, row] } })
      return cells.count >= Self.leastKindsOfCells
    }
    return false
  }

  /// The text of θ beside its slider, such as `45°`; nil without that line.
  var angle: String? {
    for row in 0..<screen.height {
      let words = screen.line(row).split(separator: " ")
      // Pictures may stand to the left of the selected slider.
      guard let place = words.firstIndex(of: "θ"), place < 2 || words[place - 1] == "▸" else { continue }
      if let value = words[place...].first(where: { $0.hasSuffix("°") }) { return String(value) }
    }
    return nil
  }

  /// The true angle of the input in the status line, such as `15`; empty where it shows none.
  var inputAngle: String {
    let status = screen.line(max(0, screen.height - 2))
    return status.firstMatch(of: /(?:true|turned by) ([−-]?[0-9]+)°/).map { String($0.1) } ?? ""
  }

  /// The latest epoch shown of the first phase; nil where none is shown.
  var firstPhaseEpoch: Int? {
    let numbers = (0..<screen.height).compactMap { row -> Int? in
      let match = screen.line(row).firstMatch(of: /phase 1\b.*?epoch ([0-9]+)\//)
      return match.flatMap { Int($0.1) }
    }
    return numbers.max()
  }

  private static let leastKindsOfCells = 4

  private static func column(of word: String, in line: String) -> Int? {
    line.firstRange(of: word).map { line.distance(from: line.startIndex, to: $0.lowerBound) }
  }
}
