import Screen

/// A chart on a canvas of its own.
func drawn(
  _ chart: LossChart, _ width: Int, _ height: Int, _ capabilities: Capabilities = .full
) -> Canvas {
  var canvas = Canvas(size: Size(width: width, height: height))
  chart.draw(on: &canvas, in: canvas.bounds, capabilities: capabilities)
  return canvas
}

/// A chart as text.
func text(
  _ chart: LossChart, _ width: Int, _ height: Int, _ capabilities: Capabilities = .full
) -> String {
  ScreenText.plain(drawn(chart, width, height, capabilities), unicode: capabilities.unicode)
}

extension Canvas {
  /// The places below the first line whose cells look as told, column by column.
  func places(where condition: (Cell) -> Bool) -> [(column: Int, row: Int)] {
    bounds.columns.flatMap { column in
      bounds.rows.dropFirst().filter { condition(self[column, $0]) }.map { (column, $0) }
    }
  }
}
