#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A polar chart: the larger a value, the longer its ray.
///
/// Direction 0 points up; angles are counter-clockwise. Marks are on the rim.
public struct RoseView: Sendable {
  /// A glyph on the rim.
  public struct Mark: Hashable, Sendable {
    /// The angle in radians.
    public var angle: Double
    /// The glyph.
    public var glyph: Character
    /// The style.
    public var style: Style

    /// Creates a mark.
    public init(angle: Double, glyph: Character, style: Style) {
      self.angle = angle
      self.glyph = glyph
      self.style = style
    }
  }

  /// The directions in radians, each with a fraction from 0 (the centre) to 1 (the rim).
  public var rays: [(angle: Double, fraction: Double)]
  /// The marks on the rim; later ones cover earlier ones.
  public var marks: [Mark]

  /// Creates a chart.
  public init(rays: [(angle: Double, fraction: Double)], marks: [Mark] = []) {
    self.rays = rays
    self.marks = marks
  }

  /// Draws the chart in the middle of a region, as large as its shorter side allows.
  public func draw(on canvas: inout Canvas, in region: Rectangle, capabilities: Capabilities) {
    // A cell is about twice as high as it is wide.
    let height = min(region.height, (region.width + 1) / 2)
    guard height >= 3 else { return }
    let area = region.centered(Size(width: 2 * height, height: height))
    let inside = area.inset()
    var raster = DotRaster(form: DotRaster.Form(capabilities), size: inside.size)
    let resolution = raster.resolution
    let centre = (x: Double(resolution.width - 1) / 2, y: Double(resolution.height - 1) / 2)
    func dot(_ angle: Double, _ fraction: Double) -> (column: Int, row: Int) {
      (
        Int((centre.x - fraction * centre.x * sin(angle)).rounded()),
        Int((centre.y - fraction * centre.y * cos(angle)).rounded())
      )
    }
    let usable = rays.filter { $0.fraction.isFinite && $0.angle.isFinite }
    let ends = usable.map { dot($0.angle, min(max($0.fraction, 0), 1)) }
    for (index, end) in ends.enumerated() {
      // With coarse dots rays would merge: their ends are connected instead.
      let start = raster.form == .braille ? dot(usable[index].angle, 0) : ends[(index + 1) % ends.count]
      raster.setLine(from: start, to: end)
    }
    for row in 0..<inside.height {
      for column in 0..<inside.width {
        guard let glyph = raster.glyph(column: column, row: row) else { continue }
        canvas[inside.column + column, inside.row + row] = Cell(glyph, Style(.good))
      }
    }
    drawRim(on: &canvas, area)
  }

  private func drawRim(on canvas: inout Canvas, _ area: Rectangle) {
    func place(_ angle: Double) -> (column: Int, row: Int) {
      let (halfWidth, halfHeight) = (Double(area.width - 1) / 2, Double(area.height - 1) / 2)
      return (
        area.column + Int((halfWidth - halfWidth * sin(angle)).rounded()),
        area.row + Int((halfHeight - halfHeight * cos(angle)).rounded())
      )
    }
    for quarter in 0..<4 {
      let (column, row) = place(Double(quarter) * .pi / 2)
      canvas[column, row] = Cell("·", .faint)
    }
    for mark in marks where mark.angle.isFinite {
      let (column, row) = place(mark.angle)
      canvas[column, row] = Cell(mark.glyph, mark.style)
    }
  }
}
