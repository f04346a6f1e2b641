import Formats
import Screen

/// A terminal screen as rectangles, dots and text on a grid of units, `GlyphShape.cellWidth` per column and
/// `GlyphShape.cellHeight` per row.
struct ScreenDrawing {
  /// A rectangle of one colour.
  struct Fill: Hashable {
    var x, y, width, height: Int
    var color: PixelImage.RGB
  }

  /// A braille dot with its centre.
  struct Dot: Hashable {
    var x, y: Int
    var color: PixelImage.RGB
  }

  /// The style of text.
  struct Look: Hashable {
    var color: PixelImage.RGB
    var isBold: Bool
  }

  /// Glyphs drawn by a font, one per cell, without consecutive spaces.
  struct Words: Hashable {
    var column, row: Int
    var text: String
    var look: Look
  }

  /// The size of the screen in units.
  let width, height: Int
  /// The backgrounds that differ from the terminal's default; they do not overlap.
  private(set) var grounds: [Fill] = []
  /// Rectangular glyphs and parts of them.
  private(set) var shapes: [Fill] = []
  private(set) var dots: [Dot] = []
  private(set) var words: [Words] = []

  /// Draws a canvas as a terminal with those capabilities shows it.
  init(_ canvas: Canvas, capabilities: Capabilities) {
    width = canvas.size.width * GlyphShape.cellWidth
    height = canvas.size.height * GlyphShape.cellHeight
    for row in 0..<canvas.size.height {
      for column in 0..<canvas.size.width {
        add(canvas[column, row], column, row, capabilities)
      }
      words += Self.trimmed(openWords)
      openWords = []
    }
    grounds = Self.merged(grounds)
    shapes = Self.merged(shapes)
  }

  /// The text runs of the current row; the last ones may end in a space.
  private var openWords: [Words] = []

  private mutating func add(_ cell: Cell, _ column: Int, _ row: Int, _ capabilities: Capabilities) {
    let look = cell.style.resolved(capabilities.colors)
    var foreground = look.foreground.map(TerminalPalette.color) ?? TerminalPalette.foreground
    var background = look.background.map(TerminalPalette.color) ?? TerminalPalette.background
    if look.attributes.contains(.dim) { foreground = foreground.mixed(with: background, fraction: 0.4) }
    if look.attributes.contains(.reverse) { (foreground, background) = (background, foreground) }
    let glyph = capabilities.unicode ? cell.glyph : Glyph.ascii(cell.glyph)
    let (x, y) = (column * GlyphShape.cellWidth, row * GlyphShape.cellHeight)
    func fill(_ box: GlyphShape.Box, _ color: PixelImage.RGB) -> Fill {
      Fill(x: x + box.x, y: y + box.y, width: box.width, height: box.height, color: color)
    }
    let half = GlyphShape.cellHeight / 2
    let upper = GlyphShape.Box(x: 0, y: 0, width: GlyphShape.cellWidth, height: half)
    let lower = GlyphShape.Box(x: 0, y: half, width: GlyphShape.cellWidth, height: half)
    var halves = (background, background)
    switch GlyphShape(glyph) {
    case .boxes(let boxes):
      // Half blocks are pixels of pictures and belong to the background.
      if boxes == [upper] {
        halves.0 = foreground
      } else {
        shapes += boxes.map { fill($0, foreground) }
      }
    case .shade(let fraction):
      let mixture = background.mixed(with: foreground, fraction: fraction)
      halves = (mixture, mixture)
    case .dots(let bits):
      dots += GlyphShape.places(ofDots: bits).map { Dot(x: x + $0.x, y: y + $0.y, color: foreground) }
    case nil:
      add(glyph, Look(color: foreground, isBold: look.attributes.contains(.bold)), column, row)
    }
    for (box, color) in [(upper, halves.0), (lower, halves.1)] where color != TerminalPalette.background {
      grounds.append(fill(box, color))
    }
    if look.attributes.contains(.underline) {
      shapes.append(fill(.init(x: 0, y: 14, width: GlyphShape.cellWidth, height: 1), foreground))
    }
  }

  /// Appends a glyph to the previous run where a font has one glyph width for both.
  private mutating func add(_ glyph: Character, _ look: Look, _ column: Int, _ row: Int) {
    let isSpace = glyph == " "
    let isCommon = glyph.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) }
    if let last = openWords.last, isCommon, last.column + last.text.count == column,
      last.text.unicodeScalars.allSatisfy(\.isASCII), isSpace ? last.text.last != " " : last.look == look
    {
      openWords[openWords.count - 1].text.append(glyph)
    } else if !isSpace {
      openWords.append(Words(column: column, row: row, text: String(glyph), look: look))
    }
  }

  private static func trimmed(_ words: [Words]) -> [Words] {
    words.map { words in
      var words = words
      if words.text.last == " " { words.text.removeLast() }
      return words
    }
  }

  /// The same area in fewer rectangles: merges neighbours of one colour by rows, then by columns.
  private static func merged(_ fills: [Fill]) -> [Fill] {
    var rows: [Fill] = []
    for fill in fills.sorted(by: { ($0.y, $0.height, $0.x) < ($1.y, $1.height, $1.x) }) {
      if let last = rows.last, (last.y, last.height, last.x + last.width) == (fill.y, fill.height, fill.x),
        last.color == fill.color
      {
        rows[rows.count - 1].width += fill.width
      } else {
        rows.append(fill)
      }
    }
    var columns: [Fill] = []
    for fill in rows.sorted(by: { ($0.x, $0.width, $0.y) < ($1.x, $1.width, $1.y) }) {
      if let last = columns.last, (last.x, last.width, last.y + last.height) == (fill.x, fill.width, fill.y),
        last.color == fill.color
      {
        columns[columns.count - 1].height += fill.height
      } else {
        columns.append(fill)
      }
    }
    return columns
  }
}
