extension Canvas {
  /// Draws a frame with a title in its upper edge.
  ///
  /// A selected box has the accent colour and heavier lines, visible without colour too. A region too small
  /// for a frame stays unchanged.
  ///
  /// - Returns: the region inside the frame; the whole region where it is too small.
  @discardableResult
  public mutating func drawBox(
    _ region: Rectangle, title: String = "", isSelected: Bool = false
  ) -> Rectangle {
    guard region.width >= 3, region.height >= 3 else { return region }
    let style: Style = isSelected ? .selected : .faint
    let lines = isSelected ? BoxLines.heavy : BoxLines.light
    let right = region.columns.upperBound - 1
    let bottom = region.rows.upperBound - 1
    for column in region.columns {
      self[column, region.row] = Cell(lines.horizontal, style)
      self[column, bottom] = Cell(lines.horizontal, style)
    }
    for row in region.rows {
      self[region.column, row] = Cell(lines.vertical, style)
      self[right, row] = Cell(lines.vertical, style)
    }
    self[region.column, region.row] = Cell(lines.corners[0], style)
    self[right, region.row] = Cell(lines.corners[1], style)
    self[region.column, bottom] = Cell(lines.corners[2], style)
    self[right, bottom] = Cell(lines.corners[3], style)
    drawTitle(title, of: region, isSelected: isSelected)
    return region.inset()
  }

  private mutating func drawTitle(_ title: String, of region: Rectangle, isSelected: Bool) {
    let room = Rectangle(column: region.column + 2, row: region.row, width: region.width - 4, height: 1)
    guard !title.isEmpty, room.width >= 3 else { return }
    let style: Style = isSelected ? .selected : Style(.standard, on: .standard, .bold)
    put(" " + Canvas.truncated(title, to: room.width - 2) + " ", in: room, style)
  }

  /// Copies another canvas to a position.
  public mutating func draw(_ other: Canvas, column: Int, row: Int) {
    for y in 0..<other.size.height {
      for x in 0..<other.size.width {
        self[column + x, row + y] = other[x, y]
      }
    }
  }
}

private struct BoxLines {
  let horizontal: Character
  let vertical: Character
  /// Upper left, upper right, lower left, lower right.
  let corners: [Character]

  static let light = BoxLines(horizontal: "─", vertical: "│", corners: ["┌", "┐", "└", "┘"])
  static let heavy = BoxLines(horizontal: "━", vertical: "┃", corners: ["┏", "┓", "┗", "┛"])
}
