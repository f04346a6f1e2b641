import Screen

/// A terminfo description for drawing.
enum TerminalDescription: Equatable, Sendable {
  /// The entry of a name in the system's database.
  case named(String)
  /// The program's own description.
  case own

  /// Terminals with colours of 24 bits that are compatible with xterm-256color, whose own entries are often
  /// missing on remote machines.
  private static let likeXterm: Set = [
    "kitty", "ghostty", "alacritty", "foot", "wezterm", "contour", "rio", "mintty", "vscode",
  ]

  /// The candidates for a type, best first: its own entry, those of its kind, and the program's own
  /// description. A type of unknown kind has only its own entry; entries for direct colours are skipped.
  static func candidates(for type: String) -> [TerminalDescription] {
    var names = isDirect(type) ? [] : [type]
    if type.hasPrefix("tmux") { names.append("tmux-256color") }
    if type.hasPrefix("screen") { names.append("screen-256color") }
    if isLikeXterm(type) { names.append("xterm-256color") }
    let isKnown = names != [type]
    var found: [TerminalDescription] = []
    for name in names where !found.contains(.named(name)) { found.append(.named(name)) }
    return isKnown ? found + [.own] : found
  }

  /// Returns true if the type's entry uses direct colours (red, green and blue components).
  static func isDirect(_ type: String) -> Bool { type.hasSuffix("-direct") }

  /// Returns true if terminals of the type are known to have colours of 24 bits.
  static func hasTruecolor(_ type: String) -> Bool {
    likeXterm.contains(type.hasPrefix("xterm-") ? String(type.dropFirst(6)) : type) || isDirect(type)
  }

  private static func isLikeXterm(_ type: String) -> Bool {
    likeXterm.contains(type) || type.hasPrefix("xterm-") || type.hasSuffix("-256color") || isDirect(type)
  }

  /// The name for ncurses.
  var name: String {
    switch self {
    case .named(let name): name
    case .own: OwnDescription.name
    }
  }

  /// The description in the format of `TERMINFO`; nil for an entry of the database.
  var text: String? {
    switch self {
    case .named: nil
    case .own: OwnDescription.hexadecimal
    }
  }
}

/// The substitute for a description that is missing or uses direct colours.
public struct TerminalSubstitute: Equatable, Sendable, CustomStringConvertible {
  enum Reason: Equatable, Sendable {
    case notDescribed, directColors
  }

  let type: String
  let reason: Reason
  let entry: TerminalDescription

  init(type: String, reason: Reason, description: TerminalDescription) {
    self.type = type
    self.reason = reason
    entry = description
  }

  /// The terminal type in use instead.
  public var name: String {
    switch entry {
    case .named(let name): name
    case .own: "xterm with 256 colours, by the program's own description"
    }
  }

  /// The user-facing message.
  public var description: String {
    let fault =
      switch reason {
      case .notDescribed: "is not described here"
      case .directColors: "stands for direct colours"
      }
    return "TERM '\(Glyph.printable(type))' \(fault); drew as \(name)"
  }
}
