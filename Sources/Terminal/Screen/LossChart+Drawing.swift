extension LossChart {
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

  func drawHorizontalAxis(_ scene: Scene, _ layout: Layout, on canvas: inout Canvas) {
    guard layout.steps.height == 2 else { return }
    let axis = layout.steps.line(0)
    let labels = layout.steps.line(1)
    for column in axis.columns {
      canvas[column, axis.row] = Cell("─", .faint)
    }
    var firstFree = labels.column
    let count = max(1, axis.width / 9)
    let (ticks, unit) =
      scene.places.seconds == nil
      ? (scene.axis.stepTicks(count: count), "steps") : scene.axis.timeTicks(count: count)
    for tick in ticks {
      guard let offset = scene.axis.column(of: tick.value, count: axis.width) else { continue }
      let room = labels.columns.upperBound - tick.label.count
      let start = min(max(labels.column, axis.column + offset - tick.label.count / 2), room)
      guard start >= firstFree else { continue }
      canvas[axis.column + offset, axis.row] = Cell("┬", .faint)
      let used = canvas.put(
        tick.label,
        in: Rectangle(column: start, row: labels.row, width: tick.label.count, height: 1), .faint)
      firstFree = used.upperBound + 1
    }
    if labels.columns.upperBound - firstFree >= unit.count {
      canvas.put(unit, in: labels, .faint, alignment: .trailing)
    }
    if let zoom = scene.zoom { drawZoomMarks(zoom, scene.allSteps, axis, on: &canvas) }
  }

  /// Draws arrowheads at the ends of the axis beyond which steps are hidden.
  private func drawZoomMarks(
    _ zoom: ClosedRange<Double>, _ all: ClosedRange<Double>, _ axis: Rectangle, on canvas: inout Canvas
  ) {
    if zoom.lowerBound > all.lowerBound { canvas[axis.column, axis.row] = Cell("‹", .selected) }
    if zoom.upperBound < all.upperBound {
      canvas[axis.columns.upperBound - 1, axis.row] = Cell("›", .selected)
    }
  }

  func drawPhases(_ scene: Scene, _ layout: Layout, on canvas: inout Canvas) {
    let starts = phases.map { phase -> Int? in
      // The name of a phase that began before the visible steps is at the left.
      if let zoom = scene.zoom, phase.step < zoom.lowerBound { return 0 }
      return scene.column(of: phase.step, count: layout.plot.width)
    }
    for (index, phase) in phases.enumerated() {
      guard let start = starts[index] else { continue }
      let column = layout.plot.column + start
      let next = starts[(index + 1)...].compactMap { $0 }.first.map { layout.plot.column + $0 }
      // The plot's left edge serves as the line of a phase that begins there.
      if start > 0 {
        for row in layout.names.row..<layout.plot.rows.upperBound {
          canvas[column, row] = Cell("┊", .faint)
        }
      }
      let nameStart = column + (start > 0 ? 1 : 0)
      let nameEnd = next ?? layout.names.columns.upperBound
      // Truncated names are omitted.
      guard phase.label.count <= nameEnd - nameStart else { continue }
      canvas.put(
        phase.label,
        in: Rectangle(
          column: nameStart, row: layout.names.row, width: nameEnd - nameStart, height: layout.names.height))
    }
  }

  func drawHeldOut(_ scene: Scene, _ values: ChartAxis, _ layout: Layout, on canvas: inout Canvas) {
    for point in heldOut {
      guard let column = scene.column(of: point.step, count: layout.plot.width),
        let row = values.row(of: point.value, count: layout.plot.height)
      else { continue }
      canvas[layout.plot.column + column, layout.plot.row + row] = Cell("○", Style(.mark))
    }
  }
}
