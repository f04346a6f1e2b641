import Screen

/// A description that a terminal can be drawn on by.
enum TerminalDescription: Equatable, Sendable {
  /// That of a name in the system's database.
  case named(String)
  /// The program's own.
  case own

  /// The terminals that draw as xterm does with 256 colours, and whose own entries are often missing on the
  /// machines that people log in to.
  private static let likeXterm: Set = [
    "kitty", "ghostty", "alacritty", "foot", "wezterm", "contour", "rio", "mintty", "vscode",
  ]

  /// What may describe a type, the best first: its own entry, those of its kind, and the program's own description.
  /// A type of no known kind has its own entry only, and entries for direct colours are passed over.
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

  /// Whether the entry of a type takes colours for their red, green and blue.
  static func isDirect(_ type: String) -> Bool { type.hasSuffix("-direct") }

  private static func isLikeXterm(_ type: String) -> Bool {
    likeXterm.contains(type) || type.hasPrefix("xterm-") || type.hasSuffix("-256color") || isDirect(type)
  }

  /// The name that ncurses knows it by.
  var name: String {
    switch self {
    case .named(let name): name
    case .own: OwnDescription.name
    }
  }

  /// The description itself, as ncurses has it in `TERMINFO`; absent where the database holds it.
  var text: String? {
    switch self {
    case .named: nil
    case .own: OwnDescription.hexadecimal
    }
  }
}

/// What stands in for a description that the system lacks, or whose colours are not those of a palette.
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

  /// What the terminal is drawn as.
  public var name: String {
    switch entry {
    case .named(let name): name
    case .own: "xterm with 256 colours, by the program's own description"
    }
  }

  /// A sentence for people.
  public var description: String {
    let fault =
      switch reason {
      case .notDescribed: "is not described here"
      case .directColors: "stands for direct colours"
      }
    return "TERM '\(Glyph.printable(type))' \(fault); drew as \(name)"
  }
}
