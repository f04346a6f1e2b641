/// What a terminal can show.
public struct Capabilities: Hashable, Sendable {
  /// How many colours.
  public var colors: ColorDepth
  /// Whether characters beyond ASCII arrive as they are.
  public var unicode: Bool
  /// Whether the font is likely to hold braille patterns; never without `unicode`.
  public var braille: Bool

  /// States what a terminal can show; braille by default wherever Unicode is.
  public init(colors: ColorDepth, unicode: Bool, braille: Bool? = nil) {
    self.colors = colors
    self.unicode = unicode
    self.braille = unicode && (braille ?? true)
  }

  /// Everything: 256 colours and Unicode.
  public static let full = Capabilities(colors: .many, unicode: true)
  /// The least: no colour, ASCII only.
  public static let ascii = Capabilities(colors: .none, unicode: false)

  /// Derives what can be shown.
  ///
  /// - Parameters:
  ///   - environment: `NO_COLOR`, when set and not empty, takes all colours away; `TERM` names the
  ///     terminal.
  ///   - terminalColors: How many colours the terminal's description promises.
  ///   - codeset: The character encoding of the locale, as `nl_langinfo(CODESET)` gives it.
  public init(environment: [String: String], terminalColors: Int, codeset: String) {
    let refusesColor = !(environment["NO_COLOR"] ?? "").isEmpty
    let colors: ColorDepth =
      switch terminalColors {
      case _ where refusesColor: .none
      case 256...: .many
      case 8...: .eight
      default: .none
      }
    let unicode = ["utf-8", "utf8"].contains(codeset.lowercased())
    // The Linux console has a font of 512 glyphs without braille.
    self.init(colors: colors, unicode: unicode, braille: environment["TERM"] != "linux")
  }
}
