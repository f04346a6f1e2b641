import Screen

/// All pages with their states.
struct Pages {
  /// The pages in the order of the key table.
  static let types: [any Page.Type] = [
    FilmstripPage.self, MapPage.self, DrawingPage.self, HistoryPage.self, ComparisonPage.self,
    AllLatentsPage.self,
  ]

  /// The pages in the order of `types`, so that they are changed in place.
  private var states: [any Page] = types.map { $0.init() }

  private static let indices = Dictionary(uniqueKeysWithValues: types.enumerated().map { ($1.id, $0) })

  private static func index(of page: PageID) -> Int {
    guard let index = indices[page] else { preconditionFailure("no page \(page.name)") }
    return index
  }

  static func type(of page: PageID) -> any Page.Type { types[index(of: page)] }

  /// The state of a page of a known type.
  subscript<P: Page>(type: P.Type) -> P {
    get { states[Self.index(of: P.id)] as? P ?? P() }
    set { states[Self.index(of: P.id)] = newValue }
  }

  /// The state of a page.
  subscript(page: PageID) -> any Page {
    get { states[Self.index(of: page)] }
    _modify { yield &states[Self.index(of: page)] }
  }

  /// The message of the first page with content that quitting would lose.
  var unsavedWarning: String? { states.lazy.compactMap(\.unsavedWarning).first }

  /// The changes of an operation of any page, or of an action that the shown page replaces; nil for other
  /// actions.
  mutating func perform(_ action: Action, on shown: PageID?, _ session: Session) -> [Change]? {
    if case .page(let operation) = action {
      return self[operation.page].perform(named: operation.name, session)
    }
    return shown.flatMap { self[$0].replacement(of: action, session) }
  }

  mutating func sessionDidChange(_ session: Session) {
    for index in states.indices { states[index].sessionDidChange(session) }
  }

  mutating func sendQueries(
    shown: ExplorerLayout.Page?, _ session: Session, through queries: inout QuerySender
  ) {
    for index in states.indices {
      let region = Self.types[index].id == shown?.id ? shown?.region : nil
      states[index].sendQueries(in: region, session, through: &queries)
    }
  }

  mutating func receive(_ answer: QueryAnswer, _ session: Session) -> [Change] {
    states.indices.flatMap { states[$0].receive(answer, session) }
  }
}
