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
  ///   - environment: a nonempty `NO_COLOR` disables colours; `TERM` names the terminal.
  ///   - terminalColors: the number of colours in the terminal's description.
  ///   - codeset: the character encoding of the locale, as from `nl_langinfo(CODESET)`.
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
