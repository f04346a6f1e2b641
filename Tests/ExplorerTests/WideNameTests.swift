import Screen
import Testing

@testable import Explorer

/// Names whose characters are two columns wide.
@Suite struct WideNameTests {
  /// The name of a model stands in the title and in lists, in any script.
  @Test func namesAreShownInAnyScript() throws {
    var state = try TinyExplorer.open(name: "数字の模型 한글 модель")
    #expect(state.screen.contains("model 数字の模型 한글 модель"))
    try state.press("m")
    let entries = ["数字", "mine", "한글"].map { LibraryEntry(title: $0, reference: "./\($0)") }
    _ = state.react(.listed(.models, entries))
    let canvas = state.drawn()
    for title in ["数字", "한글"] { #expect(ScreenText.plain(canvas).contains(title)) }
    // The frame around the list is whole: its right side stands in one column.
    let rows = (0..<canvas.size.height).filter { row in
      canvas.cells[row * canvas.size.width..<(row + 1) * canvas.size.width].contains { $0.glyph == "┃" }
    }
    let sides = rows.map { row in (0..<canvas.size.width).filter { canvas[$0, row].glyph == "┃" } }
    #expect(rows.count >= 3 && Set(sides).count == 1)
  }
}
