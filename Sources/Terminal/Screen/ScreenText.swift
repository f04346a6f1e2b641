/// Converts a canvas to text, for files and pipes.
public enum ScreenText {
  /// The glyphs, one line per row, without trailing spaces.
  public static func plain(_ canvas: Canvas, unicode: Bool = true) -> String {
    lines(canvas) { row in
      var line = String(
        row.filter { $0.columns > 0 || !unicode }.map { unicode ? $0.glyph : Glyph.ascii($0.glyph) })
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// The glyphs with the escape sequences of their styles; every line begins and ends in the default style.
  public static func styled(_ canvas: Canvas, capabilities: Capabilities) -> String {
    lines(canvas) { row in
      var line = ""
      var current = Style.standard
      for cell in row where cell.columns > 0 || !capabilities.unicode {
        if cell.style != current {
          line += sequence(for: cell.style, depth: capabilities.colors)
          current = cell.style
        }
        line.append(capabilities.unicode ? cell.glyph : Glyph.ascii(cell.glyph))
      }
      return current == .standard ? line : line + "\u{1B}[0m"
    }
  }

  private static func lines(_ canvas: Canvas, _ text: (ArraySlice<Cell>) -> String) -> String {
    var result = ""
    for row in 0..<canvas.size.height {
      let start = row * canvas.size.width
      result += text(canvas.cells[start..<start + canvas.size.width]) + "\n"
    }
    return result
  }

  private static func sequence(for style: Style, depth: ColorDepth) -> String {
    let look = style.resolved(depth)
    var codes = ["0"]
    if look.attributes.contains(.bold) { codes.append("1") }
    if look.attributes.contains(.dim) { codes.append("2") }
    if look.attributes.contains(.underline) { codes.append("4") }
    if look.attributes.contains(.reverse) { codes.append("7") }
    if let color = look.foreground { codes.append(parameters(of: color, after: 30, depth)) }
    if let color = look.background { codes.append(parameters(of: color, after: 40, depth)) }
    return "\u{1B}[" + codes.joined(separator: ";") + "m"
  }

  private static func parameters(of color: TerminalColor, after base: Int, _ depth: ColorDepth) -> String {
    switch color {
    case .palette(let index): depth == .eight ? "\(base + Int(index))" : "\(base + 8);5;\(index)"
    case .rgb(let red, let green, let blue): "\(base + 8);2;\(red);\(green);\(blue)"
    }
  }
}
