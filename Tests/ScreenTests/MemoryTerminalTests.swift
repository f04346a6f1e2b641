import Testing

@testable import Screen

@Suite struct MemoryTerminalTests {
  @Test func framesAreKeptAndBatchesReported() {
    let terminal = MemoryTerminal(
      size: Size(width: 4, height: 2),
      batches: [[.key(.up), .key(.down)], [.resized(Size(width: 9, height: 3)), .woken]])
    terminal.present(Canvas(size: terminal.size, filledWith: Cell("a")))
    #expect(terminal.waitForEvents(timeout: nil) == [.key(.up), .key(.down)])
    #expect(terminal.waitForEvents(timeout: nil).last == .woken)
    #expect(terminal.size == Size(width: 9, height: 3))
    terminal.present(Canvas(size: terminal.size))
    #expect(terminal.frames.map(\.size.width) == [4, 9])
    #expect(terminal.waitForEvents(timeout: .zero) == [.ended(.endOfInput)])
  }

  @Test func keysAreReportedOneByOne() throws {
    let terminal = MemoryTerminal(size: Size(width: 1, height: 1), keys: try KeyScript.parse("n*2"))
    #expect(terminal.waitForEvents(timeout: nil) == [.key(.character("n"))])
    #expect(terminal.waitForEvents(timeout: nil) == [.key(.character("n"))])
    #expect(terminal.waitForEvents(timeout: nil) == [.ended(.endOfInput)])
  }
}

@Suite struct ScreenTextTests {
  private var sample: Canvas {
    var canvas = Canvas(size: Size(width: 5, height: 2))
    canvas.put("ab", column: 0, row: 0, Style(.alarm, on: .grey(0), [.bold, .underline]))
    canvas.put("c", column: 2, row: 0, Style(.standard, .reverse))
    canvas.put("─", column: 0, row: 1, .faint)
    return canvas
  }

  @Test func plainTextHasNoStyles() {
    #expect(ScreenText.plain(sample) == "abc\n─\n")
    #expect(ScreenText.plain(sample, unicode: false) == "abc\n-\n")
    #expect(ScreenText.plain(Canvas(size: Size(width: 0, height: 0))) == "")
  }

  @Test func colorsOf24BitsAreTheirOwnSequences() {
    var canvas = Canvas(size: Size(width: 1, height: 1))
    canvas[0, 0] = Cell("x", Style(.rgb(1, 20, 255), on: .rgb(255, 135, 0)))
    #expect(
      ScreenText.styled(canvas, capabilities: Capabilities(colors: .truecolor, unicode: true))
        == "\u{1B}[0;38;2;1;20;255;48;2;255;135;0mx\u{1B}[0m\n")
    #expect(
      ScreenText.styled(canvas, capabilities: .full) == "\u{1B}[0;38;5;21;48;5;208mx\u{1B}[0m\n")
  }

  @Test func stylesAreEscapeSequences() {
    #expect(
      ScreenText.styled(sample, capabilities: .full)
        == "\u{1B}[0;1;4;38;5;203;48;5;16mab\u{1B}[0;7mc\u{1B}[0m  \n\u{1B}[0;38;5;244m─\u{1B}[0m    \n")
    #expect(
      ScreenText.styled(sample, capabilities: Capabilities(colors: .eight, unicode: false))
        == "\u{1B}[0;1;4;31mab\u{1B}[0;7mc\u{1B}[0m  \n\u{1B}[0;2m-\u{1B}[0m    \n")
    #expect(
      ScreenText.styled(sample, capabilities: .ascii)
        == "\u{1B}[0;1;4mab\u{1B}[0;7mc\u{1B}[0m  \n\u{1B}[0;2m-\u{1B}[0m    \n")
  }
}
