extension LossChart {
  /// Labels the last and the lowest visible value of the drawn series, where there is free room beside the
  /// curve.
  func drawLabels(_ scene: Scene, _ curve: Curve, _ layout: Layout, on canvas: inout Canvas) {
    let plot = layout.plot
    guard plot.width >= 24, plot.height >= 5, !scene.indices.isEmpty else { return }
    let lastIndex = scene.indices.upperBound - 1
    let isLastInView = scene.indices.upperBound == scene.series.count
    if isLastInView, let place = curve.place(of: lastIndex, scene) {
      let text = NumberText.significant(Double(scene.series[lastIndex]))
      let cell = (plot.column + place.column, plot.row + place.row)
      drawLabel(Self.placesOfLast(text, at: cell), Style(.accent, .bold), in: plot, on: &canvas)
    }
    if let lowest = Self.lowestIndex(scene.series, in: scene.indices), lowest != lastIndex || !isLastInView,
      let place = curve.place(of: lowest, scene)
    {
      let text = "min " + NumberText.significant(Double(scene.series[lowest]))
      let cell = (plot.column + place.column, plot.row + place.row)
      drawLabel(Self.placesOfLowest(text, at: cell), .standard, in: plot, on: &canvas)
    }
  }

  /// A text with a mark that points to a cell of the curve, and its position.
  private typealias Label = (text: String, column: Int, row: Int)

  /// Candidate positions: right of the cell, then above or below it.
  private static func placesOfLast(_ text: String, at cell: (column: Int, row: Int)) -> [Label] {
    [rightOf(cell, text, by: 1)] + (1...3).flatMap { above(cell, text, by: $0) + below(cell, text, by: $0) }
  }

  /// Candidate positions: below or beside the cell, where a valley is free, then above it.
  private static func placesOfLowest(_ text: String, at cell: (column: Int, row: Int)) -> [Label] {
    (1...3).flatMap { distance in
      below(cell, text, by: distance)
        + [rightOf(cell, text, by: distance), leftOf(cell, text, by: distance)]
        + above(cell, text, by: distance)
    }
  }

  private static func rightOf(_ cell: (column: Int, row: Int), _ text: String, by distance: Int) -> Label {
    ("◂" + text, cell.column + distance, cell.row)
  }

  private static func leftOf(_ cell: (column: Int, row: Int), _ text: String, by distance: Int) -> Label {
    (text + "▸", cell.column - distance - text.count, cell.row)
  }

  private static func above(_ cell: (column: Int, row: Int), _ text: String, by distance: Int) -> [Label] {
    let row = cell.row - distance
    return [("▾" + text, cell.column, row), (text + "▾", cell.column - text.count, row)]
  }

  private static func below(_ cell: (column: Int, row: Int), _ text: String, by distance: Int) -> [Label] {
    let row = cell.row + distance
    return [("▴" + text, cell.column, row), (text + "▴", cell.column - text.count, row)]
  }

  /// Draws a label at the first free position.
  private func drawLabel(_ labels: [Label], _ style: Style, in plot: Rectangle, on canvas: inout Canvas) {
    for label in labels {
      let line = Rectangle(column: label.column, row: label.row, width: label.text.count, height: 1)
      let farEnd = Self.marks.contains(label.text.prefix(1)) ? line.columns.upperBound : line.column - 1
      guard isFree(line, farEnd: farEnd, in: plot, on: canvas) else { continue }
      canvas.put(label.text, in: line, style)
      return
    }
  }

  /// Tells whether a line of the plot is blank, with the column beyond the end that has no mark.
  private func isFree(_ line: Rectangle, farEnd: Int, in plot: Rectangle, on canvas: Canvas) -> Bool {
    guard line.intersection(plot) == line else { return false }
    return (line.columns + [farEnd]).allSatisfy { column in
      !plot.columns.contains(column) || canvas[column, line.row].glyph == " "
    }
  }

  private static let marks = "◂▸▴▾"
}
