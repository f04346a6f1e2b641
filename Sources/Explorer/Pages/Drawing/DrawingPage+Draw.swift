import Screen

extension DrawingPage {
  /// Draws the drawing area, the results of the encoder, and the nearest samples.
  func draw(_ session: Session, on canvas: inout Canvas, in region: Rectangle) {
    let layout = DrawingLayout(region, session.imageShape)
    canvas.put(fitting(words(session), width: region.width), in: layout.tools, .selected)
    canvas.drawBox(layout.frame, title: "your drawing", isSelected: board.isPenDown)
    session.drawSmall(board.drawing.intensities, on: &canvas, in: layout.sheet, fillsRoom: true)
    drawPen(on: &canvas, layout)
    if let place = layout.input {
      // Without a drawing, the sample is the input.
      session.drawCaptioned(
        session.pictures.input ?? [], session.showsDrawing ? "encoder input" : "the sample", on: &canvas,
        in: place)
    }
    if let decoded = layout.decoded {
      let error = session.readouts.squaredError.map { ["error \(NumberText.significant($0))"] } ?? []
      session.drawCaptioned(
        session.pictures.decoded, fitting(["decoded"] + error, width: decoded.width), on: &canvas, in: decoded
      )
    }
    drawNeighbours(session, on: &canvas, layout)
  }

  /// The brush's settings, then the encoder's values.
  private func words(_ session: Session) -> [String] {
    let tool = board.isErasing ? "eraser" : "brush"
    let pen = board.isPenDown ? "pen down: arrows draw" : "drag, or Space and arrows"
    let encoded =
      session.showsDrawing ? [angleWords(session), turnWords(session)].compactMap { $0 } : []
    return ["\(tool), \(board.sizeText)", pen] + encoded
  }

  /// The transform of the drawing before encoding.
  private func turnWords(_ session: Session) -> String? {
    session.schema.index(of: .rotation).flatMap { index in
      let value = session.inputValues[index]
      return value == 0 ? nil : "turned by \(session.scales[index].text(value))"
    }
  }

  private func angleWords(_ session: Session) -> String? {
    session.schema.index(of: .rotation).map {
      session.headsUntrained
        ? "angle not trained yet" : "angle \(session.scales[$0].text(session.encoded.values[$0]))"
    }
  }

  private func drawPen(on canvas: inout Canvas, _ layout: DrawingLayout) {
    let (column, row) = layout.cell(column: board.column, row: board.row)
    canvas[column, row] = Cell(board.isPenDown ? "●" : "+", Style(.accent, [.bold, .reverse]))
  }

  private func drawNeighbours(_ session: Session, on canvas: inout Canvas, _ layout: DrawingLayout) {
    guard let heading = layout.heading else { return }
    let text =
      !session.showsDrawing
      ? board.framed.isEmpty ? "draw: encoded as you draw" : "d: back to your drawing"
      : session.survey.current == nil ? "encoding samples…" : "nearest samples in latent space"
    canvas.put(text, in: heading, session.showsDrawing ? .standard : .faint)
    for (index, neighbour) in neighbours.enumerated() {
      guard let place = layout.neighbour(index) else { return }
      let (picture, caption) = place.split(top: place.height - 1)
      session.drawSmall(neighbour.pixels, on: &canvas, in: picture)
      canvas.put(
        fitting(
          [neighbour.label.map(session.samples.className) ?? "", "\(neighbour.number)"].filter {
            !$0.isEmpty
          }, width: caption.width),
        in: caption, alignment: .center)
    }
  }
}
