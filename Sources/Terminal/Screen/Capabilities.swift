/// The capabilities of a terminal.
public struct Capabilities: Hashable, Sendable {
  /// The number of colours.
  public var colors: ColorDepth
  /// Supports characters beyond ASCII.
  public var unicode: Bool
  /// Supports braille patterns; never without `unicode`.
  public var braille: Bool

  /// Creates capabilities; braille by default wherever Unicode is supported.
  public init(colors: ColorDepth, unicode: Bool, braille: Bool? = nil) {
    self.colors = colors
    self.unicode = unicode
    self.braille = unicode && (braille ?? true)
  }

  /// 256 colours and Unicode.
  public static let full = Capabilities(colors: .many, unicode: true)
  /// No colour, ASCII only.
  public static let ascii = Capabilities(colors: .none, unicode: false)

  /// Derives the capabilities.
  ///
  /// - Parameters:
  ///   - environment: a nonempty `NO_COLOR` disables colours; `TERM` names the terminal; `COLORTERM` states
  ///     truecolor, which `STY` (of GNU screen) rules out.
  ///   - terminalColors: the number of colours in the terminal's description.
  ///   - hasTruecolor: the terminal's type or its description states truecolor.
  ///   - choice: the user's choice of colours, which the environment does not restrict; nil for none.
  ///   - codeset: the character encoding of the locale, as from `nl_langinfo(CODESET)`.
  public init(
    environment: [String: String], terminalColors: Int, hasTruecolor: Bool = false,
    choice: ColorDepth? = nil, codeset: String
  ) {
    let described: ColorDepth =
      switch terminalColors {
      case 256...: .many
      case 8...: .eight
      default: .none
      }
    let colors =
      choice.map { Self.limited($0, to: described) }
      ?? Self.colors(environment, described, hasTruecolor: hasTruecolor)
    let unicode = ["utf-8", "utf8"].contains(codeset.lowercased())
    // The Linux console has a font of 512 glyphs without braille.
    self.init(colors: colors, unicode: unicode, braille: environment["TERM"] != "linux")
  }

  /// Truecolor needs no description of its own, only one of 256 colours.
  private static func limited(_ choice: ColorDepth, to described: ColorDepth) -> ColorDepth {
    switch (choice, described) {
    case (_, .none), (.none, _): .none
    case (.eight, _), (_, .eight): .eight
    case (.many, _): .many
    case (.truecolor, _): .truecolor
    }
  }

  private static func colors(
    _ environment: [String: String], _ described: ColorDepth, hasTruecolor: Bool
  ) -> ColorDepth {
    func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
    if isSet("NO_COLOR") { return .none }
    guard described == .many, environment["TERM"] != "linux", !isSet("STY") else { return described }
    return hasTruecolor || ["truecolor", "24bit"].contains(environment["COLORTERM"]) ? .truecolor : .many
  }
}
