import Networks
import Primitives
import Screen
import Training

extension PageID {
  static let map = PageID("map")
}

/// Many samples in two dimensions of the latent space.
struct MapPage: Page {
  static let id = PageID.map
  static let footerKeys = ["h l", "a", "r", "n p", "Backspace"]
  static let figure = FigureKind.map

  static let bindings = [
    KeyBinding(
      "M", "map", "map: a thousand samples in two dimensions of the latent space; M or Esc closes it",
      synonyms: "scatter embedding pca cluster",
      [(.character("M"), .show(id), "map of many samples' latents")]),
    KeyBinding(
      "← → ↑ ↓", "move", "map: move the current point, and the sliders with it", in: .page(id),
      [
        (.left, action(.left), "move left"), (.right, action(.right), "move right"),
        (.up, action(.up), "move up"), (.down, action(.down), "move down"),
      ]),
    KeyBinding(
      "Enter", "nearest", "map: open the nearest sample", in: .page(id),
      [(.enter, action(.openNearest), "open the nearest sample")]),
    KeyBinding(
      "P", "plane", "map: principal components, or the selected slider and the next", in: .page(id),
      synonyms: "pca", [(.character("P"), action(.switchPlane), "principal components, or two sliders")]),
    KeyBinding("Esc", "back", "close the map", in: .page(id), [(.escape, .closePage, nil)]),
  ]

  enum Operation: String {
    case left, right, up, down, openNearest, switchPlane
  }

  /// The two dimensions that the map shows.
  enum Plane: Equatable {
    /// The first two principal components of the free latents.
    case components
    /// Two sliders, in the units shown.
    case sliders(Int, Int)
  }

  /// A position on the map.
  struct Position: Equatable {
    var x: Double
    var y: Double
  }

  private(set) var plane = Plane.components
  /// Earlier positions.
  private(set) var trail: [Position] = []
  /// The opened model of the plane, and the survey of the trail.
  private var openedCount = 0
  private var surveyGeneration = 0

  /// The largest number of earlier positions that are kept.
  private static let longestTrail = 200
  /// The number of steps from end to end.
  private static let stepsAcross = 40.0

  mutating func sessionDidChange(_ session: Session) {
    if openedCount != session.models.openedCount {
      openedCount = session.models.openedCount
      plane = .components
    }
    if surveyGeneration != session.survey.mapGeneration {
      surveyGeneration = session.survey.mapGeneration
      trail = []
    }
  }

  mutating func perform(_ operation: Operation, _ session: Session) -> [Change] {
    switch operation {
    case .left: return move(-1, 0, session)
    case .right: return move(1, 0, session)
    case .up: return move(0, 1, session)
    case .down: return move(0, -1, session)
    case .openNearest: return openNearest(session)
    case .switchPlane:
      let second = (session.selected + 1) % session.sliderCount
      plane =
        plane == .components && second != session.selected
        ? .sliders(session.selected, second) : .components
      trail = []
      return []
    }
  }

  private mutating func move(_ columns: Double, _ rows: Double, _ session: Session) -> [Change] {
    guard let survey = session.survey.current, let view = view(session) else {
      return [.message("the map appears once many samples are encoded")]
    }
    let here = position(of: session.sliders, survey, session)
    func step(_ values: [Double]) -> Double {
      let usable = values.filter(\.isFinite)
      return ((usable.max() ?? 0) - (usable.min() ?? 0)) / Self.stepsAcross
    }
    return move(
      to: Position(
        x: here.x + columns * step(view.points.map(\.x)), y: here.y + rows * step(view.points.map(\.y))),
      session)
  }

  /// Moves the sliders to a position of the map by the smallest change.
  private mutating func move(to place: Position, _ session: Session) -> [Change] {
    guard let survey = session.survey.current else { return [] }
    trail = (trail + [position(of: session.sliders, survey, session)]).suffix(Self.longestTrail)
    var sliders = session.sliders
    switch plane {
    case .components:
      sliders.latents = survey.components.row(at: [place.x, place.y], from: sliders.latents)
    case .sliders(let first, let second):
      sliders.set(first, to: session.scales[first].value(ofShown: place.x))
      sliders.set(second, to: session.scales[second].value(ofShown: place.y))
    }
    return [.change { [sliders] in $0.moveSliders(to: sliders, group: -1) }]
  }

  /// Opens the sample whose point is nearest.
  private mutating func openNearest(_ session: Session) -> [Change] {
    guard let view = view(session), let current = view.current,
      let nearest = view.nearestPoint(to: current)
    else { return [] }
    trail = []
    return [.change { $0.openSample(surveyedAt: nearest) }]
  }

  // MARK: Mouse

  mutating func press(_ event: MouseEvent, in region: Rectangle, _ session: Session) -> [Change] {
    drag(event, in: region, session)
  }

  mutating func drag(_ event: MouseEvent, in region: Rectangle, _ session: Session) -> [Change] {
    guard let view = view(session),
      let place = view.place(
        atColumn: event.column, row: event.row, in: Self.mapRegion(region, session.imageShape))
    else { return [] }
    return move(to: Position(x: place.x, y: place.y), session)
  }

  // MARK: View

  /// The map as a view; nil without a survey.
  func view(_ session: Session) -> ScatterView? {
    guard let survey = session.survey.current, !survey.outputs.isEmpty else { return nil }
    let labels = survey.outputs.map(\.label)
    let (horizontal, vertical) = axes(survey, session)
    let points = zip(positions(survey, session), labels).map { (x: $0.x, y: $0.y, kind: $1 ?? -1) }
    let current = position(of: session.sliders, survey, session)
    return ScatterView(
      points: points,
      kindNames: (0..<(labels.compactMap(\.self).max() ?? -1) + 1).map(session.samples.className),
      horizontal: horizontal, vertical: vertical, current: (current.x, current.y),
      path: trail.map { ($0.x, $0.y) })
  }

  /// The positions of the survey's points.
  private func positions(_ survey: SliderSurvey, _ session: Session) -> [Position] {
    switch plane {
    case .components: survey.projections.map { Self.position(alongComponents: $0) }
    case .sliders:
      survey.outputs.map {
        position(of: LatentPoint(values: $0.values, latents: $0.latents), survey, session)
      }
    }
  }

  private static func position(alongComponents coordinates: [Double]) -> Position {
    Position(x: coordinates.first ?? 0, y: coordinates.count > 1 ? coordinates[1] : 0)
  }

  private func position(of point: LatentPoint, _ survey: SliderSurvey, _ session: Session) -> Position {
    switch plane {
    case .components:
      return Self.position(alongComponents: survey.components.project(point.latents))
    case .sliders(let first, let second):
      return Position(
        x: session.scales[first].shown(point.value(ofSlider: first)),
        y: session.scales[second].shown(point.value(ofSlider: second)))
    }
  }

  private func axes(_ survey: SliderSurvey, _ session: Session) -> (ScatterView.Axis, ScatterView.Axis) {
    switch plane {
    case .components:
      guard survey.components.rowsVary else {
        return (
          ScatterView.Axis("component 1 · \(undefinedText)"),
          ScatterView.Axis("component 2 · \(undefinedText)")
        )
      }
      let fractions = survey.components.explainedFractions
      return (
        ScatterView.Axis("component 1", fraction: fractions.first),
        ScatterView.Axis("component 2", fraction: fractions.count > 1 ? fractions[1] : nil)
      )
    case .sliders(let first, let second):
      return (ScatterView.Axis(session.scales[first].label), ScatterView.Axis(session.scales[second].label))
    }
  }

  /// The region of the map within the page; the rest shows the decoded picture.
  static func mapRegion(_ region: Rectangle, _ shape: ImageShape) -> Rectangle {
    let side = shape.panelWidth + 2
    return region.width >= side + 46 ? region.split(left: region.width - side).left : region
  }

  /// Draws the map and, beside it, the picture decoded at the current point.
  func draw(_ session: Session, on canvas: inout Canvas, in region: Rectangle) {
    let shape = session.imageShape
    let mapRegion = Self.mapRegion(region, shape)
    if let view = view(session) {
      view.draw(on: &canvas, in: mapRegion, capabilities: session.capabilities)
    } else {
      canvas.put("encoding samples…", in: mapRegion, .faint, alignment: .center)
    }
    guard mapRegion.width < region.width else { return }
    let (width, height) = (shape.panelWidth, shape.pictureSize.height + 1)
    let side = Rectangle(
      column: mapRegion.columns.upperBound + 2, row: region.row, width: width,
      height: min(height, region.height))
    session.drawCaptioned(
      session.pictures.decoded, "decoded", style: .selected, on: &canvas, in: side)
    guard let input = session.pictures.input, region.height >= 2 * height else { return }
    let lower = Rectangle(column: side.column, row: side.row + height, width: width, height: height)
    session.drawCaptioned(input, session.inputCaption(width: lower.width), on: &canvas, in: lower)
  }
}
