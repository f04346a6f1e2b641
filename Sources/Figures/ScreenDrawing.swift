import Screen

/// A terminal's screen as rectangles, dots and words on a grid of units, `GlyphShape.cellWidth` to a column and
/// `GlyphShape.cellHeight` to a row.
struct ScreenDrawing {
  /// A rectangle of one colour.
  struct Fill: Hashable {
    var x, y, width, height: Int
    var color: PixelImage.RGB
  }

  /// A braille pattern's dot around a place.
  struct Dot: Hashable {
    var x, y: Int
    var color: PixelImage.RGB
  }

  /// How words look.
  struct Look: Hashable {
    var color: PixelImage.RGB
    var isBold: Bool
  }

  /// Glyphs that a font draws, one a cell; no two spaces follow each other.
  struct Words: Hashable {
    var column, row: Int
    var text: String
    var look: Look
  }

  /// The screen's size in units.
  let width, height: Int
  /// What is behind the glyphs, where it is not the terminal's own background; no two of these overlap.
  private(set) var grounds: [Fill] = []
  /// Glyphs, and parts of them, that are rectangles.
  private(set) var shapes: [Fill] = []
  private(set) var dots: [Dot] = []
  private(set) var words: [Words] = []

  /// Draws a canvas as a terminal of those capabilities shows it.
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

  /// The words of the row that is being drawn; those at the end may end in a space.
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
      // Half blocks are pixels of pictures: they are part of what lies behind.
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

  /// Adds a glyph to the words before it, where a font is sure to have glyphs of one width for all of them.
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

  /// The same area in fewer rectangles: neighbours of one colour become one, first in rows, then in columns.
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
