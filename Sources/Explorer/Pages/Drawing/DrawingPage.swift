import Datasets
import Primitives
import Screen

extension PageID {
  static let drawing = PageID("sketch")
}

/// A drawing of the user as input, with the samples nearest to it.
struct DrawingPage: Page {
  static let id = PageID.drawing
  static let title = "drawing"
  static let footerKeys = ["[ ]", "n p"]
  // Turning the input is more frequent than opening files.
  static let firstKeyCount: Int? = 3

  static let bindings = [
    KeyBinding(
      "D", "draw", "draw an image by mouse or keys; D or Esc closes the page", synonyms: "sketch paint",
      [(.character("D"), .show(id), "draw an image of your own")]),
    KeyBinding(
      "← → ↑ ↓", "pen", "drawing: move the pen; while it is down, it draws", in: .page(id),
      [
        (.left, action(.penLeft), "pen left"), (.right, action(.penRight), "pen right"),
        (.up, action(.penUp), "pen up"), (.down, action(.penDown), "pen down"),
      ]),
    KeyBinding(
      "Space", "lower", "drawing: lower or raise the pen", in: .page(id),
      [(.space, action(.switchPen), "lower or raise the pen")]),
    KeyBinding(
      "e", "eraser", "drawing: brush or eraser", in: .page(id),
      [(.character("e"), action(.switchEraser), "brush or eraser")]),
    KeyBinding(
      "N", "new", "drawing: start an empty one", in: .page(id), synonyms: "clear delete",
      [(.character("N"), action(.clear), "new, empty drawing")]),
    KeyBinding(
      "W", "save", "drawing: save it to a file", in: .page(id),
      [(.character("W"), action(.save), "save the drawing to a file (write)")]),
    KeyBinding(
      "o", "open", "drawing: open one from a file", in: .page(id),
      [(.character("o"), action(.choose), "open a drawing")]),
    KeyBinding(
      "u U", "undo", "drawing: undo a stroke, or redo it", in: .page(id),
      [
        (.character("u"), action(.undo), "undo a stroke"), (.character("U"), action(.redo), "redo a stroke"),
      ]),
    KeyBinding(
      "+ -", "size", "drawing: thicker or thinner brush", in: .page(id),
      [
        (.character("+"), action(.thickerBrush), "thicker brush"),
        (.character("="), action(.thickerBrush), nil),
        (.character("-"), action(.thinnerBrush), "thinner brush"),
      ]),
    KeyBinding("Esc", "back", "close the drawing page", in: .page(id), [(.escape, .closePage, nil)]),
  ]

  enum Operation: String {
    case penLeft, penRight, penUp, penDown, switchPen, switchEraser, thickerBrush, thinnerBrush
    case clear, undo, redo, save, choose
  }

  private(set) var board = DrawingBoard()
  private var request = Request<NearestNeighboursQuery>()
  /// Tells whether a stroke of the mouse goes on.
  private var isDrawing = false

  /// The samples with the nearest latents.
  var neighbours: [Neighbour] { request.answer ?? [] }

  /// The largest number of neighbours.
  static let mostNeighbours = 12

  /// Tells whether the drawing is not empty and not saved.
  var isUnsaved: Bool { !board.framed.isEmpty && board.drawing != board.savedDrawing }

  var unsavedWarning: String? {
    isUnsaved ? "your drawing is not saved: W on its page saves it, q again quits" : nil
  }

  mutating func perform(_ operation: Operation, _ session: Session) -> [Change] {
    switch operation {
    case .penLeft: return change { $0.movePen(columns: -1, rows: 0) }
    case .penRight: return change { $0.movePen(columns: 1, rows: 0) }
    case .penUp: return change { $0.movePen(columns: 0, rows: -1) }
    case .penDown: return change { $0.movePen(columns: 0, rows: 1) }
    case .switchPen: return change { $0.switchPen() }
    case .switchEraser: board.isErasing.toggle()
    case .thickerBrush: board.changeSize(by: 1)
    case .thinnerBrush: board.changeSize(by: -1)
    case .clear:
      board.replace(with: Drawing(shape: board.shape))
      return useUprightAsInput()
    case .undo: return board.undo() ? useAsInput() : [.message("nothing to undo")]
    case .redo: return board.redo() ? useAsInput() : [.message("nothing to redo")]
    case .save:
      guard !board.drawing.isEmpty else { return [.message("the drawing is empty")] }
      board.savedDrawing = board.drawing
      return [.effects([.saveDrawing(board.drawing)])]
    case .choose: return [.list(.drawings)]
    }
    return []
  }

  /// Returns to the drawing instead of switching the samples.
  func replacement(of action: Action, _ session: Session) -> [Change]? {
    action == .switchSamples && !session.showsDrawing && !board.framed.isEmpty ? useAsInput() : nil
  }

  mutating func didOpen(_ session: Session) -> [Change] {
    board.endStroke()
    return board.framed.isEmpty ? [] : useAsInput()
  }

  mutating func willClose() { board.endStroke() }

  /// Shows a drawing that was read from a file.
  mutating func replace(with drawing: Drawing) -> [Change] {
    board.replace(with: drawing)
    board.savedDrawing = drawing
    return useUprightAsInput()
  }

  /// Changes the drawing and encodes it immediately.
  private mutating func change(_ change: (inout DrawingBoard) -> Void) -> [Change] {
    let before = board.drawing
    change(&board)
    return board.drawing == before ? [] : useAsInput()
  }

  private func useAsInput() -> [Change] { [.change { [board] in $0.useAsInput(board.framed) }] }

  private func useUprightAsInput() -> [Change] { [.change { [board] in $0.useUprightAsInput(board.framed) }] }

  // MARK: Nearest samples

  mutating func sessionDidChange(_ session: Session) {
    // A drawing belongs to the shape of the model's images.
    if board.shape != session.imageShape { board = DrawingBoard(shape: session.imageShape) }
    request.hide(unlessOfModel: session.models.generation)
  }

  mutating func sendQueries(
    in region: Rectangle?, _ session: Session, through queries: inout QuerySender
  ) {
    request.update(wanted: region.flatMap { _ in NearestNeighboursQuery(session) }, through: &queries)
  }

  mutating func receive(_ answer: QueryAnswer, _ session: Session) -> [Change] {
    if request.receive(answer, wanted: session.subject) != nil {
      request.map { $0.map(session.withPicture) }
    }
    return []
  }

  // MARK: Mouse

  /// Begins a stroke in the drawing area, or opens the neighbour under the pointer.
  mutating func press(_ event: MouseEvent, in region: Rectangle, _ session: Session) -> [Change] {
    let layout = DrawingLayout(region, session.imageShape)
    isDrawing = layout.sheet.contains(event)
    if isDrawing {
      let place = layout.place(of: event)
      (board.column, board.row) = (Int(place.x), Int(place.y))
      return change {
        $0.endStroke()
        $0.begin(x: place.x, y: place.y)
      }
    }
    let pressed = neighbours.indices.first { layout.neighbour($0)?.contains(event) ?? false }
    guard let position = pressed.map({ neighbours[$0].position }) else { return [] }
    return [
      .closePage,
      .change {
        $0.openSample(surveyedAt: position)
        $0.message = ($0.message ?? "") + "; D goes back to your drawing"
      },
    ]
  }

  mutating func drag(_ event: MouseEvent, in region: Rectangle, _ session: Session) -> [Change] {
    guard isDrawing else { return [] }
    let place = DrawingLayout(region, session.imageShape).place(of: event)
    (board.column, board.row) = (
      min(max(Int(place.x), 0), board.shape.width - 1), min(max(Int(place.y), 0), board.shape.height - 1)
    )
    return change { $0.extend(x: place.x, y: place.y) }
  }

  mutating func release() {
    if isDrawing { board.endStroke() }
    isDrawing = false
  }
}

extension Session {
  /// A neighbour with its image, if images are available.
  fileprivate func withPicture(_ neighbour: Neighbour) -> Neighbour {
    guard case .images(_, _, let images) = samples else { return neighbour }
    var neighbour = neighbour
    neighbour.pixels = transformer.image(min(neighbour.number, images.count - 1), of: images)
    return neighbour
  }
}
