import Screen

/// Why a terminal could not be opened.
public enum TerminalError: Error, Equatable {
  /// Standard input is a file, a pipe or nothing.
  case inputIsNoTerminal
  /// Standard output is a file, a pipe or nothing.
  case outputIsNoTerminal
  /// `TERM` is not set, or empty.
  case noType
  /// The terminal database has no entry of this name.
  case unknownType(String)
  /// A terminal of this type cannot move its cursor.
  case noCursorMotion(String)
  /// The process has its terminal open already.
  case alreadyOpen
  /// The system refused what was asked of it; the payload is `errno`.
  case system(Int32)
}

extension TerminalError: CustomStringConvertible {
  /// A sentence for people, with what to do about it.
  public var description: String {
    switch self {
    case .inputIsNoTerminal:
      "Standard input is not a terminal, so there are no keys to read. Start the program in a terminal."
    case .outputIsNoTerminal:
      "Standard output is not a terminal, so there is no screen to draw on. Start the program in a terminal."
    case .noType:
      "TERM is not set, so the kind of terminal is not known. Try: TERM=xterm-256color"
    case .unknownType(let name):
      "TERM is '\(Glyph.printable(name))', which this system does not know. Try: TERM=xterm-256color"
    case .noCursorMotion(let name):
      "A terminal of type '\(Glyph.printable(name))' cannot move its cursor, so nothing can be drawn on it. "
        + "Try: TERM=xterm-256color"
    case .alreadyOpen:
      "The terminal is open already."
    case .system(let code):
      "The terminal could not be prepared (system error \(code))."
    }
  }
}
