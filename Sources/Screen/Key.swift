/// A key that a person pressed.
public enum Key: Hashable, Sendable {
  /// An arrow.
  case up, down, left, right
  /// An arrow with Shift held.
  case shiftUp, shiftDown, shiftLeft, shiftRight
  /// A key that moves far.
  case home, end, pageUp, pageDown
  /// A key that edits or confirms; `backTab` is Shift with Tab.
  case enter, tab, backTab, space, backspace, delete, insert, escape
  /// A function key, from 1 to 12.
  case function(Int)
  /// A lower-case letter with Ctrl held.
  case control(Character)
  /// A character as typed.
  case character(Character)

  /// The name that help texts show and scripts use, such as `Shift+Left`, `Ctrl+L` or `n`.
  public var name: String {
    switch self {
    case .function(let number): "F\(number)"
    case .control(let letter): "Ctrl+\(letter.uppercased())"
    case .character(let character): String(character)
    default: Key.names.first { $0.key == self }?.name ?? ""
    }
  }

  /// The key with a name as `name` gives it; names of more than one character may be in any case.
  public init?(name: String) {
    if name.count == 1, let character = name.first {
      guard Glyph.printable(character) == character, character != " " else { return nil }
      self = .character(character)
      return
    }
    let lowered = name.lowercased()
    if let found = Key.names.first(where: { $0.name.lowercased() == lowered }) {
      self = found.key
    } else if let alias = Key.aliases[lowered] {
      self = alias
    } else if lowered.hasPrefix("f"), let number = Int(lowered.dropFirst()), (1...12).contains(number) {
      self = .function(number)
    } else if lowered.hasPrefix("ctrl+"), lowered.count == 6, let letter = lowered.last,
      ("a"..."z").contains(letter)
    {
      self = .control(letter)
    } else {
      return nil
    }
  }

  private static let names: [(key: Key, name: String)] = [
    (.up, "Up"), (.down, "Down"), (.left, "Left"), (.right, "Right"), (.shiftUp, "Shift+Up"),
    (.shiftDown, "Shift+Down"), (.shiftLeft, "Shift+Left"), (.shiftRight, "Shift+Right"), (.home, "Home"),
    (.end, "End"), (.pageUp, "PageUp"), (.pageDown, "PageDown"), (.enter, "Enter"), (.tab, "Tab"),
    (.backTab, "Shift+Tab"), (.space, "Space"), (.backspace, "Backspace"), (.delete, "Delete"),
    (.insert, "Insert"), (.escape, "Escape"),
  ]

  private static let aliases: [String: Key] = [
    "backtab": .backTab, "esc": .escape, "return": .enter, "del": .delete, "pgup": .pageUp,
    "pgdn": .pageDown,
  ]
}
