extension LossChart {
  /// One line with the figures that a person asks for first; the last ones are left out when room is short.
  func drawHeader(on canvas: inout Canvas, in line: Rectangle) {
    var parts: [(text: String, style: Style)] = []
    let last = losses.last.map { NumberText.significant(Double($0)) } ?? "–"
    parts.append(("loss " + last, Style(.accent, .bold)))
    let unusable = losses.count { !$0.isFinite }
    if unusable > 0 { parts.append(("\(unusable) not finite", Style(.alarm, .bold))) }
    if let point = heldOut.last {
      parts.append(("○ held-out " + NumberText.significant(point.value), Style(.mark)))
    }
    if let lowest = lowestLoss {
      let text = "min \(NumberText.significant(lowest.value)) at \(NumberText.compact(lowest.step))"
      parts.append((text, .standard))
    }
    parts.append((scale == .linear ? "linear" : "log", .faint))
    var rest = line
    for (index, part) in parts.enumerated() {
      let text = (index == 0 ? "" : " · ") + part.text
      guard index == 0 || text.count <= rest.width else { return }
      let used = canvas.put(text, in: rest, part.style)
      rest = rest.split(left: used.count).rest
    }
  }

  private var lowestLoss: Point? {
    var lowest: Point?
    for (offset, loss) in losses.enumerated() where loss.isFinite && Double(loss) < lowest?.value ?? .infinity
    {
      lowest = Point(step: Double(firstStep + offset), value: Double(loss))
    }
    return lowest
  }

  func drawValueAxis(_ values: ChartAxis, _ layout: Layout, on canvas: inout Canvas) {
    guard layout.gutter.width > 0 else { return }
    let axisColumn = layout.gutter.columns.upperBound - 1
    for row in layout.gutter.rows {
      canvas[axisColumn, row] = Cell("│", .faint)
    }
    var lastRow: Int?
    for tick in layout.ticks {
      guard let row = values.row(of: tick.value, count: layout.plot.height), row != lastRow else { continue }
      lastRow = row
      let line = layout.gutter.line(row)
      canvas[axisColumn, line.row] = Cell("┤", .faint)
      canvas.put(
        tick.label, in: line.split(left: line.width - 1).left, .faint, alignment: .trailing)
    }
    if layout.steps.height > 0 {
      canvas[axisColumn, layout.steps.row] = Cell("└", .faint)
    }
  }

  func drawStepAxis(_ layout: Layout, on canvas: inout Canvas) {
    guard layout.steps.height == 2 else { return }
    let axis = layout.steps.line(0)
    let labels = layout.steps.line(1)
    for column in axis.columns {
      canvas[column, axis.row] = Cell("─", .faint)
    }
    var firstFree = labels.column
    for tick in stepAxis.stepTicks(count: max(1, axis.width / 9)) {
      guard let offset = stepAxis.column(of: tick.value, count: axis.width) else { continue }
      let room = labels.columns.upperBound - tick.label.count
      let start = min(max(labels.column, axis.column + offset - tick.label.count / 2), room)
      guard start >= firstFree else { continue }
      canvas[axis.column + offset, axis.row] = Cell("┬", .faint)
      let used = canvas.put(
        tick.label,
        in: Rectangle(column: start, row: labels.row, width: tick.label.count, height: 1), .faint)
      firstFree = used.upperBound + 1
    }
    let unit = "steps"
    if labels.columns.upperBound - firstFree >= unit.count {
      canvas.put(unit, in: labels, .faint, alignment: .trailing)
    }
  }

  func drawPhases(_ layout: Layout, on canvas: inout Canvas) {
    let starts = phases.map { stepAxis.column(of: $0.step, count: layout.plot.width) }
    for (index, phase) in phases.enumerated() {
      guard let start = starts[index] else { continue }
      let column = layout.plot.column + start
      let next = starts[(index + 1)...].compactMap { $0 }.first.map { layout.plot.column + $0 }
      // The plot's left edge is line enough for a phase that begins there.
      if start > 0 {
        for row in layout.names.row..<layout.plot.rows.upperBound {
          canvas[column, row] = Cell("┊", .faint)
        }
      }
      let nameStart = column + (start > 0 ? 1 : 0)
      let nameEnd = next ?? layout.names.columns.upperBound
      canvas.put(
        phase.label,
        in: Rectangle(
          column: nameStart, row: layout.names.row, width: nameEnd - nameStart, height: layout.names.height))
    }
  }

  func drawLosses(_ values: ChartAxis, _ layout: Layout, on canvas: inout Canvas, form: DotRaster.Form) {
    var raster = DotRaster(form: form, size: layout.plot.size)
    let resolution = raster.resolution
    let summary = ChartBins(
      losses, first: firstStep, axis: stepAxis, count: resolution.width, scale: values.scale)
    var previous: (column: Int, row: Int)?
    for (column, bin) in summary.bins.enumerated() {
      guard bin.count > 0, let row = values.row(of: bin.mean, count: resolution.height) else {
        // A column that no step falls into is bridged; one that holds no usable value breaks the line.
        if bin.misplaced > 0 { previous = nil }
        continue
      }
      raster.setLine(from: previous ?? (column, row), to: (column, row))
      if trace == .extremes, let low = values.row(of: bin.minimum, count: resolution.height),
        let high = values.row(of: bin.maximum, count: resolution.height)
      {
        raster.setVertical(column: column, from: low, to: high)
      }
      previous = (column, row)
    }
    for row in 0..<layout.plot.height {
      for column in 0..<layout.plot.width {
        guard let glyph = raster.glyph(column: column, row: row) else { continue }
        canvas[layout.plot.column + column, layout.plot.row + row] = Cell(glyph, Style(.accent))
      }
    }
  }

  func drawHeldOut(_ values: ChartAxis, _ layout: Layout, on canvas: inout Canvas) {
    for point in heldOut {
      guard let column = stepAxis.column(of: point.step, count: layout.plot.width),
        let row = values.row(of: point.value, count: layout.plot.height)
      else { continue }
      canvas[layout.plot.column + column, layout.plot.row + row] = Cell("○", Style(.mark))
    }
  }
}
