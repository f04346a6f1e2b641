import Screen

/// Finds pastes that come without marks, by the amount of text in what is read at once.
///
/// Nobody types that fast. A key that is held over a slow line may arrive as many characters too, but as few
/// different ones.
struct PasteFilter {
  /// As many characters as may come at once from the keyboard.
  static let longestTyped = 48
  /// So many different characters make a text.
  static let fewestDifferent = 6
  /// Text that comes so soon after a paste belongs to it, in seconds; and where nobody waited for it meanwhile.
  static let quietSeconds = 0.1
  static let unwatchedSeconds = 0.5

  /// When the last paste, or its last part, was read.
  private var lastPart = -Double.infinity

  /// Notes that nothing has arrived up to now.
  mutating func noteSilence(at seconds: Double) {
    if seconds - lastPart >= Self.quietSeconds { lastPart = -.infinity }
  }

  /// Puts one event in the place of all keys of a paste that a text can hold.
  ///
  /// - Parameters:
  ///   - events: What was read at once.
  ///   - seconds: When it was read.
  ///   - wasReady: Whether it had arrived before anybody waited for it, and maybe long before.
  mutating func filter(_ events: [TerminalEvent], at seconds: Double, wasReady: Bool) -> [TerminalEvent] {
    let characters = events.compactMap(Self.character)
    guard !characters.isEmpty else { return events }
    let isRest = seconds - lastPart < (wasReady ? Self.unwatchedSeconds : Self.quietSeconds)
    guard isRest || Self.isText(characters) else { return events }
    lastPart = seconds
    let others = events.filter { !Self.isOfText($0) }
    return isRest ? others : others + [.pasted(Self.firstLine(of: events))]
  }

  /// Whether a read that ends here may be the beginning of a paste, which is worth a moment's wait.
  static func mayBeBeginning(_ events: [TerminalEvent]) -> Bool {
    let characters = events.compactMap(character)
    return characters.count <= longestTyped && characters.count > longestTyped / 4
      && Set(characters).count >= fewestDifferent
  }

  private static func isText(_ characters: [Character]) -> Bool {
    characters.count > longestTyped && Set(characters).count >= fewestDifferent
  }

  private static func firstLine(of events: [TerminalEvent]) -> String {
    var line = PastedLine()
    for event in events {
      if event == .key(.enter) { line.append("\n") }
      if event == .key(.tab) { line.append(" ") }
      if let character = character(event) { line.append(character) }
    }
    return line.text
  }

  private static func character(_ event: TerminalEvent) -> Character? {
    switch event {
    case .key(.character(let character)): character
    case .key(.space): " "
    default: nil
    }
  }

  /// Whether a text holds this: a character, or what control characters and escapes in it are taken for.
  private static func isOfText(_ event: TerminalEvent) -> Bool {
    switch event {
    case .key(.character), .key(.space), .key(.enter), .key(.tab), .key(.backspace), .key(.escape),
      .key(.control):
      true
    default: false
    }
  }
}
