import Screen
import Testing

@testable import NcursesTerminal

/// In the suite of the terminal without a device, because a process has one terminal.
extension NcursesTerminalTests {
  @Test(arguments: [false, true]) func wideGlyphsTakeTwoColumns(isASCII: Bool) throws {
    let offline = try OfflineTerminal(isASCII: isASCII)
    var canvas = Canvas(size: offline.terminal.size)
    canvas.put("a日本語b🙂한z", column: 0, row: 0)
    canvas.put("日本語日本語日本語漢", column: 1, row: 1)
    offline.present(canvas)
    #expect(offline.firstDifference(from: canvas) == nil)
    #expect(offline.screen[1, 0].glyph == (isASCII ? "?" : "日"))
    #expect(offline.screen[7, 0].glyph == "b")
    // Each half gives way to something else, and a wide glyph moves by one column.
    for change in ["x", " 日", "日日", "xx日", "日x", "   日", "漢字漢字", "x漢字漢y", " "] {
      canvas.fill(Rectangle(column: 0, row: 0, width: 20, height: 1))
      canvas.put(change + "日本語", column: 0, row: 0)
      canvas.put(change, column: 4, row: 1)
      offline.present(canvas)
      #expect(offline.firstDifference(from: canvas) == nil, "\(change)")
    }
  }
}
