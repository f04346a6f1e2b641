import Screen

extension KeyBinding {
  /// A line of the list of actions.
  struct Entry: Equatable {
    /// The keys as text; empty for a term.
    let keys: String
    /// The place in which the keys have this meaning, if they have another elsewhere.
    let place: String
    /// The description of the action or the definition of the term.
    let title: String
    /// Other words that users may search for.
    let synonyms: String
    /// The action; nil for a term.
    let action: Action?
  }

  /// Every action of the list, then the terms of the screen with their definitions.
  static let entries: [Entry] = actionEntries + terms

  /// One entry for each action in each panel where it has keys; a page is closed by the same key
  /// everywhere.
  private static let actionEntries: [Entry] = {
    var entries: [Entry] = []
    for binding in all {
      for (_, action, _) in binding.keys {
        guard let title = titles[action] else { continue }
        let place = action == .closePage ? nil : binding.place
        let keys = all.filter { $0.place == place || action == .closePage }.flatMap(\.keys)
          .filter { $0.action == action }.map(\.key)
        var symbols: [String] = []
        for symbol in keys.map(\.symbol) where !symbols.contains(symbol) { symbols.append(symbol) }
        let entry = Entry(
          keys: symbols.joined(separator: " "),
          place: action == .closePage ? "pages" : name(of: keys, in: binding.place), title: title,
          synonyms: synonyms(of: action), action: action)
        if !entries.contains(entry) { entries.append(entry) }
      }
    }
    return entries
  }()

  private static let titles = Dictionary(
    all.flatMap(\.keys).compactMap { key in key.title.map { (key.action, $0) } },
    uniquingKeysWith: { first, _ in first })

  private static func synonyms(of action: Action) -> String {
    all.filter { binding in binding.keys.contains { $0.action == action } }.map(\.synonyms)
      .joined(separator: " ")
  }

  /// The place, or `elsewhere` for keys that have another meaning in one place; empty for keys with one
  /// meaning.
  private static func name(of keys: [Key], in place: Place?) -> String {
    if let place { return place.title }
    let own = Set(all.filter { $0.place != nil }.flatMap(\.keys).map(\.key))
    return keys.contains(where: own.contains) ? "elsewhere" : ""
  }

  /// The terms of the screen, a line each.
  private static let terms: [Entry] = [
    "cycle: encoder's angle of the decoded image, minus θ",
    "SSIM: structural similarity to the truth; 1 is equal",
    "equivariance: decode at θ vs. rotated decode at 0",
    "rose: ray length is how well the angle fits the input",
    "error: mean squared difference of decoded and truth",
    "steering error: error decoded at every angle, mean",
    "truth: the stored image, transformed by the sliders",
    "◇: the encoder's value for the input",
    "▮ effect: how much one step changes the picture",
    "! after a latent: 99 % of the data lie closer",
    "held-out loss: on images that training does not see",
  ].map { Entry(keys: "", place: "term", title: $0, synonyms: "", action: nil) }

  /// The entries that contain all words of `query`, ignoring case; those of a page come first.
  static func entries(matching query: String, in place: Place = .panel(.sliders)) -> [Entry] {
    let words = query.lowercased().split(separator: " ")
    let found = entries.filter { entry in
      let text = [entry.keys, entry.place, entry.title, entry.synonyms]
        .joined(separator: " ").lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    guard place.page != nil else { return found }
    return found.filter { $0.place == place.title } + found.filter { $0.place != place.title }
  }
}

extension Key {
  /// The key as the key table shows it, with arrow symbols.
  fileprivate var symbol: String {
    switch self {
    case .left: "←"
    case .right: "→"
    case .up: "↑"
    case .down: "↓"
    case .shiftLeft: "Shift+←"
    case .shiftRight: "Shift+→"
    default: name
    }
  }
}
