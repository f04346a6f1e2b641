import Screen

extension ExplorerState {
  func drawOverlay(on canvas: inout Canvas) {
    guard let list = overlayList(width: canvas.size.width) else { return }
    let region = list.region(in: canvas.bounds)
    canvas.fill(region)
    let inside = canvas.drawBox(region, title: list.title, isSelected: true)
    let shown = list.shownLines(in: region)
    for (row, index) in shown.enumerated() {
      let isSelected = index == list.selected
      canvas.put(
        (isSelected ? "▸" : " ") + list.lines[index], in: inside.line(row), isSelected ? .selected : .standard
      )
    }
    // Arrows at the right mark lines beyond the edges.
    let right = region.columns.upperBound - 1
    if shown.lowerBound > 0 { canvas[right, inside.row] = Cell("▲", .selected) }
    if shown.upperBound < list.lines.count, let last = shown.indices.last {
      canvas[right, inside.row + last - shown.lowerBound] = Cell("▼", .selected)
    }
    if inside.height > 0 { canvas.put(" " + list.hint, in: inside.line(inside.height - 1), .faint) }
  }

  /// Framed lines over the middle of the screen.
  struct OverlayList {
    var lines: [String]
    var title: String
    var hint: String
    /// The line that Enter chooses; the list scrolls to it.
    var selected: Int?
    /// The minimum number of columns inside the frame.
    var width = 0

    func region(in screen: Rectangle) -> Rectangle {
      let inner = max(
        lines.map(Glyph.columns).max() ?? 0, Glyph.columns(of: hint), Glyph.columns(of: title) + 2, width)
      return screen.centered(Size(width: inner + 4, height: lines.count + 3))
    }

    /// The lines that fit inside the frame, in order.
    func shownLines(in region: Rectangle) -> Range<Int> {
      let visible = max(0, min(lines.count, region.height - 3))
      let first = max(0, min(selected.map { $0 - visible / 2 } ?? 0, lines.count - visible))
      return first..<first + visible
    }

    /// The line at a position on the screen.
    func line(column: Int, row: Int, in screen: Rectangle) -> Int? {
      let region = region(in: screen)
      guard region.inset().columns.contains(column), row > region.row else { return nil }
      let shown = shownLines(in: region)
      let index = shown.lowerBound + row - region.row - 1
      return shown.contains(index) ? index : nil
    }
  }

  /// The overlay's list as the terminal shows it; nil without a list.
  func overlayList(width: Int) -> OverlayList? {
    guard var list = unspelledList(width: width) else { return nil }
    list.lines = list.lines.map(session.capabilities.spelled)
    list.hint = session.capabilities.spelledKeys(list.hint)
    return list
  }

  private func unspelledList(width: Int) -> OverlayList? {
    let (samples, list) = (session.samples, session.selection.list)
    switch overlay {
    case .actions(let query, let selected):
      return actionList(query, selected)
    case .value(let text):
      let scale = session.scales[session.selected]
      return OverlayList(
        lines: ["\(scale.label): \(text)▏\(scale.unit)"], title: "set \(scale.label)",
        hint: "Enter sets, Esc closes")
    case .goTo(let digits):
      let range = session.goToRange
      return OverlayList(
        lines: [
          "\(list.order == nil ? "sample" : "rank") \(range.lowerBound) to \(range.upperBound): \(digits)▏"
        ], title: "go to",
        hint: "Enter goes, Esc closes")
    case .library(let library, let entries, let selected):
      let lines = entries.map { $0.isEmpty ? [library.emptyText] : $0.map(\.title) } ?? ["searching…"]
      return OverlayList(
        lines: lines, title: library.title, hint: "↑ ↓ choose, Enter opens, Esc closes",
        selected: entries?.isEmpty == false ? selected : nil)
    case .training(let selected):
      return OverlayList(
        lines: session.trainingTitles,
        title: "train \(session.dataset.map { "on \($0.title)" } ?? "")",
        hint: "↑ ↓ choose, Enter starts, → changes the recipe, Esc closes", selected: selected)
    case .recipe(let editor, let selected):
      return recipeList(editor, selected, screenWidth: width)
    case .classes(let selected):
      let lines =
        ["all \(samples.count) samples"]
        + list.classes.map { "\(samples.className($0.label)): \($0.count) samples" }
      return OverlayList(
        lines: lines, title: "class", hint: "↑ ↓ choose, Enter shows, Esc closes", selected: selected)
    case .orders(let selected):
      return OverlayList(
        lines: session.orderTitles, title: "worst first", hint: "↑ ↓ choose, Enter sorts, Esc closes",
        selected: selected)
    case .question(let replacement, let selected):
      return OverlayList(
        lines: session.answers(to: replacement).map(\.title),
        title: "trained weights are not saved: lose them?",
        hint: session.answers(to: replacement).map { "\($0.key) \($0.brief)" }.joined(separator: ", ")
          + ", ↑ ↓ choose, Enter answers", selected: selected)
    case .figures(let selected):
      return OverlayList(
        lines: figures.map(\.title), title: "write to a file", hint: "↑ ↓ choose, Enter writes, Esc closes",
        selected: selected)
    case .data(let selected):
      return OverlayList(
        lines: dataLines(width: width), title: "data", hint: "↑ ↓ scroll, Esc closes", selected: selected)
    case .state:
      return stateList(width: width)
    case nil:
      return nil
    }
  }

  /// The lines about the data, inside the frame of a list on a screen of `width` columns.
  func dataLines(width: Int) -> [String] { session.dataLines(width: max(10, width - 6)) }

  private func actionList(_ query: String, _ selected: Int) -> OverlayList {
    let entries = KeyBinding.entries(matching: query, in: place)
    let all = KeyBinding.entries
    let keyWidth = all.map { session.capabilities.spelledKeys($0.keys).count }.max() ?? 0
    let placeWidth = all.map(\.place.count).max() ?? 0
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count) + 1)
    }
    func line(_ entry: KeyBinding.Entry) -> String {
      padded(session.capabilities.spelledKeys(entry.keys), keyWidth) + padded(entry.place, placeWidth)
        + entry.title
    }
    return OverlayList(
      lines: entries.isEmpty ? ["no action matches"] : entries.map(line),
      title: "actions: \(query)▏", hint: "type to search, ↑ ↓ choose, Enter runs, Esc closes",
      selected: entries.isEmpty ? nil : min(selected, entries.count - 1),
      width: all.map { line($0).count }.max() ?? 0)
  }

  private func recipeList(_ editor: RecipeEditor, _ selected: Int, screenWidth: Int) -> OverlayList {
    let texts = editor.fields.map(editor.text)
    let width = texts.map(\.label.count).max() ?? 0
    let lines = texts.enumerated().map { index, text in
      let value = index == selected ? marked(text.value) : "  \(text.value)"
      // On narrow screens the value comes first, so that it remains visible.
      if screenWidth < width + 24 { return value + "  " + text.label.drop { $0 == " " } }
      return text.label + String(repeating: " ", count: width - text.label.count + 1) + value
    }
    return OverlayList(
      lines: lines, title: editor.title, hint: "← → change, Enter starts, Esc goes back", selected: selected,
      width: (lines.map(\.count).max() ?? 0) + 4)
  }

  /// A value that ← and → change.
  private func marked(_ value: String) -> String {
    // In ASCII, < and > name keys.
    session.capabilities.unicode ? "‹ \(value) ›" : "( \(value) )"
  }

  /// The line of the state, broken at the screen's width.
  private func stateList(width: Int) -> OverlayList {
    let room = max(10, width - 6)
    var lines = [""]
    for character in "latent-explorer --state '\(stateText)'" {
      let last = lines.count - 1
      if Glyph.columns(of: lines[last]) + Glyph.columns(of: character) <= room {
        lines[last].append(character)
      } else {
        lines.append(String(character))
      }
    }
    var note = session.modelInUse.reference == nil ? ["", "The model in use is not saved: w saves it."] : []
    if session.showsDrawing { note += ["", "Your drawing is not included: W on its page saves it."] }
    return OverlayList(
      lines: lines + note, title: "this screen as a command",
      hint: "printed again on exit; any key closes")
  }
}
