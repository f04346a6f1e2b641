import Formats
import Screen

extension SVG {
  /// The margin around the screen and the corner radius of its frame, in units.
  private static let (screenMargin, cornerRadius) = (16, 10)

  /// The SVG document of a terminal screen: dark, with every cell in place in any font.
  ///
  /// Blocks, shades, frames and braille are shapes, so that pictures have no gaps; other glyphs are text
  /// stretched to its columns.
  ///
  /// - Parameters:
  ///   - canvas: the screen's contents.
  ///   - capabilities: the terminal's colours and glyphs.
  ///   - title: the text alternative.
  public static func encode(_ canvas: Canvas, capabilities: Capabilities, title: String) -> String {
    let drawing = ScreenDrawing(canvas, capabilities: capabilities)
    let (width, height) = (drawing.width + 2 * screenMargin, drawing.height + 2 * screenMargin)
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
        + "viewBox=\"0 0 \(width) \(height)\" role=\"img\">",
      "<title>\(escaped(title))</title>",
      "<rect x=\"0.5\" y=\"0.5\" width=\"\(width - 1)\" height=\"\(height - 1)\" rx=\"\(cornerRadius)\" "
        + "fill=\"\(TerminalPalette.background.hexadecimal)\" stroke=\"\(TerminalPalette.frame.hexadecimal)\"/>",
      "<g transform=\"translate(\(screenMargin) \(screenMargin))\">",
    ]
    for (name, fills) in [("grounds", drawing.grounds), ("shapes", drawing.shapes)] where !fills.isEmpty {
      // Without antialiasing, neighbours join at any size.
      lines.append("<g id=\"\(name)\" shape-rendering=\"crispEdges\">")
      lines += paths(fills.map { (color: $0.color, path: path($0)) }) { "fill=\"\($0)\"" }
      lines.append("</g>")
    }
    if !drawing.dots.isEmpty {
      lines.append("<g id=\"dots\" stroke-width=\"2.6\" stroke-linecap=\"round\">")
      let parts = drawing.dots.map { (color: $0.color, path: "M\($0.x) \($0.y)h.01") }
      lines += paths(parts) { "stroke=\"\($0)\"" }
      lines.append("</g>")
    }
    lines += words(drawing.words)
    return (lines + ["</g>", "</svg>", ""]).joined(separator: "\n")
  }

  private static func path(_ fill: ScreenDrawing.Fill) -> String {
    "M\(fill.x) \(fill.y)h\(fill.width)v\(fill.height)h-\(fill.width)z"
  }

  /// One path per colour, in order of first use.
  private static func paths(
    _ parts: [(color: PixelImage.RGB, path: String)], attribute: (String) -> String
  ) -> [String] {
    grouped(parts, by: \.color).map { color, parts in
      "<path \(attribute(color.hexadecimal)) d=\"\(parts.map(\.path).joined())\"/>"
    }
  }

  /// Text, grouped by style.
  private static func words(_ words: [ScreenDrawing.Words]) -> [String] {
    // A glyph of these fonts is about 0.6 of the size wide: one column.
    let size = "13.33"
    let fonts = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace"
    var lines = ["<g id=\"words\" font-family=\"\(fonts)\" font-size=\"\(size)\">"]
    for (look, words) in grouped(words, by: \.look) {
      let weight = look.isBold ? " font-weight=\"bold\"" : ""
      lines.append("<g fill=\"\(look.color.hexadecimal)\"\(weight)>")
      lines += words.map(text)
      lines.append("</g>")
    }
    return lines + ["</g>"]
  }

  private static func text(_ words: ScreenDrawing.Words) -> String {
    let (x, baseline) = (words.column * GlyphShape.cellWidth, words.row * GlyphShape.cellHeight + 12)
    let length = Glyph.columns(of: words.text) * GlyphShape.cellWidth
    // Rare glyphs may come from a fallback font and be wider.
    let adjustment = words.text.allSatisfy(\.isASCII) ? "" : " lengthAdjust=\"spacingAndGlyphs\""
    return "<text x=\"\(x)\" y=\"\(baseline)\" textLength=\"\(length)\"\(adjustment)>"
      + "\(escaped(words.text))</text>"
  }

  /// Elements grouped by key, in order of first occurrence.
  private static func grouped<Element, Key: Hashable>(
    _ elements: [Element], by key: (Element) -> Key
  ) -> [(Key, [Element])] {
    var (keys, groups): ([Key], [Key: [Element]]) = ([], [:])
    for element in elements {
      let key = key(element)
      if groups[key] == nil { keys.append(key) }
      groups[key, default: []].append(element)
    }
    return keys.map { ($0, groups[$0] ?? []) }
  }
}
