import Screen

extension ExplorerState {
  /// Draws the drawing area, the results of the encoder, and the nearest samples.
  func drawDrawingPage(on canvas: inout Canvas, in region: Rectangle) {
    let layout = DrawingLayout(region)
    canvas.put(Self.fitting(drawingWords, width: region.width), in: layout.tools, .selected)
    canvas.drawBox(layout.frame, title: "your drawing", isSelected: drawingBoard.isPenDown)
    drawSmall(drawingBoard.sketch.intensities, on: &canvas, in: layout.sheet, fillsRoom: true)
    drawPen(on: &canvas, layout)
    if let place = layout.input {
      // Without a drawing, the sample is the input.
      drawCaptioned(
        pictures.input ?? [], showsDrawing ? "encoder input" : "the sample", on: &canvas, in: place)
    }
    if let decoded = layout.decoded {
      let error = readouts.squaredError.map { ["error \(NumberText.significant($0))"] } ?? []
      drawCaptioned(
        pictures.decoded, Self.fitting(["decoded"] + error, width: decoded.width), on: &canvas, in: decoded)
    }
    drawNeighbours(on: &canvas, layout)
  }

  /// The brush's settings, then the encoder's values.
  private var drawingWords: [String] {
    let tool = drawingBoard.isErasing ? "eraser" : "brush"
    let pen = drawingBoard.isPenDown ? "pen down: arrows draw" : "drag, or Space and arrows"
    let read = showsDrawing ? [readWords, turnWords].compactMap { $0 } : []
    return ["\(tool), \(drawingBoard.sizeText)", pen] + read
  }

  /// The transform of the drawing before encoding.
  private var turnWords: String? {
    schema.index(of: .rotation).flatMap { index in
      inputValues[index] == 0 ? nil : "turned by \(scales[index].text(inputValues[index]))"
    }
  }

  private var readWords: String? {
    schema.index(of: .rotation).map {
      headsUntrained ? "angle not trained yet" : "angle \(scales[$0].text(reading.values[$0]))"
    }
  }

  private func drawPen(on canvas: inout Canvas, _ layout: DrawingLayout) {
    let (column, row) = layout.cell(column: drawingBoard.column, row: drawingBoard.row)
    canvas[column, row] = Cell(drawingBoard.isPenDown ? "●" : "+", Style(.accent, [.bold, .reverse]))
  }

  private func drawNeighbours(on canvas: inout Canvas, _ layout: DrawingLayout) {
    guard let heading = layout.heading else { return }
    let text =
      !showsDrawing
      ? drawingBoard.framed.isEmpty ? "draw: encoded as you draw" : "d: back to your drawing"
      : survey == nil ? "encoding samples…" : "nearest samples in latent space"
    canvas.put(text, in: heading, showsDrawing ? .standard : .faint)
    for (index, neighbour) in neighbours.enumerated() {
      guard let place = layout.neighbour(index) else { return }
      let (picture, caption) = place.split(top: place.height - 1)
      drawSmall(neighbour.pixels, on: &canvas, in: picture)
      canvas.put(
        Self.fitting([samples.className(neighbour.label), "\(neighbour.number)"], width: caption.width),
        in: caption, alignment: .center)
    }
  }
}
