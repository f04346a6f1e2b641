import Datasets
import Networks
import Screen

/// A sample whose latents are near those of a sketch.
struct Neighbour: Equatable {
  /// Its place in the survey.
  var position: Int
  /// The sample's number.
  var number: Int
  var label: Int
  var pixels: [Float]
}

/// All that the neighbours depend on.
struct NeighboursKey: Equatable {
  var model: Int
  var latents: [Float]
  var isSurveyed: Bool
}

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
      board.replace(with: Sketch())
      takeUprightSketch()
    case .undoStroke: if board.undo() { takeSketch() } else { message = "nothing to take back" }
    case .redoStroke: if board.redo() { takeSketch() } else { message = "nothing to do again" }
    case .saveSketch:
      if board.sketch.isEmpty {
        message = "the sheet is empty"
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
    // A phase's mark is of what was seen before.
    training?.mark = nil
    takeSample(keepingValues: true)
  }

  mutating func openSketch(_ sketch: Sketch) {
    focus = .sketch
    keepFocusInSight()
    board.replace(with: sketch)
    board.keptSketch = sketch
    takeUprightSketch()
  }

  /// Looks for the samples whose latents are nearest, in deviations of each latent, where they are shown.
  mutating func refreshNeighbours() {
    guard focus == .sketch, showsSketch, let survey else {
      (neighbours, neighboursKey) = ([], nil)
      return
    }
    let key = NeighboursKey(
      model: modelNumber, latents: reading.latents, isSurveyed: !survey.readings.isEmpty)
    guard key != neighboursKey else { return }
    neighboursKey = key
    let statistics = current.model.details.statistics
    let scale = reading.latents.indices.map { latent -> Float in
      let deviation = statistics.isEmpty ? 1 : Float(statistics[latent].deviation)
      return deviation > 0 ? 1 / deviation : 1
    }
    let distances = survey.readings.map { stored in
      var sum: Float = 0
      for latent in scale.indices {
        let step = (stored.latents[latent] - reading.latents[latent]) * scale[latent]
        sum += step * step
      }
      return sum
    }
    let nearest = distances.indices.sorted { distances[$0] < distances[$1] }.prefix(Self.mostNeighbours)
    neighbours = nearest.map { position in
      let stored = survey.readings[position]
      return Neighbour(
        position: position, number: stored.index, label: stored.label, pixels: picture(ofSurveyed: position))
    }
  }

  /// The image behind a reading of the survey, or what its latents draw where the images are not at hand.
  private func picture(ofSurveyed position: Int) -> [Float] {
    guard let stored = survey?.readings[position] else { return [] }
    switch samples {
    case .images(_, _, let images):
      return transformer.image(min(stored.index, images.count - 1), of: images)
    case .readings:
      return current.inference.decode(Reading(values: schema.neutralValues, latents: stored.latents))
    }
  }

  /// Opens the sample behind a reading of the survey.
  mutating func openSample(surveyedAt position: Int) {
    guard let survey, survey.readings.indices.contains(position) else { return }
    switch samples {
    case .images: go(toSample: min(survey.readings[position].index, samples.count - 1))
    case .readings: go(toSample: min(position, samples.count - 1))
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
