import Screen

/// Export of what is shown to files.
extension ExplorerState {
  /// The number of pictures of a filmstrip that is not shown.
  private static let stripCount = 12

  /// The available figures with their titles in the list.
  var figures: [(kind: FigureKind, title: String)] {
    let side = sideBySide.map(\.label)
    let path =
      session.path.start.map { "from \($0.name) to what is shown" }
      ?? "\(session.scales[session.selected].label) from end to end"
    var list: [(kind: FigureKind, title: String)] = [(.picture, "the decoded picture · PNG")]
    if side.count > 1 { list.append((.pictures, side.joined(separator: ", ") + " · PNG")) }
    list.append(
      (.strip, (!stripPictures.isEmpty ? "filmstrip: the run's moments" : "filmstrip: \(path)") + " · PNG"))
    if sheet != nil { list.append((.sheet, "all latents, a row each · PNG")) }
    list.append((.animation, "animation: \(path) · GIF"))
    if let survey = session.survey.current, !survey.outputs.isEmpty {
      list.append((.map, "map of \(survey.outputs.count) samples · SVG"))
    }
    return list + [(.screen, "this screen · SVG"), (.screenText, "this screen as text, colours kept · ANS")]
  }

  /// The list line of the figure that fits the shown page.
  var shownFigure: Int {
    let kind = route.map { Pages.type(of: $0).figure } ?? .picture
    return figures.firstIndex { $0.kind == kind } ?? 0
  }

  /// Requests the figure on a line of the list.
  func write(figure line: Int) -> [ExplorerEffect] {
    let kinds = figures.map(\.kind)
    guard kinds.indices.contains(line), let content = content(of: kinds[line]) else { return [] }
    return [.write(FigureRequest(content: content, isInverted: session.display.isInverted))]
  }

  private func content(of kind: FigureKind) -> FigureRequest.Content? {
    switch kind {
    case .picture:
      return session.figurePicture("decoded", session.pictures.decoded).map { .picture($0) }
    case .pictures: return .pictures(sideBySide)
    case .strip where !stripPictures.isEmpty: return .strip(stripPictures)
    case .strip:
      return .film(film(count: route.flatMap { pages[$0].filmstripCount } ?? Self.stripCount))
    case .animation: return .film(film(count: nil))
    case .sheet: return sheet.map { .sheet($0) }
    case .map:
      return session.survey.current.map { survey in
        let classes = 0..<(survey.outputs.compactMap(\.label).max() ?? -1) + 1
        return .map(
          FigureRequest.Map(
            outputs: survey.outputs, origin: session.samples.origin,
            classNames: classes.map(session.samples.className)))
      }
    case .screen, .screenText:
      var canvas = Canvas(size: size)
      draw(into: &canvas)
      return .screen(canvas, session.capabilities, asText: kind == .screenText)
    }
  }

  /// The pictures that are shown side by side.
  private var sideBySide: [FigureRequest.Picture] {
    let shown = route.map { pages[$0].pictures(session) } ?? []
    guard shown.isEmpty else { return shown }
    let pictures = [("input", session.pictures.input), ("decoded", session.pictures.decoded)]
    return pictures.compactMap { session.figurePicture($0, $1) } + session.targetPicture
  }

  /// The page's own pictures in a row, such as a run's snapshots.
  private var stripPictures: [FigureRequest.Picture] { route.map { pages[$0].strip(session) } ?? [] }

  private var sheet: FigureRequest.Sheet? { route.flatMap { pages[$0].sheet(session) } }

  /// The path that the filmstrip shows and the playback follows: from A, or along the selected slider.
  private func film(count: Int?) -> FigureRequest.Filmstrip {
    let path: FigureRequest.Filmstrip.LatentPath =
      session.path.start.map { .interpolation(from: $0.point, to: session.pathEnd) }
      ?? .traversal(slider: session.selected, from: session.sliders)
    let label = session.path.start == nil ? session.figureLabel : ""
    return FigureRequest.Filmstrip(model: session.modelInUse.model, path: path, label: label, count: count)
  }
}

extension Session {
  /// The sample's class as the label of a figure; empty for a drawing.
  var figureLabel: String { showsDrawing ? "" : samples.label(at: sample) }

  /// A picture of the model's shape for a figure; nil where it is not known.
  func figurePicture(_ label: String, _ pixels: [Float]?) -> FigureRequest.Picture? {
    guard let pixels, pixels.count == imageShape.valueCount else { return nil }
    return FigureRequest.Picture(label: label, pixels: pixels, shape: imageShape)
  }

  /// The target of the decoded picture for a figure; empty without an image.
  var targetPicture: [FigureRequest.Picture] {
    [figurePicture(targetName, target)].compactMap { $0 }
  }
}
