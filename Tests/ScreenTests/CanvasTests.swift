import Testing

@testable import Screen

@Suite struct CanvasTests {
  private let small = Size(width: 8, height: 3)

  @Test func textIsClippedTruncatedAndAligned() {
    var canvas = Canvas(size: small)
    let line = Rectangle(column: 1, row: 0, width: 5, height: 1)
    #expect(canvas.put("abc", in: line) == 1..<4)
    #expect(canvas.put("abcdefgh", in: line.split(left: 5).left) == 1..<6)
    #expect(ScreenText.plain(canvas) == " abcd…\n\n\n")
    canvas.put("xy", in: Rectangle(column: 0, row: 1, width: 6, height: 1), alignment: .trailing)
    canvas.put("xy", in: Rectangle(column: 0, row: 2, width: 6, height: 1), alignment: .center)
    #expect(ScreenText.plain(canvas) == " abcd…\n    xy\n  xy\n")
    #expect(Canvas.truncated("abc", to: 3) == "abc")
    #expect(Canvas.truncated("abc", to: 1) == "…")
    #expect(Canvas.truncated("abc", to: 0) == "")
  }

  @Test func drawingOutsideIsDropped() {
    var canvas = Canvas(size: small)
    canvas[8, 0] = Cell("x")
    canvas[-1, 2] = Cell("x")
    canvas[0, 3] = Cell("x")
    canvas.put("far", column: -2, row: 1)
    canvas.put("below", column: 0, row: 3)
    canvas.put("edge", column: 6, row: 0)
    canvas.fill(Rectangle(column: 7, row: 2, width: 9, height: 9), with: Cell("f"))
    #expect(ScreenText.plain(canvas) == "      e…\nr\n       f\n")
    #expect(canvas[99, 99] == .blank)
  }

  @Test(arguments: [(0, 0), (1, 1), (0, 5), (5, 0), (2, 2)]) func tinyCanvasesAreSafe(width: Int, height: Int)
  {
    var canvas = Canvas(size: Size(width: width, height: height))
    canvas.drawBox(canvas.bounds, title: "title", isSelected: true)
    canvas.put("text", in: canvas.bounds)
    canvas.restyle(canvas.bounds) { $0.attributes.insert(.bold) }
    #expect(canvas.cells.count == width * height)
    #expect(
      ScreenText.plain(canvas).split(separator: "\n", omittingEmptySubsequences: false).count == height + 1)
  }

  @Test func boxesHaveFrameTitleAndASecondCueWhenSelected() {
    var plain = Canvas(size: Size(width: 10, height: 3))
    let inside = plain.drawBox(plain.bounds, title: "decoded")
    #expect(inside == Rectangle(column: 1, row: 1, width: 8, height: 1))
    #expect(ScreenText.plain(plain) == "┌─ dec… ─┐\n│        │\n└────────┘\n")
    #expect(plain[3, 0].style.attributes == .bold)
    #expect(plain[0, 0].style == .faint)
    var selected = Canvas(size: Size(width: 10, height: 3))
    selected.drawBox(selected.bounds, title: "in", isSelected: true)
    #expect(ScreenText.plain(selected) == "┏━ in ━━━┓\n┃        ┃\n┗━━━━━━━━┛\n")
    #expect(selected[0, 0].style == .selected)
  }

  @Test func equalityIncludesStyles() {
    var canvas = Canvas(size: small)
    canvas.put("a", column: 0, row: 0)
    var other = canvas
    #expect(canvas == other)
    other.restyle(Rectangle(column: 0, row: 0, width: 1, height: 1)) { $0.foreground = .alarm }
    #expect(canvas != other)
    #expect(other[0, 0] == Cell("a", Style(.alarm)))
  }

  @Test func canvasesAreDrawnIntoCanvases() {
    var canvas = Canvas(size: small)
    canvas.draw(Canvas(size: Size(width: 3, height: 5), filledWith: Cell("m")), column: 6, row: 1)
    #expect(ScreenText.plain(canvas) == "\n      mm\n      mm\n")
  }

  /// Cells over a picture and new pictures are not held back.
  @Test func picturesCanStayAsTheyWere() {
    let size = Size(width: 6, height: 1)
    var earlier = Canvas(size: size)
    for column in 0..<3 { earlier.putPicture(Cell("a"), column: column, row: 0) }
    earlier.put("xyz", column: 3, row: 0)
    var later = Canvas(size: size)
    for column in 0..<4 { later.putPicture(Cell("b"), column: column, row: 0) }
    later.put("o", column: 1, row: 0)
    later.put("uv", column: 4, row: 0)
    let kept = later.keepingPictures(of: earlier)
    #expect(String(kept.cells.map(\.glyph)) == "aoabuv")
    #expect(later.keepingPictures(of: Canvas(size: Size(width: 5, height: 1))) == later)
    #expect(later.keepingPictures(of: later) == later)
  }

  /// Cells of pictures stay where each colour differs by no more than the tolerance; other cells change.
  @Test func nearlyEqualPicturesAreKept() {
    func canvas(_ levels: [UInt8]) -> Canvas {
      var canvas = Canvas(size: Size(width: 4, height: 1))
      let colors = levels.map { Color.rgb($0, 100, 200) }
      canvas.putPicture(Cell("▀", Style(colors[0], on: colors[1])), column: 0, row: 0)
      canvas.putPicture(Cell(" ", Style(colors[2], on: colors[2])), column: 1, row: 0)
      canvas.putPicture(Cell("▀", Style(colors[3], on: .grey(3))), column: 2, row: 0)
      canvas[3, 0] = Cell("x", Style(colors[0]))
      return canvas
    }
    let (earlier, later) = (canvas([10, 20, 30, 40]), canvas([16, 14, 37, 40]))
    let kept = later.keepingPictures(of: earlier, within: 6)
    #expect(kept[0, 0] == earlier[0, 0] && kept[1, 0] == later[1, 0] && kept[2, 0] == later[2, 0])
    #expect(kept[3, 0] == later[3, 0])
    // One colour in a cell is that of both halves.
    var half = earlier
    half.putPicture(
      Cell("▀", Style(.rgb(30, 100, 200), on: .rgb(31, 100, 200))), column: 1, row: 0)
    #expect(half.keepingPictures(of: earlier, within: 1) == earlier)
    #expect(half.keepingPictures(of: earlier, within: 0) == half)
    #expect(later.keepingPictures(of: earlier)[1, 0] == earlier[1, 0])
  }
}
