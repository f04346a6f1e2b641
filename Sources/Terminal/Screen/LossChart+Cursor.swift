extension LossChart {
  /// The cursor's step, rounded; nil without a cursor.
  var cursorStep: Double? {
    cursor.flatMap { $0.isFinite ? $0.rounded() : nil }
  }

  /// Draws a vertical line across the plot; crossed parts of the curve are highlighted.
  func drawCursor(_ scene: Scene, _ layout: Layout, on canvas: inout Canvas) {
    guard let cursorStep, scene.visibleSteps.contains(cursorStep),
      let offset = scene.column(of: cursorStep, count: layout.plot.width)
    else { return }
    let column = layout.plot.column + offset
    for row in layout.plot.rows {
      if canvas[column, row].style == Self.curveStyle {
        canvas[column, row].style = Style(.accent, [.bold, .reverse])
      } else {
        canvas[column, row] = Cell("│", .selected)
      }
    }
  }
}
