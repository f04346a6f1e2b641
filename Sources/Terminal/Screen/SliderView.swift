/// A slider on one line: a label, a bar with a knob and a mark, and the value as text.
///
///     ▸ θ rotation  ├━━━━━━●──◇────────────┤  +45°
///
/// The knob is the controlled value, the mark another value of the same quantity. In one column they are one
/// glyph. A value beyond the range is an arrow at the end of the bar. A histogram replaces the line:
///
///     ▸ z3           ├▁▁▂▃▆●▅◇▃▂▁▁▁▁▁▁▁▁▁┤  -0.69  ▮▮▮▯
///
/// In narrow regions, the bar is shortened first, then the label; then the bar and the label are omitted.
public struct SliderView: Sendable {
  /// The label.
  public var label: String
  /// The controlled value, at the knob.
  public var value: Double
  /// The values at the ends of the bar.
  public var range: ClosedRange<Double>
  /// The neutral value, from which the bar is filled.
  public var origin: Double
  /// The value of the mark; nil for none.
  public var mark: Double?
  /// The displayed value, with its unit.
  public var valueText: String
  /// Tells whether the slider has the focus.
  public var isSelected: Bool
  /// Highlights the value text as a warning.
  public var isFar = false
  /// The numbers of data in equal parts of the range, as fractions of the largest; empty for a plain line.
  public var histogram: [Double] = []
  /// The strength of the value's effect, from 0 to 1, shown as a small bar after the value text.
  public var reaction: Double?
  /// The width of that bar, without the column that separates it from the value text.
  public var reactionWidth = 0
  /// The width of the label, equal for aligned sliders.
  public var labelWidth: Int
  /// The width of the value text, equal for aligned sliders.
  public var valueWidth: Int

  /// Creates a slider; label and value have their own widths unless others are given.
  public init(
    label: String, value: Double, range: ClosedRange<Double>, origin: Double = 0, mark: Double? = nil,
    valueText: String, isSelected: Bool = false, labelWidth: Int? = nil, valueWidth: Int? = nil
  ) {
    self.label = label
    self.value = value
    self.range = range
    self.origin = origin
    self.mark = mark
    self.valueText = valueText
    self.isSelected = isSelected
    self.labelWidth = max(0, labelWidth ?? label.count)
    self.valueWidth = max(0, valueWidth ?? valueText.count)
  }

  /// Draws the slider in the first line of a region.
  ///
  /// - Returns: the columns of the bar without its ends, where a click sets a value; empty where there is no
  ///   bar.
  @discardableResult
  public func draw(on canvas: inout Canvas, in region: Rectangle, capabilities: Capabilities) -> Rectangle {
    let line = region.line(0)
    guard !line.isEmpty else { return line }
    let cells = Cells(line, self)
    let style: Style = isSelected ? .selected : .standard
    canvas.put(isSelected ? "▸" : "", in: cells.cursor, style)
    canvas.put(label, in: cells.label, style)
    drawBar(
      on: &canvas, in: cells.bar.inset(horizontal: cells.bar.width > 0 ? 1 : 0, vertical: 0), capabilities)
    canvas.put(
      valueText, in: cells.value, isFar ? Style(.warning, .bold) : style,
      alignment: cells.bar.width > 0 ? .trailing : .leading)
    drawReaction(on: &canvas, in: cells.reaction)
    return cells.track
  }

  /// The columns of the bar without its ends, as returned by `draw`.
  public func track(in region: Rectangle) -> Rectangle { Cells(region.line(0), self).track }

  /// The value at a column of the bar that `draw` returned.
  public func value(at column: Int, of track: Rectangle) -> Double {
    guard track.width > 1 else { return range.lowerBound }
    let fraction = Double(min(max(column - track.column, 0), track.width - 1)) / Double(track.width - 1)
    return range.lowerBound + fraction * (range.upperBound - range.lowerBound)
  }

  /// Darker than the filled part, where greys are supported; dim elsewhere.
  private static let histogramStyle = Style(.grey(8), .dim)

  /// The glyph of a histogram's bar: where there are no greys, thin ones leave the knob in sight.
  private static func histogramGlyph(_ fraction: Double, _ capabilities: Capabilities) -> Character {
    if capabilities.colors.hasPictureColors { return Sparkline.glyph(fraction) }
    guard fraction > 0 else { return thinGlyphs[0] }
    return thinGlyphs[Int((min(fraction, 1) * Double(thinGlyphs.count - 1)).rounded())]
  }

  private static let thinGlyphs: [Character] = [" ", "·", ":", "│"]

  private func drawReaction(on canvas: inout Canvas, in region: Rectangle) {
    guard let reaction, !reaction.isNaN, region.width > 1 else { return }
    let cells = region.split(left: 1).rest
    let full = Int((min(max(reaction, 0), 1) * Double(cells.width)).rounded())
    for column in cells.columns {
      let isFull = column - cells.column < full
      canvas[column, cells.row] = Cell(isFull ? "▮" : "▯", isFull ? Style(.good) : .faint)
    }
  }

  private func drawBar(on canvas: inout Canvas, in region: Rectangle, _ capabilities: Capabilities) {
    guard region.width >= 3 else { return }
    let track = region.inset(horizontal: 1, vertical: 0)
    canvas[region.column, region.row] = Cell("├", .faint)
    canvas[region.columns.upperBound - 1, region.row] = Cell("┤", .faint)
    for column in track.columns {
      let bar = histogramShare(at: column, of: track).map { Self.histogramGlyph($0, capabilities) }
      canvas[column, track.row] = bar.map { Cell($0, Self.histogramStyle) } ?? Cell("─", .faint)
    }
    let knob = position(of: value, in: track)
    drawFill(to: knob, on: &canvas, in: track, capabilities)
    let markPosition = mark.flatMap { position(of: $0, in: track) }
    if let markPosition {
      canvas[markPosition, track.row] = Cell("◇", Style(.mark))
    }
    if let knob {
      let style: Style = isSelected ? .selected : Style(.standard, .bold)
      canvas[knob, track.row] = Cell(knobGlyph(coversMark: knob == markPosition), style)
    }
  }

  /// The height of the histogram's bar in a column, from 0 to 1; nil without a histogram.
  private func histogramShare(at column: Int, of track: Rectangle) -> Double? {
    guard !histogram.isEmpty else { return nil }
    let count = histogram.count
    let first = (column - track.column) * count / track.width
    let last = max(first, (column - track.column + 1) * count / track.width - 1)
    let parts = histogram[first...min(last, count - 1)]
    return parts.reduce(0, +) / Double(parts.count)
  }

  /// Fills the bar from the origin, clamped to the range, to the knob.
  private func drawFill(
    to knob: Int?, on canvas: inout Canvas, in track: Rectangle, _ capabilities: Capabilities
  ) {
    let origin = min(max(origin, range.lowerBound), range.upperBound)
    guard let knob, let start = position(of: origin, in: track) else { return }
    for column in min(start, knob)...max(start, knob) {
      // Without greys, a line is heavier than the thin bars.
      let bar = capabilities.colors.hasPictureColors ? histogramShare(at: column, of: track) : nil
      let style = isSelected ? Style(.accent) : bar == nil ? .standard : Style(.faint)
      canvas[column, track.row] = Cell(bar.map { Sparkline.glyph($0) } ?? "━", style)
    }
  }

  private func knobGlyph(coversMark: Bool) -> Character {
    if value < range.lowerBound { return "◀" }
    if value > range.upperBound { return "▶" }
    return coversMark ? "◈" : "●"
  }

  /// The column of a value, clamped to the bar; nil for NaN.
  private func position(of value: Double, in track: Rectangle) -> Int? {
    guard !value.isNaN, track.width > 0 else { return nil }
    let extent = range.upperBound - range.lowerBound
    guard extent > 0, extent.isFinite else { return track.column + track.width / 2 }
    let cut = min(max(value, range.lowerBound), range.upperBound)
    let fraction = (cut - range.lowerBound) / extent
    return track.column + Int((fraction * Double(track.width - 1)).rounded())
  }

  /// The widths of a line's parts; the value has the remaining columns.
  private struct Cells {
    let cursor, label, bar, value, reaction: Rectangle

    private static let shortestBar = 9
    private static let shortestLabel = 3

    init(_ line: Rectangle, _ slider: SliderView) {
      let valueWidth = slider.valueWidth
      var (cursorWidth, labelWidth, gap, barWidth) = (0, 0, 0, 0)
      let width = line.width
      cursorWidth = width >= 3 ? 2 : width >= 1 && valueWidth < width ? 1 : 0
      let reactionWidth = slider.reactionWidth > 0 ? slider.reactionWidth + 1 : 0
      let shortLabel = min(slider.labelWidth, Self.shortestLabel)
      // The bar of the effect is omitted first.
      let needed = cursorWidth + valueWidth + shortLabel + Self.shortestBar + reactionWidth
      let shownReaction = width >= needed ? reactionWidth : 0
      let free = width - cursorWidth - valueWidth - shownReaction
      if free >= shortLabel + Self.shortestBar {
        labelWidth = min(slider.labelWidth, free - Self.shortestBar)
        barWidth = free - labelWidth
      } else if free >= shortLabel + 1, slider.labelWidth > 0 {
        labelWidth = min(slider.labelWidth, free - 1)
        gap = 1
      }
      var rest: Rectangle
      (cursor, rest) = line.split(left: cursorWidth)
      (label, rest) = rest.split(left: labelWidth)
      // A blank column separates the label from the value where there is no bar.
      (bar, rest) = rest.split(left: gap).rest.split(left: barWidth)
      (value, reaction) = rest.split(left: rest.width - shownReaction)
    }

    /// The bar without a blank column at each side and without its ends.
    var track: Rectangle {
      let inner = bar.inset(horizontal: bar.width > 0 ? 1 : 0, vertical: 0)
      return inner.width >= 3 ? inner.inset(horizontal: 1, vertical: 0) : inner.line(-1)
    }
  }
}
