/// A key press.
public enum Key: Hashable, Sendable {
  /// An arrow key.
  case up, down, left, right
  /// An arrow key with Shift.
  case shiftUp, shiftDown, shiftLeft, shiftRight
  /// A key for large movements.
  case home, end, pageUp, pageDown
  /// A key for editing or confirming; `backTab` is Shift with Tab.
  case enter, tab, backTab, space, backspace, delete, insert, escape
  /// A function key, from 1 to 12.
  case function(Int)
  /// A lowercase letter with Ctrl.
  case control(Character)
  /// A typed character.
  case character(Character)

  /// The name in help texts and scripts, such as `Shift+Left`, `Ctrl+L` or `n`.
  public var name: String {
    switch self {
    case .function(let number): "F\(number)"
    case .control(let letter): "Ctrl+\(letter.uppercased())"
    case .character(let character): String(character)
    default: Key.names.first { $0.key == self }?.name ?? ""
    }
  }

  /// Finds the key with a name; the case of names longer than one character is ignored.
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
