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
