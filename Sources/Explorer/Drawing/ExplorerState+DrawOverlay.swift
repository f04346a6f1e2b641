import Screen

extension ExplorerState {
  func drawOverlay(on canvas: inout Canvas) {
    switch overlay {
    case .help(let first):
      let width = KeyBinding.all.map(\.title.count).max() ?? 0
      let lines = KeyBinding.all.map { binding in
        binding.title + String(repeating: " ", count: width - binding.title.count + 2) + binding.help
      }
      let scrolls = helpLines < lines.count
      drawList(
        lines, title: "keys", hint: scrolls ? "↑ ↓ scroll, any other key closes" : "any key closes",
        selected: nil, first: first, on: &canvas)
    case .value(let text):
      let scale = scales[selected]
      drawList(
        ["\(scale.label): \(text)▏\(scale.unit)"], title: "set \(scale.label)",
        hint: "Enter sets, Esc closes", selected: nil, on: &canvas)
    case .goTo(let digits):
      drawList(
        ["sample 0 to \(samples.count - 1): \(digits)▏"], title: "go to", hint: "Enter goes, Esc closes",
        selected: nil, on: &canvas)
    case .models(let entries, let selected):
      let lines = entries.map { $0.isEmpty ? ["no models"] : $0.map(\.title) } ?? ["looking…"]
      drawList(
        lines, title: "models", hint: "↑ ↓ choose, Enter opens, Esc closes",
        selected: entries?.isEmpty == false ? selected : nil, on: &canvas)
    case .training(let selected):
      drawList(
        trainingTitles, title: "train \(dataset.map { "on \($0.title)" } ?? "")",
        hint: "↑ ↓ choose, Enter starts, Esc closes", selected: selected, on: &canvas)
    case nil:
      break
    }
  }

  /// Lines in a frame over the middle of the screen; scrolls to the selected one, or starts with line `first`.
  private func drawList(
    _ lines: [String], title: String, hint: String, selected: Int?, first start: Int = 0,
    on canvas: inout Canvas
  ) {
    let inner = max(lines.map(\.count).max() ?? 0, hint.count, title.count + 2)
    let region = canvas.bounds.centered(Size(width: inner + 4, height: lines.count + 3))
    canvas.fill(region)
    let inside = canvas.drawBox(region, title: title, isSelected: true)
    let visible = max(0, min(lines.count, inside.height - 1))
    let first = max(0, min(selected.map { $0 - visible / 2 } ?? start, lines.count - visible))
    for row in 0..<visible {
      let isSelected = first + row == selected
      let line = inside.line(row)
      canvas.put((isSelected ? "▸" : " ") + lines[first + row], in: line, isSelected ? .selected : .standard)
    }
    if inside.height > 0 { canvas.put(" " + hint, in: inside.line(inside.height - 1), .faint) }
  }
}
