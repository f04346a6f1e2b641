/// A grid of cells that widgets draw into; drawing outside it has no effect.
///
///     var canvas = Canvas(size: Size(width: 20, height: 3))
///     let inside = canvas.drawBox(canvas.bounds, title: "decoded")
///     canvas.put("θ 45°", in: inside)
public struct Canvas: Equatable, Sendable {
  /// The extent, possibly 0 × 0.
  public let size: Size
  /// The cells, row by row.
  public private(set) var cells: [Cell]
  /// Spells text for a terminal that shows ASCII only (see `Glyph.asciiText`).
  public var spellsASCII = false
  /// Marks the cells of pictures, which take many bytes and can be sent later.
  private var isPicture: [Bool]

  /// Creates a canvas filled with `cell`.
  public init(size: Size, filledWith cell: Cell = .blank) {
    self.size = size
    cells = Array(repeating: cell, count: size.width * size.height)
    isPicture = Array(repeating: false, count: cells.count)
  }

  /// The whole canvas as a region.
  public var bounds: Rectangle { Rectangle(column: 0, row: 0, width: size.width, height: size.height) }

  /// The cell at a position; outside the canvas blank when read, ignored when written.
  public subscript(column: Int, row: Int) -> Cell {
    get {
      guard let index = index(column, row) else { return .blank }
      return cells[index]
    }
    set {
      // The second half of a wide glyph follows the first.
      guard let index = index(column, row), newValue.columns > 0 else { return }
      release(index)
      guard newValue.columns == 2 else {
        set(newValue, at: index)
        return
      }
      guard column + 1 < size.width else {
        set(Cell(Glyph.replacement, newValue.style), at: index)
        return
      }
      release(index + 1)
      set(newValue, at: index)
      set(Cell(afterWide: newValue.style), at: index + 1)
    }
  }

  private mutating func set(_ cell: Cell, at index: Int) {
    cells[index] = cell
    isPicture[index] = false
  }

  /// Blanks the other half of a wide glyph that is about to lose this cell.
  private mutating func release(_ index: Int) {
    switch cells[index].columns {
    case 0: cells[index - 1] = Cell(" ", cells[index - 1].style)
    case 2: cells[index + 1] = Cell(" ", cells[index + 1].style)
    default: break
    }
  }

  /// Sets a cell of a picture.
  public mutating func putPicture(_ cell: Cell, column: Int, row: Int) {
    guard let index = index(column, row) else { return }
    self[column, row] = cell
    isPicture[index] = true
  }

  /// This canvas with the pictures of an earlier one of the same size, where both have pictures, so that only
  /// text, lines and sliders differ.
  ///
  /// - Parameter tolerance: keeps only cells of 24 bits a colour whose red, green and blue differ by at most so
  ///   many of 255 levels; nil keeps all.
  public func keepingPictures(of earlier: Canvas, within tolerance: Int? = nil) -> Canvas {
    guard earlier.size == size else { return self }
    var kept = self
    for index in cells.indices where isPicture[index] && earlier.isPicture[index] {
      if let tolerance, !cells[index].resembles(earlier.cells[index], within: tolerance) { continue }
      kept.cells[index] = earlier.cells[index]
    }
    return kept
  }

  /// Fills a region with one cell.
  public mutating func fill(_ region: Rectangle, with cell: Cell = .blank) {
    let visible = region.intersection(bounds)
    for row in visible.rows {
      for column in visible.columns {
        self[column, row] = cell
      }
    }
  }

  /// Changes the style of a region, keeping its glyphs.
  public mutating func restyle(_ region: Rectangle, _ change: (inout Style) -> Void) {
    let visible = region.intersection(bounds)
    for row in visible.rows {
      for column in visible.columns {
        change(&cells[row * size.width + column].style)
      }
    }
  }

  /// Writes text into the first line of a region; text that is too long ends in an ellipsis.
  ///
  /// - Returns: the columns that the text covers.
  @discardableResult
  public mutating func put(
    _ text: String, in region: Rectangle, _ style: Style = .standard, alignment: Alignment = .leading
  ) -> Range<Int> {
    guard !region.isEmpty else { return region.column..<region.column }
    let shown = Canvas.truncated(spellsASCII ? Glyph.asciiText(text) : text, to: region.width)
    let width = Glyph.columns(of: shown)
    let free = region.width - width
    let start =
      switch alignment {
      case .leading: region.column
      case .center: region.column + free / 2
      case .trailing: region.column + free
      }
    var column = start
    for character in shown {
      let wide = character.isASCII ? nil : Glyph.wide(character)
      self[column, region.row] = wide.map { Cell(wide: $0, style) } ?? Cell(character, style)
      column += wide == nil ? 1 : 2
    }
    return start..<start + width
  }

  /// Writes text from a position to the right edge of the canvas.
  ///
  /// - Returns: the columns that the text covers.
  @discardableResult
  public mutating func put(_ text: String, column: Int, row: Int, _ style: Style = .standard) -> Range<Int> {
    guard bounds.rows.contains(row) else { return column..<column }
    return put(
      text, in: Rectangle(column: column, row: row, width: size.width - column, height: 1), style)
  }

  /// The alignment of text in its region.
  public enum Alignment: Sendable {
    /// Left-aligned.
    case leading
    /// Centred.
    case center
    /// Right-aligned.
    case trailing
  }

  /// The text, truncated to `width` columns with an ellipsis.
  public static func truncated(_ text: String, to width: Int) -> String {
    guard Glyph.columns(of: text) > width else { return text }
    guard width > 0 else { return "" }
    var kept = ""
    var room = width - 1
    for character in text {
      room -= Glyph.columns(of: character)
      guard room >= 0 else { break }
      kept.append(character)
    }
    return kept + "…"
  }

  private func index(_ column: Int, _ row: Int) -> Int? {
    guard column >= 0, column < size.width, row >= 0, row < size.height else { return nil }
    return row * size.width + column
  }
}
