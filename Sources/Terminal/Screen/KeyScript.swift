/// Parses keys written as text: names separated by spaces, each with an optional count, as in `Right*3 n
/// Shift+Left Space ?`.
public enum KeyScript {
  /// The largest count of an entry.
  public static let largestCount = 10_000
  /// The largest number of key presses in a script.
  public static let largestTotal = 1_000_000

  /// Parses a script.
  ///
  /// - Throws: `KeyScriptError` for the first invalid entry.
  public static func parse(_ text: String) throws(KeyScriptError) -> [Key] {
    var keys: [Key] = []
    for entry in text.split(whereSeparator: \.isWhitespace) {
      let (key, count) = try parse(entry: String(entry))
      guard keys.count + count <= largestTotal else { throw .tooManyKeys }
      keys += Array(repeating: key, count: count)
    }
    return keys
  }

  private static func parse(entry: String) throws(KeyScriptError) -> (Key, Int) {
    // A key may be an asterisk, so that the count follows an asterisk other than the first character.
    guard let asterisk = entry.lastIndex(of: "*"), asterisk != entry.startIndex else {
      guard let key = Key(name: entry) else { throw .unknownKey(entry) }
      return (key, 1)
    }
    let name = String(entry[..<asterisk])
    guard let count = Int(entry[entry.index(after: asterisk)...]), (1...largestCount).contains(count) else {
      throw .badCount(entry)
    }
    guard let key = Key(name: name) else { throw .unknownKey(name) }
    return (key, count)
  }
}

/// A fault of a key script.
public enum KeyScriptError: Error, Equatable, CustomStringConvertible {
  /// The key name is unknown.
  case unknownKey(String)
  /// The count is not an integer from 1 to `KeyScript.largestCount`.
  case badCount(String)
  /// The script has more than `KeyScript.largestTotal` key presses.
  case tooManyKeys

  /// The error message.
  public var description: String {
    switch self {
    case .unknownKey(let name):
      "Unknown key '\(Glyph.printable(name))'. Keys are single characters, or Up, Down, Left, Right, "
        + "Shift+Left, Home, End, PageUp, PageDown, Enter, Tab, Shift+Tab, Space, Backspace, Delete, Escape, "
        + "F1 to F12 and Ctrl+A to Ctrl+Z."
    case .badCount(let entry):
      "'\(Glyph.printable(entry))' should end in a count from 1 to \(KeyScript.largestCount), as in Right*3."
    case .tooManyKeys: "More keys than \(KeyScript.largestTotal)."
    }
  }
}
