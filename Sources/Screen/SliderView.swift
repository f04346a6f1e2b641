/// Draws a value on one line: a label, a bar with a knob and a mark, and the value as text.
///
///     ▸ θ rotation  ├━━━━━━●──◇────────────┤  +45°
///
/// The knob is the value that a person controls; the mark is another reading of the same quantity. A knob
/// and a mark in one place are one glyph. Beyond the range, an arrow at the end of the bar shows the way.
/// The narrower the region, the more is left out: first the bar's length, then part of the label, then the
/// bar, then the label.
public struct SliderView: Sendable {
  /// What the value is called.
  public var label: String
  /// The value, where the knob stands.
  public var value: Double
  /// The values at the ends of the bar.
  public var range: ClosedRange<Double>
  /// The value at which nothing is changed, from which the bar is filled.
  public var origin: Double
  /// Another reading, where the mark stands.
  public var mark: Double?
  /// The value as a person reads it, with its unit.
  public var valueText: String
  /// Whether this slider has the focus.
  public var isSelected: Bool
  /// The columns kept for the label, so that the bars of several sliders stand below each other.
  public var labelWidth: Int
  /// The columns kept for the value, likewise.
  public var valueWidth: Int

  /// Describes a slider; label and value take the columns that they need unless widths are given.
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
  /// - Returns: The part of the region that is the bar without its ends, where a click means a value; empty
  ///   where there is no room for a bar.
  @discardableResult
  public func draw(on canvas: inout Canvas, in region: Rectangle, capabilities: Capabilities) -> Rectangle {
    let line = region.line(0)
    guard !line.isEmpty else { return line }
    let parts = Parts(width: line.width, labelWidth: labelWidth, valueWidth: valueWidth)
    let style: Style = isSelected ? .selected : .standard
    var (part, rest) = line.split(left: parts.cursor)
    canvas.put(isSelected ? "▸" : "", in: part, style)
    (part, rest) = rest.split(left: parts.label)
    canvas.put(label, in: part, style)
    rest = rest.split(left: parts.gap).rest
    (part, rest) = rest.split(left: parts.bar)
    let track = drawBar(on: &canvas, in: part.inset(horizontal: parts.bar > 0 ? 1 : 0, vertical: 0))
    canvas.put(valueText, in: rest, style, alignment: parts.bar > 0 ? .trailing : .leading)
    return track
  }

  /// The value at a column of the bar that `draw` returned.
  public func value(at column: Int, of track: Rectangle) -> Double {
    guard track.width > 1 else { return range.lowerBound }
    let share = Double(min(max(column - track.column, 0), track.width - 1)) / Double(track.width - 1)
    return range.lowerBound + share * (range.upperBound - range.lowerBound)
  }

  /// Draws the bar with a free column at each side of it already taken off.
  private func drawBar(on canvas: inout Canvas, in region: Rectangle) -> Rectangle {
    guard region.width >= 3 else { return region.line(-1) }
    let track = region.inset(horizontal: 1, vertical: 0)
    canvas[region.column, region.row] = Cell("├", .faint)
    canvas[region.columns.upperBound - 1, region.row] = Cell("┤", .faint)
    for column in track.columns {
      canvas[column, track.row] = Cell("─", .faint)
    }
    let knob = position(of: value, in: track)
    drawFill(to: knob, on: &canvas, in: track)
    let markPosition = mark.flatMap { position(of: $0, in: track) }
    if let markPosition {
      canvas[markPosition, track.row] = Cell("◇", Style(.mark))
    }
    if let knob {
      let style: Style = isSelected ? .selected : Style(.standard, .bold)
      canvas[knob, track.row] = Cell(knobGlyph(coversMark: knob == markPosition), style)
    }
    return track
  }

  /// The stretch from the bar's origin, or the end that is nearest to it, to the knob.
  private func drawFill(to knob: Int?, on canvas: inout Canvas, in track: Rectangle) {
    let origin = min(max(origin, range.lowerBound), range.upperBound)
    guard let knob, let start = position(of: origin, in: track) else { return }
    for column in min(start, knob)...max(start, knob) {
      canvas[column, track.row] = Cell("━", isSelected ? Style(.accent) : .standard)
    }
  }

  private func knobGlyph(coversMark: Bool) -> Character {
    if value < range.lowerBound { return "◀" }
    if value > range.upperBound { return "▶" }
    return coversMark ? "◈" : "●"
  }

  /// The column of a value, cut to the bar; nil for what is no number.
  private func position(of value: Double, in track: Rectangle) -> Int? {
    guard !value.isNaN, track.width > 0 else { return nil }
    let extent = range.upperBound - range.lowerBound
    guard extent > 0, extent.isFinite else { return track.column + track.width / 2 }
    let cut = min(max(value, range.lowerBound), range.upperBound)
    let share = (cut - range.lowerBound) / extent
    return track.column + Int((share * Double(track.width - 1)).rounded())
  }

  /// How a line's columns are shared; the value takes what is left.
  private struct Parts {
    var cursor = 0
    var label = 0
    /// The free column that parts the label from the value where there is no bar.
    var gap = 0
    /// With a free column at each side.
    var bar = 0

    private static let shortestBar = 9
    private static let shortestLabel = 3

    init(width: Int, labelWidth: Int, valueWidth: Int) {
      cursor = width >= 3 ? 2 : width >= 1 && valueWidth < width ? 1 : 0
      let free = width - cursor - valueWidth
      let shortLabel = min(labelWidth, Self.shortestLabel)
      if free >= shortLabel + Self.shortestBar {
        label = min(labelWidth, free - Self.shortestBar)
        bar = free - label
      } else if free >= shortLabel + 1, labelWidth > 0 {
        label = min(labelWidth, free - 1)
        gap = 1
      }
    }
  }
}
