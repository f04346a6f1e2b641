import Screen

extension ExplorerState {
  /// The text as the terminal shows it; without Unicode, some characters need several columns.
  func spelled(_ text: String) -> String { capabilities.unicode ? text : Glyph.asciiText(text) }

  /// A text that names keys, as the terminal shows it. Without Unicode, arrows are spelled out because `<`
  /// and `>` are other keys.
  func spelledKeys(_ text: String) -> String {
    guard !capabilities.unicode else { return text }
    let names = [("← → ↑ ↓", "arrows"), ("←", "Left"), ("→", "Right"), ("↑", "Up"), ("↓", "Down")]
    return spelled(names.reduce(text) { $0.replacing($1.0, with: $1.1) })
  }
}
