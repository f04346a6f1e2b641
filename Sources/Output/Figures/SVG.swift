import Screen

/// An encoder of self-contained SVG files (W3C, "Scalable Vector Graphics", 1.1), light or dark with the
/// viewer's setting.
public enum SVG {
  /// Encodes `diagram`.
  ///
  /// - Parameter theme: the colours; nil to follow the viewer's setting.
  public static func encode(_ diagram: Diagram, theme: DiagramTheme? = nil) -> String {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(diagram.width)\" height=\"\(diagram.height)\" "
        + "viewBox=\"0 0 \(diagram.width) \(diagram.height)\" role=\"img\">",
      "<title>\(escaped(diagram.title))</title>", "<style>",
      "text{font:\(Int(Diagram.textSize))px system-ui,sans-serif;fill:currentColor}",
      "polyline{fill:none;stroke:currentColor;stroke-linejoin:round;stroke-linecap:round}",
      ".ring{fill:none;stroke:currentColor;stroke-width:\(number(Diagram.ringWidth))}",
      ".disc{fill:currentColor}",
    ]
    lines += colors(theme ?? .light, of: diagram)
    if theme == nil {
      lines += ["@media(prefers-color-scheme:dark){"] + colors(.dark, of: diagram) + ["}"]
    }
    lines += ["</style>", "<rect class=\"ground\" width=\"100%\" height=\"100%\"/>"]
    lines += diagram.elements.map(text)
    return (lines + ["</svg>", ""]).joined(separator: "\n")
  }

  /// Escapes text for content and attributes, and drops characters that XML 1.0 forbids.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result += " "
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func text(_ element: Diagram.Element) -> String {
    switch element {
    case .line(let points, let ink, let width):
      let places = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
      return "<polyline class=\"\(name(ink))\" stroke-width=\"\(number(width))\" points=\"\(places)\"/>"
    case .disc(let point, let radius, let ink): return circle("disc", point, radius, ink)
    case .ring(let point, let radius, let ink): return circle("ring", point, radius, ink)
    case .text(let text, let point, let anchor, let ink):
      return "<text class=\"\(name(ink))\" x=\"\(number(point.x))\" y=\"\(number(point.y))\" "
        + "text-anchor=\"\(anchor.rawValue)\">\(escaped(text))</text>"
    }
  }

  private static func circle(
    _ kind: String, _ point: Diagram.Point, _ radius: Double, _ ink: Diagram.Ink
  ) -> String {
    "<circle class=\"\(kind) \(name(ink))\" cx=\"\(number(point.x))\" cy=\"\(number(point.y))\" "
      + "r=\"\(number(radius))\"/>"
  }

  /// A CSS rule for the background and for each ink in use.
  private static func colors(_ theme: DiagramTheme, of diagram: Diagram) -> [String] {
    var rules = [".ground{fill:\(theme.background.hexadecimal)}"]
    for element in diagram.elements {
      let ink: Diagram.Ink =
        switch element {
        case .line(_, let ink, _), .disc(_, _, let ink), .ring(_, _, let ink), .text(_, _, _, let ink): ink
        }
      let rule = ".\(name(ink)){color:\(theme.color(ink).hexadecimal)}"
      if !rules.contains(rule) { rules.append(rule) }
    }
    return rules
  }

  private static func name(_ ink: Diagram.Ink) -> String {
    switch ink {
    case .text: "text"
    case .faint: "faint"
    case .kind(let kind): "kind\(((kind % 10) + 10) % 10)"
    }
  }

  private static func number(_ value: Double) -> String {
    NumberText.trimmed(NumberText.fixed(value, decimals: 2))
  }
}
