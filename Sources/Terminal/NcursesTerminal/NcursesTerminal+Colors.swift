import CCurses
import Screen

extension NcursesTerminal {
  /// The capabilities of the open screen.
  ///
  /// - Parameter choice: the user's choice of colours; nil for none.
  static func capabilities(
    _ environment: [String: String], _ choice: ColorDepth?, codeset: String
  ) -> Capabilities {
    let states =
      TerminalDescription.hasTruecolor(environment["TERM"] ?? "") || terminal_screen_states_truecolor()
    let capabilities = Capabilities(
      environment: environment, terminalColors: Int(terminal_screen_colors()), hasTruecolor: states,
      choice: choice, codeset: codeset)
    guard capabilities.colors == .truecolor, !supportsTokens else { return capabilities }
    return Capabilities(colors: .many, unicode: capabilities.unicode, braille: capabilities.braille)
  }

  /// Tells whether every number of a pair can be sent as a foreground and a background of the palette, in
  /// sequences that `StyleCompressor` reads.
  static var supportsTokens: Bool {
    guard terminal_screen_colors() == 256, terminal_screen_pairs() == 32767 else { return false }
    return [0, 7, 8, 15, 16, 255].allSatisfy { color in
      [false, true].allSatisfy { number(ofColor: color, isBackground: $0) == color }
    }
  }

  /// The number of a colour as read from the sequence that sets it.
  private static func number(ofColor color: Int, isBackground: Bool) -> Int? {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = terminal_screen_color_sequence(Int32(color), isBackground, &bytes, bytes.count)
    return StyleCompressor.colorNumber(ofSequence: Array(bytes[..<count]))
  }
}
