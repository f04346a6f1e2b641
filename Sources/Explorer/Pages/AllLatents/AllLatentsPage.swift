import Networks
import Screen

extension PageID {
  static let allLatents = PageID("latents")
}

/// A row of pictures for each slider, with the current value in the middle.
struct AllLatentsPage: Page {
  static let id = PageID.allLatents
  static let footerKeys = ["n p", "Backspace", "r"]
  static let figure = FigureKind.sheet

  static let bindings = [
    KeyBinding(
      "A", "all latents", "all latents: a row of pictures for each slider; A or Esc closes it",
      synonyms: "traversal grid overview",
      [(.character("A"), .show(id), "all latents: pictures along every slider")]),
    KeyBinding(
      "← →", "cell", "all latents: previous or next picture of the row; ↑ and ↓ select the row",
      in: .page(id),
      [(.left, action(.left), "previous picture"), (.right, action(.right), "next picture")]),
    KeyBinding(
      "Enter", "move", "all latents: move the slider to the picture's value", in: .page(id),
      [(.enter, action(.move), "move the slider to the picture's value")]),
    KeyBinding("Esc", "back", "close the page of all latents", in: .page(id), [(.escape, .closePage, nil)]),
  ]

  enum Operation: String {
    case left, right, move
  }

  private var request = Request<LatentSheetQuery>()
  /// The distance of the marked cell from the middle of the selected row.
  private var offset = 0

  /// The number of pictures in a row.
  private func columns(_ session: Session) -> Int {
    session.region(ofPage: Self.id).map { LatentSheetLayout($0, session).columns }
      ?? LatentSheetLayout.fewestColumns
  }

  mutating func sessionDidChange(_ session: Session) {
    request.hide(unlessOfModel: session.models.generation)
  }

  mutating func didOpen(_ session: Session) -> [Change] {
    offset = 0
    return []
  }

  mutating func perform(_ operation: Operation, _ session: Session) -> [Change] {
    let half = columns(session) / 2
    offset = shownOffset(half)
    switch operation {
    case .left: offset = max(offset - 1, -half)
    case .right: offset = min(offset + 1, half)
    case .move: return move(session.selected, toCell: half + offset, session)
    }
    return []
  }

  /// The distance of the marked cell on a screen with room for `half` cells beside the middle.
  private func shownOffset(_ half: Int) -> Int { min(max(offset, -half), half) }

  /// Moves a slider to the value of a cell, which becomes the middle of the row.
  private mutating func move(_ slider: Int, toCell cell: Int, _ session: Session) -> [Change] {
    let value = session.sheetValues(slider, count: columns(session))[cell]
    offset = 0
    guard value != session.sliders.value(ofSlider: slider) else { return [] }
    let sliders = session.sliders.setting(slider, to: value)
    return [.change { $0.moveSliders(to: sliders) }]
  }

  // MARK: Queries

  mutating func sendQueries(
    in region: Rectangle?, _ session: Session, through queries: inout QuerySender
  ) {
    request.update(
      wanted: region.map { LatentSheetQuery(session, LatentSheetLayout($0, session)) }, through: &queries)
  }

  mutating func receive(_ answer: QueryAnswer, _ session: Session) -> [Change] {
    _ = request.receive(answer, wanted: session.subject)
    return []
  }

  // MARK: Figure

  func sheet(_ session: Session) -> FigureRequest.Sheet? {
    FigureRequest.Sheet(
      model: session.modelInUse.model, point: session.sliders,
      columns: columns(session))
  }

  // MARK: Mouse

  mutating func press(_ event: MouseEvent, in region: Rectangle, _ session: Session) -> [Change] {
    let layout = LatentSheetLayout(region, session)
    for slider in layout.rows {
      for cell in 0..<layout.columns where layout.cell(slider, cell).contains(event) {
        return move(slider, toCell: cell, session) + [.select(slider)]
      }
    }
    return []
  }

  // MARK: Drawing

  func draw(_ session: Session, on canvas: inout Canvas, in region: Rectangle) {
    let layout = LatentSheetLayout(region, session)
    canvas.put(fitting(Self.heading(layout, session), width: region.width), in: region.line(0), .selected)
    for slider in layout.rows {
      let isSelected = slider == session.selected
      canvas.put(
        session.capabilities.spelled(session.scales[slider].label), in: layout.label(slider),
        isSelected ? .selected : .standard)
      let values = session.sheetValues(slider, count: layout.columns)
      for (cell, value) in values.enumerated() {
        let (picture, caption) = layout.cell(slider, cell).split(top: layout.pictureSize.height)
        if let pixels = pixels(slider, cell, layout) {
          session.drawSmall(pixels, on: &canvas, in: picture)
        }
        let isMarked = isSelected && cell == layout.columns / 2 + shownOffset(layout.columns / 2)
        let text = session.scales[slider].text(value)
        canvas.put(
          isMarked ? "▸\(text)◂" : text, in: caption, isMarked ? .selected : .standard, alignment: .center)
      }
    }
  }

  private static func heading(_ layout: LatentSheetLayout, _ session: Session) -> [String] {
    let rows =
      layout.rows.count < session.sliderCount
      ? ["sliders \(layout.rows.lowerBound + 1)–\(layout.rows.upperBound) of \(session.sliderCount)"] : []
    return ["all latents: one slider each row, its value in the middle"] + rows
  }

  /// The picture of a cell; nil until it is known.
  private func pixels(_ slider: Int, _ cell: Int, _ layout: LatentSheetLayout) -> [Float]? {
    guard let sheet = request.answer, sheet.columns == layout.columns, let row = sheet.rows[slider] else {
      return nil
    }
    return row[cell]
  }
}

extension Session {
  /// The values of a slider's row.
  func sheetValues(_ slider: Int, count: Int) -> [Double] {
    let scale = scales[slider]
    let range = scale.range.lowerBound / scale.factor...scale.range.upperBound / scale.factor
    return LatentSheet.values(
      around: sliders.value(ofSlider: slider), in: range, isCyclic: scale.isCyclic, count: count
    )
  }
}
