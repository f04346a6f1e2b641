import Formats

extension Diagram {
  /// Draws the diagram as an antialiased colour picture.
  ///
  /// - Parameters:
  ///   - scale: pixels per unit.
  ///   - theme: the colours.
  /// - Throws: `FigureError.tooLarge`.
  public func image(scale: Int, theme: DiagramTheme) throws(FigureError) -> PixelImage {
    guard width * height <= ContactSheet.maximumPixels / (scale * scale) else {
      throw .tooLarge(width: width * scale, height: height * scale, frames: 1)
    }
    var sheet = PixelSheet(
      width: width * scale, height: height * scale, scale: Double(scale), ground: theme.background)
    for element in elements {
      switch element {
      case .line(let points, let ink, let width):
        for (start, end) in zip(points, points.dropFirst()) {
          sheet.fill(around: start, end, reach: width / 2, theme.color(ink))
        }
      case .disc(let point, let radius, let ink):
        sheet.fill(around: point, point, reach: radius, theme.color(ink))
      case .ring(let point, let radius, let ink):
        sheet.fill(
          around: point, point, reach: radius + Self.ringWidth / 2, theme.color(ink),
          hole: radius - Self.ringWidth / 2)
      case .text(let text, let point, let anchor, let ink):
        sheet.write(text, at: point, anchor, theme.color(ink))
      }
    }
    return sheet.image
  }
}

/// The RGB pixels under construction.
private struct PixelSheet {
  private let width, height: Int
  private let scale: Double
  private var bytes: [UInt8]

  init(width: Int, height: Int, scale: Double, ground: PixelImage.RGB) {
    (self.width, self.height, self.scale) = (width, height, scale)
    bytes = []
    bytes.reserveCapacity(3 * width * height)
    for _ in 0..<width * height { bytes += [ground.red, ground.green, ground.blue] }
  }

  var image: PixelImage { PixelImage(width: width, height: height, colors: .rgb, bytes: bytes) }

  /// Draws the pixels within `reach` of a line segment and not within `hole` of it.
  mutating func fill(
    around start: Diagram.Point, _ end: Diagram.Point, reach: Double, _ color: PixelImage.RGB,
    hole: Double? = nil
  ) {
    let (x0, y0, x1, y1) = (start.x * scale, start.y * scale, end.x * scale, end.y * scale)
    let (outer, inner) = (reach * scale, (hole ?? -1) * scale)
    let lengthSquared = (x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)
    for y in rows(min(y0, y1) - outer, max(y0, y1) + outer, below: height) {
      for x in rows(min(x0, x1) - outer, max(x0, x1) + outer, below: width) {
        let (dx, dy) = (Double(x) + 0.5 - x0, Double(y) + 0.5 - y0)
        let along = lengthSquared > 0 ? (dx * (x1 - x0) + dy * (y1 - y0)) / lengthSquared : 0
        let fraction = min(max(along, 0), 1)
        let (ex, ey) = (dx - fraction * (x1 - x0), dy - fraction * (y1 - y0))
        let distance = (ex * ex + ey * ey).squareRoot()
        // The coverage of a pixel at the edge is approximated by its distance.
        let covered = min(max(outer - distance + 0.5, 0), 1)
        let cutOut = hole == nil ? 0 : min(max(inner - distance + 0.5, 0), 1)
        blend(x, y, color, covered - cutOut)
      }
    }
  }

  /// Draws text in the bitmap font with its baseline at a point.
  mutating func write(
    _ text: String, at point: Diagram.Point, _ anchor: Diagram.Anchor, _ color: PixelImage.RGB
  ) {
    // The seven rows above the baseline are the cap height, about 0.6 of the font size.
    let size = max(1, Int((0.085 * Diagram.textSize * scale).rounded()))
    let length = BitmapFont.width(of: text) * size
    let inset: Int =
      switch anchor {
      case .start: 0
      case .middle: length / 2
      case .end: length
      }
    let (left, top) = (Int(point.x * scale) - inset, Int(point.y * scale) - 7 * size)
    for pixel in BitmapFont.pixels(of: text) {
      for y in 0..<size {
        for x in 0..<size { blend(left + pixel.x * size + x, top + pixel.y * size + y, color, 1) }
      }
    }
  }

  /// The integers from `low` to `high`, limited to `0..<count`.
  private func rows(_ low: Double, _ high: Double, below count: Int) -> Range<Int> {
    let first = Int(min(max(low.rounded(.down) - 1, 0), Double(count)))
    return first..<max(first, Int(min(max(high.rounded(.up) + 1, 0), Double(count))))
  }

  private mutating func blend(_ x: Int, _ y: Int, _ color: PixelImage.RGB, _ fraction: Double) {
    guard fraction > 0, (0..<width).contains(x), (0..<height).contains(y) else { return }
    let start = 3 * (y * width + x)
    for (offset, value) in [color.red, color.green, color.blue].enumerated() {
      let old = Double(bytes[start + offset])
      bytes[start + offset] = UInt8((old + fraction * (Double(value) - old)).rounded())
    }
  }
}
