import Screen

/// A line of the key table: keys, actions, and their texts in footer, list of actions and documents.
public struct KeyBinding: Sendable {
  /// The keys, each with its action and, for the action's first key, its title in the list of actions.
  let keys: [(key: Key, action: Action, title: String?)]
  /// The place in which the keys have this meaning; nil for everywhere.
  let place: Place?
  /// The keys as text.
  let title: String
  /// One or two words for the footer; empty if the footer omits it.
  let brief: String
  /// A phrase for the key table of help and documents.
  let help: String
  /// Other words that users may search for.
  let synonyms: String

  /// Tells whether it pauses, stops or discards an active run.
  var commandsRun: Bool {
    keys.contains { [.pauseOrResume, .stopTraining, .discardTraining].contains($0.action) }
  }

  init(
    _ title: String, _ brief: String, _ help: String, in place: Place? = nil, synonyms: String = "",
    _ keys: [(key: Key, action: Action, title: String?)]
  ) {
    self.keys = keys
    self.place = place
    self.synonyms = synonyms
    self.title = title
    self.brief = brief
    self.help = help
  }

  /// All keys, the basic ones first.
  static let all = slidersAndPictures + Pages.types.flatMap { $0.bindings } + playingAndTraining

  /// The action of `key` at a place while no overlay is open.
  static func action(for key: Key, in place: Place) -> Action? { actions[place]?[key] }

  private static let actions = Dictionary(
    uniqueKeysWithValues: Place.all.map { place in
      // On a page the arrows move the sliders.
      let bindings =
        all.filter { $0.place == place }
        + (place.page == nil ? [] : all.filter { $0.place == .panel(.sliders) })
        + all.filter { $0.place == nil }
      return (
        place,
        Dictionary(
          bindings.flatMap(\.keys).map { ($0.key, $0.action) }, uniquingKeysWith: { first, _ in first })
      )
    })
}

extension KeyBinding {
  /// The whole key table: keys and their descriptions.
  public static var table: [(keys: String, help: String)] { all.map { ($0.title, $0.help) } }
}
