extension LossChart {
  /// A figure of the header and its style.
  private typealias Figure = (text: String, style: Style)

  /// Draws one line with the main figures, or those at the cursor; the last ones are omitted where there is
  /// no room.
  func drawHeader(_ scene: Scene, on canvas: inout Canvas, in line: Rectangle) {
    let shown = cursorStep.map { figures(at: $0, scene) } ?? summary(scene)
    var rest = line
    for (index, figure) in shown.enumerated() {
      let text = (index == 0 ? "" : " · ") + figure.text
      guard index == 0 || text.count <= rest.width else { return }
      let used = canvas.put(text, in: rest, figure.style)
      rest = rest.split(left: used.count).rest
    }
  }

  private func summary(_ scene: Scene) -> [Figure] {
    let last = losses.last.map { NumberText.significant(Double($0)) } ?? "–"
    var figures: [Figure] = [("loss " + last, Style(.accent, .bold))]
    if smoothing > 0, let average = scene.series.last, average.isFinite {
      figures.append(("smoothed " + NumberText.significant(Double(average)), Style(.accent)))
    }
    let unusable = losses.count { !$0.isFinite }
    if unusable > 0 { figures.append(("\(unusable) not finite", Style(.alarm, .bold))) }
    if let point = heldOut.last {
      figures.append(("○ held-out " + NumberText.significant(point.value), Style(.mark)))
    }
    // The same series as the curve.
    let series = smoothing > 0 ? scene.series : losses
    if let index = Self.lowestIndex(series, in: series.indices) {
      let lowest = NumberText.significant(Double(series[index]))
      let seconds = place == .seconds ? knownSeconds?[index] : nil
      let place = seconds.map(ChartTime.duration) ?? NumberText.compact(Double(firstStep + index))
      figures.append(("min \(lowest) at \(place)", .standard))
    }
    figures.append((scale == .linear ? "linear" : "log", .faint))
    return figures
  }

  /// The figures at a step.
  private func figures(at step: Double, _ scene: Scene) -> [Figure] {
    var figures: [Figure] = [("step " + NumberText.fixed(step, decimals: 0), .standard)]
    let offset = step - Double(firstStep)
    if offset >= 0, offset < Double(losses.count) {
      let index = Int(offset)
      if let seconds = knownSeconds { figures.append((ChartTime.duration(seconds[index]), .standard)) }
      let style: Style = losses[index].isFinite ? Style(.accent, .bold) : Style(.alarm, .bold)
      figures.append(("loss " + NumberText.significant(Double(losses[index])), style))
      if smoothing > 0, scene.series[index].isFinite {
        figures.append(("smoothed " + NumberText.significant(Double(scene.series[index])), Style(.accent)))
      }
    } else {
      figures.append(("loss –", Style(.accent, .bold)))
    }
    if let point = heldOut.filter({ $0.step <= step }).max(by: { $0.step < $1.step }) {
      let value = NumberText.significant(point.value)
      figures.append(("○ held-out \(value) at \(NumberText.compact(point.step))", Style(.mark)))
    }
    return figures
  }

  /// The index of the first lowest value in a range.
  static func lowestIndex(_ values: [Float], in indices: Range<Int>) -> Int? {
    var lowest: Int?
    var minimum = Float.infinity
    for index in indices where values[index] < minimum && values[index].isFinite {
      minimum = values[index]
      lowest = index
    }
    return lowest
  }
}

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
