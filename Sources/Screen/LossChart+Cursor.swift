extension LossChart {
  /// The whole step next to the cursor, nil without one.
  var cursorStep: Double? {
    cursor.flatMap { $0.isFinite ? $0.rounded() : nil }
  }

  /// A line from the top to the bottom of the plot; what it crosses of the curve stays, on a ground of the
  /// line's colour.
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
