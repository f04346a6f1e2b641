import CCurses
import Screen

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What is known of the terminal that the program was started in, whether or not it can be used.
public struct TerminalFacts: Sendable {
  /// `TERM`; absent where it is not set.
  public var type: String?
  /// Whether standard input is a terminal.
  public var hasInput: Bool
  /// Whether standard output is one.
  public var hasOutput: Bool
  /// Whether standard error is one.
  public var hasErrors: Bool
  /// The extent of the first of the three that is a terminal, in cells.
  public var size: Size?
  /// The colours that the terminal's description promises.
  public var colors = 0
  /// The locale for characters, and the encoding that text is written in.
  public var locale: String
  /// The character encoding, such as `UTF-8`.
  public var codeset: String
  /// What would stand in for the description of this type; absent where the system has one that fits.
  public var substitute: TerminalSubstitute?
  /// What would be drawn with.
  public var capabilities: Capabilities
  /// Why a terminal of this type cannot be drawn on; absent where it can.
  public var fault: TerminalError?
  /// The library that draws, with its version.
  public var library: String

  /// Looks at the terminal; nothing is written to it, and its modes stay.
  public init(environment: [String: String] = NcursesTerminal.environment()) {
    codeset = String(cString: terminal_choose_codeset())
    locale = setlocale(LC_CTYPE, nil).map { String(cString: $0) } ?? ""
    library = String(cString: terminal_screen_library())
    let streams = [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    (hasInput, hasOutput, hasErrors) = (
      isatty(streams[0]) == 1, isatty(streams[1]) == 1, isatty(streams[2]) == 1
    )
    size = streams.lazy.compactMap(NcursesTerminal.extent).first
    type = environment["TERM"]
    do throws(TerminalError) {
      (colors, substitute) = try Self.description(ofType: type ?? "")
    } catch {
      fault = error
    }
    capabilities = Capabilities(environment: environment, terminalColors: colors, codeset: codeset)
  }

  private static func description(
    ofType type: String
  ) throws(TerminalError) -> (colors: Int, TerminalSubstitute?) {
    guard !type.isEmpty else { throw .noType }
    let substitute = try NcursesTerminal.openScreen(
      type, input: STDIN_FILENO, size: Size(width: 80, height: 24), usesMouse: false)
    // Nothing has been drawn, and what would end that goes nowhere.
    defer { terminal_screen_close(-1) }
    return (Int(terminal_screen_colors()), substitute)
  }
}
