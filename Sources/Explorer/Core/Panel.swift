/// A panel that can have the focus; arrow keys have their own meaning in each.
enum Panel: String, Sendable, CaseIterable {
  /// The sliders of typed coordinates and free latents.
  case sliders
  /// The pictures and their samples.
  case pictures
  /// The training run and its chart.
  case training
}

/// The part of the screen that keys act on.
enum Place: Hashable, Sendable {
  case panel(Panel)
  case page(PageID)

  /// All places: the panels, then the pages.
  static let all = Panel.allCases.map(Place.panel) + Pages.types.map { .page($0.id) }

  var page: PageID? { if case .page(let page) = self { page } else { nil } }

  /// The word of a state text.
  var name: String {
    switch self {
    case .panel(let panel): panel.rawValue
    case .page(let page): page.name
    }
  }

  /// The name on the screen.
  var title: String { page.map { Pages.type(of: $0).title } ?? name }

  /// The place with that name; nil if there is none.
  init?(name: String) {
    guard let place = Self.all.first(where: { $0.name == name }) else { return nil }
    self = place
  }
}

/// The content of the last picture.
enum PictureView: String, CaseIterable {
  /// The stored sample, transformed.
  case truth
  /// The difference between the decoded picture and the truth.
  case difference
  /// The error of each angle as an explanation of the input.
  case rose

  var next: PictureView {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }
}
