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

extension LossChart {
  /// The style of the curve.
  static var curveStyle: Style { Style(.accent) }

  /// The curve of the drawn series, as dots.
  struct Curve {
    private(set) var raster: DotRaster
    /// The curve's row in each column of dots; nil for none.
    private var rows: [Int?]

    init(_ chart: LossChart, _ scene: Scene, _ values: ChartAxis, size: Size, form: DotRaster.Form) {
      raster = DotRaster(form: form, size: size)
      let resolution = raster.resolution
      rows = Array(repeating: nil, count: resolution.width)
      var previous: (column: Int, row: Int)?
      for (column, bin) in scene.bins(count: resolution.width, scale: values.scale).bins.enumerated() {
        guard bin.count > 0, let row = values.row(of: bin.mean, count: resolution.height) else {
          // The curve bridges columns without steps, and breaks at columns without usable values.
          if bin.misplaced > 0 { previous = nil }
          continue
        }
        raster.setLine(from: previous ?? (column, row), to: (column, row))
        if chart.trace == .extremes, let low = values.row(of: bin.minimum, count: resolution.height),
          let high = values.row(of: bin.maximum, count: resolution.height)
        {
          raster.setVertical(column: column, from: low, to: high)
        }
        rows[column] = row
        previous = (column, row)
      }
    }

    /// The cell of the plot in which the curve passes the value at an index.
    func place(of index: Int, _ scene: Scene) -> (column: Int, row: Int)? {
      let step = Double(scene.places.firstStep + index)
      guard let column = scene.column(of: step, count: rows.count), let row = rows[column] else { return nil }
      return (column / raster.form.columnsPerCell, row / raster.form.rowsPerCell)
    }
  }

  func draw(_ curve: Curve, _ layout: Layout, on canvas: inout Canvas) {
    for row in 0..<layout.plot.height {
      for column in 0..<layout.plot.width {
        guard let glyph = curve.raster.glyph(column: column, row: row) else { continue }
        canvas[layout.plot.column + column, layout.plot.row + row] = Cell(glyph, Self.curveStyle)
      }
    }
  }
}

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
