/// Keys written as text: names parted by spaces, each with an optional count, as in
/// `Right*3 n Shift+Left Space ?`.
public enum KeyScript {
  /// The most presses that one entry may ask for.
  public static let largestCount = 10_000
  /// The most presses that a whole script may ask for.
  public static let largestTotal = 1_000_000

  /// The keys of a script in order.
  ///
  /// - Throws: `KeyScriptError` for the first entry that is not understood.
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
    // A key may itself be an asterisk, so the count is what follows an asterisk that is not the first.
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

/// Why a script of keys was not understood.
public enum KeyScriptError: Error, Equatable, CustomStringConvertible {
  /// No key has this name.
  case unknownKey(String)
  /// What follows the asterisk is no count from 1 to `KeyScript.largestCount`.
  case badCount(String)
  /// All entries together ask for more than `KeyScript.largestTotal` presses.
  case tooManyKeys

  /// A sentence for people.
  public var description: String {
    switch self {
    case .unknownKey(let name):
      "No key is called '\(Glyph.printable(name))'. Keys are single characters, or Up, Down, Left, Right, "
        + "Shift+Left, Home, End, PageUp, PageDown, Enter, Tab, Shift+Tab, Space, Backspace, Delete, Escape, "
        + "F1 to F12 and Ctrl+A to Ctrl+Z."
    case .badCount(let entry):
      "'\(Glyph.printable(entry))' should end in a count from 1 to \(KeyScript.largestCount), as in Right*3."
    case .tooManyKeys: "The keys are more than \(KeyScript.largestTotal)."
    }
  }
}
