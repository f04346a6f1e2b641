import Datasets
import Screen

extension ExplorerState {
  /// The largest number of neighbours.
  static let mostNeighbours = 12

  /// Performs an action of the drawing page; returns nil for other actions.
  mutating func performOnDrawing(_ action: Action?) -> [ExplorerEffect]? {
    switch action {
    case .penLeft: changeDrawing { $0.movePen(columns: -1, rows: 0) }
    case .penRight: changeDrawing { $0.movePen(columns: 1, rows: 0) }
    case .penUp: changeDrawing { $0.movePen(columns: 0, rows: -1) }
    case .penDown: changeDrawing { $0.movePen(columns: 0, rows: 1) }
    case .switchPen: changeDrawing { $0.switchPen() }
    case .switchEraser: drawingBoard.isErasing.toggle()
    case .thickerBrush: drawingBoard.changeSize(by: 1)
    case .thinnerBrush: drawingBoard.changeSize(by: -1)
    case .clearDrawing:
      drawingBoard.replace(with: Drawing())
      useUprightDrawingAsInput()
    case .undoStroke: if drawingBoard.undo() { useDrawingAsInput() } else { message = "nothing to undo" }
    case .redoStroke: if drawingBoard.redo() { useDrawingAsInput() } else { message = "nothing to redo" }
    case .saveDrawing:
      if drawingBoard.sketch.isEmpty {
        message = "the drawing is empty"
      } else {
        drawingBoard.savedDrawing = drawingBoard.sketch
        return [.saveDrawing(drawingBoard.sketch)]
      }
    case .chooseDrawing:
      return show(.sketches)
    default: return nil
    }
    return []
  }

  /// Changes the drawing and encodes it immediately.
  private mutating func changeDrawing(_ change: (inout DrawingBoard) -> Void) {
    var changed = drawingBoard
    change(&changed)
    let isSame = changed.sketch == drawingBoard.sketch
    drawingBoard = changed
    if !isSame { useDrawingAsInput() }
  }

  /// Uses the drawing as input without a transform.
  private mutating func useUprightDrawingAsInput() {
    inputValues = schema.neutralValues
    useDrawingAsInput()
    showSample(keepingValues: false)
  }

  /// Tells whether the drawing is not empty and not saved.
  var hasUnsavedDrawing: Bool {
    !drawingBoard.framed.isEmpty && drawingBoard.sketch != drawingBoard.savedDrawing
  }

  /// Uses the drawing as input; a nearly empty drawing is replaced by the sample.
  mutating func useDrawingAsInput() {
    showsDrawing = !drawingBoard.framed.isEmpty
    showSample(keepingValues: true)
  }

  mutating func openDrawing(_ sketch: Drawing) {
    focus = .sketch
    keepFocusOnShownPanel()
    drawingBoard.replace(with: sketch)
    drawingBoard.savedDrawing = sketch
    useUprightDrawingAsInput()
  }

  /// The query for the samples with the nearest latents, if they are shown.
  var nearestNeighboursQuery: NearestNeighboursQuery? {
    guard focus == .sketch, showsDrawing, let survey else { return nil }
    var drawsPictures = false
    if case .encoderOutputs = samples { drawsPictures = true }
    return NearestNeighboursQuery(
      model: current.model, latents: reading.latents, readings: survey.readings, count: Self.mostNeighbours,
      drawsPictures: drawsPictures)
  }

  /// A neighbour with its image, if images are available.
  func withPicture(_ neighbour: Neighbour) -> Neighbour {
    guard case .images(_, _, let images) = samples else { return neighbour }
    var neighbour = neighbour
    neighbour.pixels = transformer.image(min(neighbour.number, images.count - 1), of: images)
    return neighbour
  }

  /// Opens the sample at an index of the survey.
  mutating func openSample(surveyedAt position: Int) {
    guard let survey, survey.readings.indices.contains(position) else { return }
    switch samples {
    case .images: go(toSample: min(survey.readings[position].index, samples.count - 1))
    case .encoderOutputs: go(toSample: min(position, samples.count - 1))
    }
    message = "sample \(sample), class \(samples.label(at: sample))"
  }

  // MARK: Mouse

  /// Begins a stroke in the drawing area, or opens the neighbour under the pointer.
  mutating func pressDrawing(_ event: MouseEvent, in region: Rectangle) {
    let layout = DrawingLayout(region)
    if layout.sheet.columns.contains(event.column), layout.sheet.rows.contains(event.row) {
      dragTarget = .sketch
      let place = layout.place(of: event)
      (drawingBoard.column, drawingBoard.row) = (Int(place.x), Int(place.y))
      changeDrawing {
        $0.endStroke()
        $0.begin(x: place.x, y: place.y)
      }
      return
    }
    for (index, neighbour) in neighbours.enumerated() {
      guard let place = layout.neighbour(index), place.columns.contains(event.column),
        place.rows.contains(event.row)
      else { continue }
      focus = .sliders
      openSample(surveyedAt: neighbour.position)
      message = (message ?? "") + "; D goes back to your drawing"
      return
    }
  }

  mutating func dragDrawing(_ event: MouseEvent) {
    guard let region = region(ofPage: .sketch) else { return }
    let place = DrawingLayout(region).place(of: event)
    (drawingBoard.column, drawingBoard.row) = (
      min(max(Int(place.x), 0), ImageShape.width - 1), min(max(Int(place.y), 0), ImageShape.height - 1)
    )
    changeDrawing { $0.extend(x: place.x, y: place.y) }
  }
}
