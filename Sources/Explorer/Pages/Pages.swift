import Screen

/// All pages with their states.
struct Pages {
  /// The pages in the order of the key table.
  static let types: [any Page.Type] = [
    FilmstripPage.self, MapPage.self, DrawingPage.self, HistoryPage.self, ComparisonPage.self,
    AllLatentsPage.self,
  ]

  private var states: [PageID: any Page] = Dictionary(
    uniqueKeysWithValues: types.map { ($0.id, $0.init()) })

  static func type(of page: PageID) -> any Page.Type {
    guard let type = types.first(where: { $0.id == page }) else {
      preconditionFailure("no page \(page.name)")
    }
    return type
  }

  /// The state of a page of a known type.
  subscript<P: Page>(type: P.Type) -> P {
    get { states[P.id] as? P ?? P() }
    set { states[P.id] = newValue }
  }

  /// The state of a page.
  subscript(page: PageID) -> any Page {
    get { states[page] ?? Self.type(of: page).init() }
    set { states[page] = newValue }
  }

  /// The message of the first page with content that quitting would lose.
  var unsavedWarning: String? { Self.types.lazy.compactMap { self[$0.id].unsavedWarning }.first }

  /// The changes of an operation of any page, or of an action that the shown page replaces; nil for other
  /// actions.
  mutating func perform(_ action: Action, on shown: PageID?, _ session: Session) -> [Change]? {
    if case .page(let operation) = action {
      return self[operation.page].perform(named: operation.name, session)
    }
    return shown.flatMap { self[$0].replacement(of: action, session) }
  }

  mutating func sessionDidChange(_ session: Session) {
    for type in Self.types { self[type.id].sessionDidChange(session) }
  }

  mutating func sendQueries(
    shown: ExplorerLayout.Page?, _ session: Session, through queries: inout QuerySender
  ) {
    for type in Self.types {
      let region = type.id == shown?.id ? shown?.region : nil
      self[type.id].sendQueries(in: region, session, through: &queries)
    }
  }

  mutating func receive(_ answer: QueryAnswer, _ session: Session) -> [Change] {
    Self.types.flatMap { self[$0.id].receive(answer, session) }
  }
}
