import Screen

/// A reason that a terminal could not be opened.
public enum TerminalError: Error, Equatable {
  /// Standard input is a file, a pipe or closed.
  case inputIsNoTerminal
  /// Standard output is a file, a pipe or closed.
  case outputIsNoTerminal
  /// `TERM` is unset or empty.
  case noType
  /// The terminal database has no entry of this name.
  case unknownType(String)
  /// A terminal of this type cannot move its cursor.
  case noCursorMotion(String)
  /// The process already has an open terminal.
  case alreadyOpen
  /// A system call failed; the payload is `errno`.
  case system(Int32)
}

extension TerminalError: CustomStringConvertible {
  /// The user-facing message, with a remedy.
  public var description: String {
    switch self {
    case .inputIsNoTerminal:
      "Standard input is not a terminal, so no keys can be read. Start the program in a terminal."
    case .outputIsNoTerminal:
      "Standard output is not a terminal, so nothing can be drawn. Start the program in a terminal."
    case .noType:
      "TERM is not set, so the terminal type is unknown. Try: TERM=xterm-256color"
    case .unknownType(let name):
      "TERM is '\(Glyph.printable(name))', which this system does not know. Try: TERM=xterm-256color"
    case .noCursorMotion(let name):
      "A terminal of type '\(Glyph.printable(name))' cannot move its cursor, so nothing can be drawn on it. "
        + "Try: TERM=xterm-256color"
    case .alreadyOpen:
      "The terminal is already open."
    case .system(let code):
      "The terminal could not be prepared (system error \(code))."
    }
  }
}
