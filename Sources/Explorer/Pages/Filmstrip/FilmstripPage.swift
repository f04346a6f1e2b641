import Networks
import Primitives
import Screen

extension PageID {
  static let filmstrip = PageID("filmstrip")
}

/// Pictures along a slider, or between two samples.
struct FilmstripPage: Page {
  static let id = PageID.filmstrip
  static let footerKeys = ["a", "< >", "k", "n p", "r"]
  static let figure = FigureKind.strip

  static let bindings = [
    KeyBinding(
      "F", "filmstrip", "filmstrip: pictures along the selected slider; F or Esc closes it",
      synonyms: "animate morph interpolate traversal",
      [(.character("F"), .show(id), "filmstrip: pictures along the selected slider")]),
    KeyBinding(
      "Esc", "back", "close the filmstrip", in: .page(id), [(.escape, .closePage, "close the page")]),
  ]

  private var request = Request<FilmstripQuery>()

  /// The pictures in order; empty while they are unknown.
  var frames: [FilmstripFrame] { request.answer ?? [] }

  var filmstripCount: Int? { frames.count > 1 ? frames.count : nil }

  mutating func sessionDidChange(_ session: Session) {
    request.hide(unlessOfModel: session.models.generation)
  }

  mutating func sendQueries(
    in region: Rectangle?, _ session: Session, through queries: inout QuerySender
  ) {
    let query = region.map { region in
      let grid = Self.frameGrid(in: region, of: Self.frameSize(in: region, session.imageShape))
      return FilmstripQuery(session, count: min(Self.mostFrames, grid.width * grid.height))
    }
    request.update(wanted: query, through: &queries)
  }

  mutating func receive(_ answer: QueryAnswer, _ session: Session) -> [Change] {
    _ = request.receive(answer, wanted: FilmstripQuery.subject(of: session))
    return []
  }

  mutating func press(_ event: MouseEvent, in region: Rectangle, _ session: Session) -> [Change] {
    guard
      let (_, index) = shownFrames(in: region, session.imageShape).first(where: { $0.place.contains(event) })
    else {
      return []
    }
    let point = frames[index].point
    return [.change { $0.chooseOnPath(point) }]
  }

  // MARK: Layout

  /// The largest number of pictures of a filmstrip.
  static let mostFrames = 24
  /// The smallest number of pictures before they are drawn at half size.
  private static let fewFrames = 12

  /// The cells of one picture without its caption and the separating column: the usual size, or half of it.
  static func frameSize(in region: Rectangle, _ shape: ImageShape) -> Size {
    let grid = frameGrid(in: region, of: shape.pictureSize)
    return grid.width * grid.height >= fewFrames ? shape.pictureSize : shape.smallPictureSize
  }

  /// The number of pictures of a size that fit side by side and below each other.
  private static func frameGrid(in region: Rectangle, of size: Size) -> Size {
    Size(
      width: max(1, (region.width + 1) / (size.width + 1)),
      height: max(1, (region.height - 1) / (size.height + 1)))
  }

  /// Region of a picture of the strip; its caption is in the row below.
  static func framePlace(_ index: Int, in region: Rectangle, _ shape: ImageShape) -> Rectangle {
    let size = frameSize(in: region, shape)
    let columns = frameGrid(in: region, of: size).width
    return Rectangle(
      column: region.column + index % columns * (size.width + 1),
      row: region.row + 1 + index / columns * (size.height + 1), width: size.width, height: size.height + 1)
  }

  /// The pictures that fit on the page; fewer than were drawn if the screen became smaller.
  func shownFrames(in region: Rectangle, _ shape: ImageShape) -> [(place: Rectangle, index: Int)] {
    frames.indices.map { (place: Self.framePlace($0, in: region, shape), index: $0) }
      .filter { $0.place.intersection(region) == $0.place }
  }

  // MARK: Drawing

  /// Draws small pictures side by side with the current one marked.
  func draw(_ session: Session, on canvas: inout Canvas, in region: Rectangle) {
    canvas.put(Self.heading(session), in: region, .selected)
    for (place, index) in shownFrames(in: region, session.imageShape) {
      let frame = frames[index]
      let (picture, caption) = place.split(top: place.height - 1)
      session.drawSmall(frame.pixels, on: &canvas, in: picture)
      canvas.put(
        frame.isCurrent ? "▸\(frame.caption)◂" : frame.caption, in: caption,
        frame.isCurrent ? .selected : .standard, alignment: .center)
    }
  }

  private static func heading(_ session: Session) -> String {
    let playing = session.path.playback == nil ? "" : " · playing"
    guard let start = session.path.start else {
      return "\(session.scales[session.selected].label) from end to end, other sliders fixed" + playing
    }
    return "from A, \(start.name), to B, \(session.sampleName)" + playing
  }
}
