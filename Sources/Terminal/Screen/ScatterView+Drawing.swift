extension ScatterView {
  /// Draws the points with axes, and a legend beside or below them where there is room. A small region shows
  /// the points alone.
  public func draw(on canvas: inout Canvas, in region: Rectangle, capabilities: Capabilities) {
    let layout = layout(in: region)
    guard !layout.plot.isEmpty else { return }
    if layout.hasAxes { drawAxes(on: &canvas, around: layout.plot) }
    for (line, entries) in layout.legend.lines.enumerated() {
      drawLegend(entries, on: &canvas, in: layout.legend.area.line(line), capabilities)
    }
    drawPoints(on: &canvas, in: layout.plot)
    drawPlaces(on: &canvas, in: layout.plot, capabilities)
  }

  /// The regions of the chart.
  struct Layout {
    /// The cells of the points.
    var plot: Rectangle
    /// Tells whether axes surround the plot.
    var hasAxes: Bool
    /// The lines of the legend and their region.
    var legend: (area: Rectangle, lines: [[LegendEntry]])
  }

  /// An entry of the legend.
  enum LegendEntry: Hashable {
    /// A category and its name.
    case kind(Int, String)
    /// The current position.
    case current
    /// Earlier positions.
    case path
  }

  /// The smallest plot beside which a legend is drawn.
  private static let leastPlotForLegend = Size(width: 40, height: 8)
  /// The smallest chart with axes.
  private static let leastForAxes = Size(width: 12, height: 5)
  private static let maximumLegendLines = 2

  func layout(in region: Rectangle) -> Layout {
    let (picture, legend) = splitLegend(from: region)
    guard picture.width >= Self.leastForAxes.width, picture.height >= Self.leastForAxes.height else {
      return Layout(plot: picture, hasAxes: false, legend: legend)
    }
    let plot = Rectangle(
      column: picture.column + 1, row: picture.row + 1, width: picture.width - 1, height: picture.height - 2)
    return Layout(plot: plot, hasAxes: true, legend: legend)
  }

  /// Splits off the legend: beside, else below, else none.
  private func splitLegend(
    from region: Rectangle
  ) -> (picture: Rectangle, legend: (area: Rectangle, lines: [[LegendEntry]])) {
    let entries = legendEntries()
    let none = (area: region.line(-1), lines: [[LegendEntry]]())
    guard !entries.isEmpty else { return (region, none) }
    let least = Self.leastPlotForLegend
    // The path's entry is included in the width, so that the first movement does not shift the plot.
    let expected = entries + (current == nil ? [] : [.path])
    let width = 2 + (expected.map { Self.text(of: $0).count }.max() ?? 0)
    if region.width - width >= least.width, region.height - 1 >= expected.count {
      let (picture, side) = region.split(left: region.width - width)
      let area = Rectangle(
        column: side.column + 2, row: side.row + 1, width: side.width - 2, height: entries.count)
      return (picture, (area, entries.map { [$0] }))
    }
    let lines = Self.wrapped(entries, width: region.width)
    guard lines.count <= Self.maximumLegendLines, region.height - lines.count >= least.height else {
      return (region, none)
    }
    let (picture, area) = region.split(top: region.height - lines.count)
    return (picture, (area, lines))
  }

  /// The categories that occur and have names, and the shown positions; empty without names.
  private func legendEntries() -> [LegendEntry] {
    let occurring = Set(points.lazy.filter { $0.x.isFinite && $0.y.isFinite }.map(\.kind))
    let kinds = occurring.sorted().filter(kindNames.indices.contains)
    guard !kinds.isEmpty else { return [] }
    return kinds.map { .kind($0, Glyph.printable(kindNames[$0])) } + (current == nil ? [] : [.current])
      + (path.isEmpty ? [] : [.path])
  }

  private static func wrapped(_ entries: [LegendEntry], width: Int) -> [[LegendEntry]] {
    var lines: [[LegendEntry]] = []
    var free = 0
    for entry in entries {
      let needed = text(of: entry).count
      if free >= needed + 2 {
        lines[lines.count - 1].append(entry)
        free -= needed + 2
      } else {
        lines.append([entry])
        free = width - needed
      }
    }
    return lines
  }

  /// The text of an entry; its first character is replaced by the glyph it explains.
  private static func text(of entry: LegendEntry) -> String {
    switch entry {
    case .kind(let kind, let name):
      // A digit that is its own name is not repeated.
      name == String(glyph(ofKind: kind)) ? name : "\(glyph(ofKind: kind)) \(name)"
    case .current: "● now"
    case .path: "· before"
    }
  }

  private func drawLegend(
    _ entries: [LegendEntry], on canvas: inout Canvas, in line: Rectangle, _ capabilities: Capabilities
  ) {
    var rest = line
    for entry in entries {
      let text = Self.text(of: entry)
      canvas.put(text, in: rest)
      if !rest.isEmpty { canvas[rest.column, rest.row] = Self.mark(of: entry, capabilities) }
      rest = rest.split(left: text.count + 2).rest
    }
  }

  private static func mark(of entry: LegendEntry, _ capabilities: Capabilities) -> Cell {
    switch entry {
    case .kind(let kind, _): Cell(glyph(ofKind: kind), Style(.kind(kind)))
    // The ASCII form of ● is the letter O, which looks like category 0.
    case .current: Cell(capabilities.unicode ? "●" : "@", .selected)
    case .path: Cell("·", Style(.accent))
    }
  }

  private func drawAxes(on canvas: inout Canvas, around plot: Rectangle) {
    let (left, bottom) = (plot.column - 1, plot.rows.upperBound)
    let top = Rectangle(column: left, row: plot.row - 1, width: plot.width + 1, height: 1)
    canvas.put("↑ " + vertical.label, in: top, .faint)
    for row in plot.rows { canvas[left, row] = Cell("│", .faint) }
    canvas[left, bottom] = Cell("└", .faint)
    for column in plot.columns { canvas[column, bottom] = Cell("─", .faint) }
    // Part of the line stays visible before the name.
    let name = Rectangle(column: plot.column + 2, row: bottom, width: plot.width - 2, height: 1)
    canvas.put(" " + horizontal.label + " →", in: name, .faint, alignment: .trailing)
  }

  private func drawPoints(on canvas: inout Canvas, in plot: Rectangle) {
    var kindsByCell: [Int: [Int: Int]] = [:]
    for point in points {
      guard let (column, row) = cell(of: (point.x, point.y), plot: plot) else { continue }
      kindsByCell[(row - plot.row) * plot.width + column - plot.column, default: [:]][
        point.kind, default: 0] += 1
    }
    for (index, counts) in kindsByCell {
      // The most frequent category; of equally frequent ones the lowest.
      guard let (kind, _) = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { continue }
      canvas[plot.column + index % plot.width, plot.row + index / plot.width] = Self.mark(
        of: .kind(kind, ""), .full)
    }
  }

  private func drawPlaces(on canvas: inout Canvas, in plot: Rectangle, _ capabilities: Capabilities) {
    for place in path {
      guard let (column, row) = cell(of: place, plot: plot) else { continue }
      canvas[column, row] = Self.mark(of: .path, capabilities)
    }
    let currentCell = current.flatMap { cell(of: $0, plot: plot) }
    if let (column, row) = currentCell {
      canvas[column, row] = Self.mark(of: .current, capabilities)
    }
    guard let (column, row) = cursor.flatMap({ cell(of: $0, plot: plot) }) else { return }
    // Reversed, it is visible without colours too; the current position under it stays visible.
    if currentCell.map({ $0 == (column, row) }) != true { canvas[column, row] = Cell("┼") }
    canvas[column, row].style = Style(.accent, [.bold, .reverse])
  }
}
