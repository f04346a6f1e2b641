/// A raster of dots, several in each cell.
struct DotRaster {
  /// The glyphs of the dots.
  enum Form {
    /// Two by four dots per cell, as braille patterns.
    case braille
    /// Two dots per cell, as `▀▄█`.
    case halfBlocks
    /// One dot per cell, as `*`.
    case asterisks

    /// The finest form that a terminal supports.
    init(_ capabilities: Capabilities) {
      self = capabilities.braille ? .braille : capabilities.unicode ? .halfBlocks : .asterisks
    }

    var columnsPerCell: Int { self == .braille ? 2 : 1 }

    var rowsPerCell: Int {
      switch self {
      case .braille: 4
      case .halfBlocks: 2
      case .asterisks: 1
      }
    }
  }

  let form: Form
  let size: Size
  private var dots: [UInt8]

  init(form: Form, size: Size) {
    self.form = form
    self.size = size
    dots = Array(repeating: 0, count: size.width * size.height)
  }

  /// The extent in dots.
  var resolution: Size {
    Size(width: size.width * form.columnsPerCell, height: size.height * form.rowsPerCell)
  }

  /// Sets one dot; outside the raster it is ignored.
  mutating func set(column: Int, row: Int) {
    guard column >= 0, column < resolution.width, row >= 0, row < resolution.height else { return }
    let cell = row / form.rowsPerCell * size.width + column / form.columnsPerCell
    dots[cell] |= bit(column: column % form.columnsPerCell, row: row % form.rowsPerCell)
  }

  /// Sets the dots of a column from one row to another.
  mutating func setVertical(column: Int, from first: Int, to last: Int) {
    for row in min(first, last)...max(first, last) {
      set(column: column, row: row)
    }
  }

  /// Sets the dots of a line, both ends included.
  mutating func setLine(from start: (column: Int, row: Int), to end: (column: Int, row: Int)) {
    let steps = max(abs(end.column - start.column), abs(end.row - start.row), 1)
    for step in 0...steps {
      set(
        column: start.column + Self.part(of: end.column - start.column, step, steps),
        row: start.row + Self.part(of: end.row - start.row, step, steps))
    }
  }

  /// The glyph of a cell; nil without dots.
  func glyph(column: Int, row: Int) -> Character? {
    let bits = dots[row * size.width + column]
    guard bits != 0 else { return nil }
    switch form {
    case .braille: return Unicode.Scalar(0x2800 + UInt32(bits)).map(Character.init)
    case .halfBlocks: return bits == 1 ? "▀" : bits == 2 ? "▄" : "█"
    case .asterisks: return "*"
    }
  }

  private func bit(column: Int, row: Int) -> UInt8 {
    switch form {
    // Braille numbers its dots 1 2 3 down the left, 4 5 6 down the right, then 7 and 8 below them.
    case .braille: row == 3 ? 0x40 << UInt8(column) : 1 << UInt8(3 * column + row)
    case .halfBlocks: 1 << UInt8(row)
    case .asterisks: 1
    }
  }

  /// `distance * step / steps`, rounded to nearest.
  private static func part(of distance: Int, _ step: Int, _ steps: Int) -> Int {
    let twice = 2 * distance * step
    return (twice + (twice < 0 ? -steps : steps)) / (2 * steps)
  }
}
