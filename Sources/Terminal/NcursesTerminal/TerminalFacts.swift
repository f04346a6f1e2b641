import CCurses
import Screen

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Facts about the terminal that the program was started in, usable or not.
public struct TerminalFacts: Sendable {
  /// `TERM`; nil where unset.
  public var type: String?
  /// Standard input is a terminal.
  public var hasInput: Bool
  /// Standard output is a terminal.
  public var hasOutput: Bool
  /// Standard error is a terminal.
  public var hasErrors: Bool
  /// The extent in cells of the first of the three that is a terminal.
  public var size: Size?
  /// The number of colours in the terminal's description.
  public var colors = 0
  /// The locale for character types, from which the encoding follows.
  public var locale: String
  /// The character encoding, such as `UTF-8`.
  public var codeset: String
  /// The substitute for the description of this type; nil where the system has a usable one.
  public var substitute: TerminalSubstitute?
  /// The resulting capabilities.
  public var capabilities: Capabilities
  /// The reason that the terminal cannot be used; nil where it can.
  public var fault: TerminalError?
  /// The terminal library and its version.
  public var library: String

  /// Inspects the terminal without writing to it or changing its modes.
  ///
  /// - Parameter choice: the user's choice of colours; nil for none.
  public init(
    environment: [String: String] = NcursesTerminal.environment(), colors choice: ColorDepth? = nil
  ) {
    codeset = String(cString: terminal_choose_codeset())
    locale = setlocale(LC_CTYPE, nil).map { String(cString: $0) } ?? ""
    library = String(cString: terminal_screen_library())
    let streams = [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    (hasInput, hasOutput, hasErrors) = (
      isatty(streams[0]) == 1, isatty(streams[1]) == 1, isatty(streams[2]) == 1
    )
    size = streams.lazy.compactMap(NcursesTerminal.extent).first
    type = environment["TERM"]
    capabilities = Capabilities(environment: environment, terminalColors: 0, codeset: codeset)
    do throws(TerminalError) {
      guard let type, !type.isEmpty else { throw .noType }
      substitute = try NcursesTerminal.openScreen(
        type, input: STDIN_FILENO, size: Size(width: 80, height: 24), usesMouse: false)
      // Nothing has been drawn; the sequences that end drawing are discarded.
      defer { terminal_screen_close(-1) }
      colors = Int(terminal_screen_colors())
      capabilities = NcursesTerminal.capabilities(environment, choice, codeset: codeset)
    } catch {
      fault = error
    }
  }
}
