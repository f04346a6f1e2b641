import Screen

/// A page that fills the screen in place of the panels.
///
/// A page owns its state. It reads the session, and returns the changes that it requests. `Pages` lists all
/// pages.
protocol Page: Sendable {
  /// The actions of its keys.
  associatedtype Operation: RawRepresentable<String>, Sendable = NoOperation

  static var id: PageID { get }
  /// The name on the screen.
  static var title: String { get }
  /// The key that opens it, and the keys that act on it.
  static var bindings: [KeyBinding] { get }
  /// Keys of other places that the footer shows first.
  static var footerKeys: [String] { get }
  /// The number of its own keys that the footer shows before those; nil for all.
  static var firstKeyCount: Int? { get }
  /// The figure that the list of figures offers first.
  static var figure: FigureKind { get }

  init()

  func draw(_ session: Session, on canvas: inout Canvas, in region: Rectangle)

  mutating func perform(_ operation: Operation, _ session: Session) -> [Change]

  /// Changes in place of those of an action of every place; nil to perform the action.
  func replacement(of action: Action, _ session: Session) -> [Change]?

  /// Discards what belongs to another model or run.
  mutating func sessionDidChange(_ session: Session)

  mutating func didOpen(_ session: Session) -> [Change]
  mutating func willClose()

  /// Sends the queries whose answers the page lacks.
  ///
  /// - Parameter region: the page's region; nil while it is not shown.
  mutating func sendQueries(
    in region: Rectangle?, _ session: Session, through queries: inout QuerySender)

  mutating func receive(_ answer: QueryAnswer, _ session: Session) -> [Change]

  /// The line of the selected slider; nil if the page shows none.
  func sliderLine(in region: Rectangle, _ session: Session) -> Rectangle?

  mutating func press(_ event: MouseEvent, in region: Rectangle, _ session: Session) -> [Change]
  mutating func drag(_ event: MouseEvent, in region: Rectangle, _ session: Session) -> [Change]
  mutating func release()

  /// The pictures side by side, for a figure; empty for those of the panels.
  func pictures(_ session: Session) -> [FigureRequest.Picture]
  /// The pictures in a row, for a figure; empty for a filmstrip.
  func strip(_ session: Session) -> [FigureRequest.Picture]
  /// A row of pictures for each slider, for a figure; nil without one.
  func sheet(_ session: Session) -> FigureRequest.Sheet?
  /// The number of pictures of its filmstrip; nil without one.
  var filmstripCount: Int? { get }

  /// The message before quitting would lose its content.
  var unsavedWarning: String? { get }
}

/// The identity of a page: its word in a state text.
struct PageID: Hashable, Sendable {
  let name: String

  init(_ name: String) { self.name = name }
}

/// The operations of a page without own keys.
enum NoOperation: String {
  case none
}

/// An operation of a page, for the key table.
struct PageOperation: Hashable, Sendable {
  let page: PageID
  let name: String
}

extension Page {
  static var title: String { id.name }
  static var footerKeys: [String] { [] }
  static var firstKeyCount: Int? { nil }
  static var figure: FigureKind { .picture }
  var filmstripCount: Int? { nil }
  var unsavedWarning: String? { nil }

  /// The action of an operation.
  static func action(_ operation: Operation) -> Action {
    .page(PageOperation(page: id, name: operation.rawValue))
  }

  mutating func perform(_ operation: Operation, _ session: Session) -> [Change] { [] }

  mutating func perform(named name: String, _ session: Session) -> [Change] {
    Operation(rawValue: name).map { perform($0, session) } ?? []
  }

  func replacement(of action: Action, _ session: Session) -> [Change]? { nil }
  mutating func sessionDidChange(_ session: Session) {}
  mutating func didOpen(_ session: Session) -> [Change] { [] }
  mutating func willClose() {}
  mutating func sendQueries(
    in region: Rectangle?, _ session: Session, through queries: inout QuerySender
  ) {}
  mutating func receive(_ answer: QueryAnswer, _ session: Session) -> [Change] { [] }
  func sliderLine(in region: Rectangle, _ session: Session) -> Rectangle? { nil }
  mutating func press(_ event: MouseEvent, in region: Rectangle, _ session: Session) -> [Change] { [] }
  mutating func drag(_ event: MouseEvent, in region: Rectangle, _ session: Session) -> [Change] { [] }
  mutating func release() {}
  func pictures(_ session: Session) -> [FigureRequest.Picture] { [] }
  func strip(_ session: Session) -> [FigureRequest.Picture] { [] }
  func sheet(_ session: Session) -> FigureRequest.Sheet? { nil }
}
