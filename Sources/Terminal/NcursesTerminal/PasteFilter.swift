import Screen

/// A detector of unbracketed pastes, by the amount of text in one read.
///
/// Nobody types that fast. A held key on a slow line may send as many characters at once, but few different
/// ones.
struct PasteFilter {
  /// The maximum number of characters from the keyboard in one read.
  static let longestTyped = 48
  /// The minimum number of different characters in a paste.
  static let fewestDifferent = 6
  /// The maximum delays of further text of a paste, in seconds: after waiting for input, and without.
  static let quietSeconds = 0.1
  static let unwatchedSeconds = 0.5

  /// The time of the last part of a paste.
  private var lastPart = -Double.infinity

  /// Records that no input is available.
  mutating func noteSilence(at seconds: Double) {
    if seconds - lastPart >= Self.quietSeconds { lastPart = -.infinity }
  }

  /// Replaces the keys of a paste by one event.
  ///
  /// - Parameters:
  ///   - events: the events of one read.
  ///   - seconds: the time of the read.
  ///   - wasReady: the input had arrived before the wait, possibly long before.
  mutating func filter(_ events: [TerminalEvent], at seconds: Double, wasReady: Bool) -> [TerminalEvent] {
    // Escape alone is a key: it leads out of every state.
    guard events.contains(where: { Self.isOfText($0) && $0 != .key(.escape) }) else { return events }
    let isRest = seconds - lastPart < (wasReady ? Self.unwatchedSeconds : Self.quietSeconds)
    guard isRest || Self.isText(events.compactMap(Self.character)) else { return events }
    lastPart = seconds
    let others = events.filter { !Self.isOfText($0) }
    return isRest ? others : others + [.pasted(Self.firstLine(of: events))]
  }

  /// Returns true if a read that ends here may be the start of a paste, so that a short wait is useful.
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

  /// Returns true if a pasted text may contain the key: a character, or the decoding of control characters
  /// and escapes.
  private static func isOfText(_ event: TerminalEvent) -> Bool {
    switch event {
    case .key(.character), .key(.space), .key(.enter), .key(.tab), .key(.backspace), .key(.escape),
      .key(.control):
      true
    default: false
    }
  }
}
