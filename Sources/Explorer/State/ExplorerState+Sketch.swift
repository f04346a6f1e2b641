import Datasets
import Screen

extension ExplorerState {
  /// The most neighbours that are looked for.
  static let mostNeighbours = 12

  /// What is done on the sheet; nil for what is not.
  mutating func performOnSketch(_ action: Action?) -> [ExplorerEffect]? {
    switch action {
    case .penLeft: changeSketch { $0.movePen(columns: -1, rows: 0) }
    case .penRight: changeSketch { $0.movePen(columns: 1, rows: 0) }
    case .penUp: changeSketch { $0.movePen(columns: 0, rows: -1) }
    case .penDown: changeSketch { $0.movePen(columns: 0, rows: 1) }
    case .switchPen: changeSketch { $0.switchPen() }
    case .switchEraser: board.isErasing.toggle()
    case .thickerBrush: board.changeSize(by: 1)
    case .thinnerBrush: board.changeSize(by: -1)
    case .clearSketch:
      board.replace(with: Drawing())
      takeUprightSketch()
    case .undoStroke: if board.undo() { takeSketch() } else { message = "nothing to undo" }
    case .redoStroke: if board.redo() { takeSketch() } else { message = "nothing to redo" }
    case .saveSketch:
      if board.sketch.isEmpty {
        message = "the drawing is empty"
      } else {
        board.keptSketch = board.sketch
        return [.saveSketch(board.sketch)]
      }
    case .chooseSketch:
      return show(.sketches)
    default: return nil
    }
    return []
  }

  /// Changes the sheet; what is drawn is read at once.
  private mutating func changeSketch(_ change: (inout SketchBoard) -> Void) {
    var changed = board
    change(&changed)
    let isSame = changed.sketch == board.sketch
    board = changed
    if !isSame { takeSketch() }
  }

  /// Takes another sheet for the input, as it stands.
  private mutating func takeUprightSketch() {
    inputValues = schema.neutralValues
    takeSketch()
    takeSample(keepingValues: false)
  }

  /// Whether something is drawn that no file has.
  var hasUnsavedSketch: Bool { !board.framed.isEmpty && board.sketch != board.keptSketch }

  /// Takes what is on the sheet for the input; a sheet with next to no ink gives way to the sample.
  mutating func takeSketch() {
    showsSketch = !board.framed.isEmpty
    takeSample(keepingValues: true)
  }

  mutating func openSketch(_ sketch: Drawing) {
    focus = .sketch
    keepFocusInSight()
    board.replace(with: sketch)
    board.keptSketch = sketch
    takeUprightSketch()
  }

  /// The samples whose latents are nearest, where they are shown.
  var neighbourStudy: NeighbourStudy? {
    guard focus == .sketch, showsSketch, let survey else { return nil }
    var drawsPictures = false
    if case .encoderOutputs = samples { drawsPictures = true }
    return NeighbourStudy(
      model: current.model, latents: reading.latents, readings: survey.readings, count: Self.mostNeighbours,
      drawsPictures: drawsPictures)
  }

  /// A neighbour with its image, where images are at hand.
  func withPicture(_ neighbour: Neighbour) -> Neighbour {
    guard case .images(_, _, let images) = samples else { return neighbour }
    var neighbour = neighbour
    neighbour.pixels = transformer.image(min(neighbour.number, images.count - 1), of: images)
    return neighbour
  }

  /// Opens the sample behind a reading of the survey.
  mutating func openSample(surveyedAt position: Int) {
    guard let survey, survey.readings.indices.contains(position) else { return }
    switch samples {
    case .images: go(toSample: min(survey.readings[position].index, samples.count - 1))
    case .encoderOutputs: go(toSample: min(position, samples.count - 1))
    }
    message = "sample \(sample), class \(samples.label(at: sample))"
  }

  // MARK: Mouse

  /// Begins a stroke on the sheet, or opens the neighbour that is pressed.
  mutating func pressSketch(_ event: MouseEvent, in region: Rectangle) {
    let layout = SketchLayout(region)
    if layout.sheet.columns.contains(event.column), layout.sheet.rows.contains(event.row) {
      grip = .sketch
      let place = layout.place(of: event)
      (board.column, board.row) = (Int(place.x), Int(place.y))
      changeSketch {
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

  mutating func dragSketch(_ event: MouseEvent) {
    guard let region = region(ofPage: .sketch) else { return }
    let place = SketchLayout(region).place(of: event)
    (board.column, board.row) = (
      min(max(Int(place.x), 0), ImageShape.width - 1), min(max(Int(place.y), 0), ImageShape.height - 1)
    )
    changeSketch { $0.extend(x: place.x, y: place.y) }
  }
}
