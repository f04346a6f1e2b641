import Networks
import Primitives
import Screen
import Training

/// The two dimensions that the map shows.
enum MapPlane: Equatable {
  /// The first two principal components of the free latents.
  case components
  /// Two sliders, in the units shown.
  case sliders(Int, Int)
}

/// A position on the map.
struct MapPlace: Equatable {
  var x: Double
  var y: Double
}

extension ExplorerState {
  /// The largest number of earlier positions that are kept.
  private static let longestTrail = 200
  /// The number of steps from end to end.
  private static let stepsAcross = 40.0

  /// The map as a view; nil without a survey.
  var mapView: ScatterView? {
    guard let survey, !survey.readings.isEmpty else { return nil }
    let labels = survey.readings.map(\.label)
    let (horizontal, vertical) = axes(survey)
    let points = zip(places(survey), labels).map { (x: $0.x, y: $0.y, kind: $1) }
    let current = place(of: sliders, survey)
    return ScatterView(
      points: points, kindNames: (0...max(0, labels.max() ?? 0)).map(samples.className),
      horizontal: horizontal, vertical: vertical, current: (current.x, current.y),
      path: trail.map { ($0.x, $0.y) })
  }

  /// The positions of the survey's points.
  private func places(_ survey: SliderSurvey) -> [MapPlace] {
    switch plane {
    case .components: survey.projections.map { Self.place(alongComponents: $0) }
    case .sliders:
      survey.readings.map { place(of: LatentPoint(values: $0.values, latents: $0.latents), survey) }
    }
  }

  private static func place(alongComponents coordinates: [Double]) -> MapPlace {
    MapPlace(x: coordinates.first ?? 0, y: coordinates.count > 1 ? coordinates[1] : 0)
  }

  private func axes(_ survey: SliderSurvey) -> (ScatterView.Axis, ScatterView.Axis) {
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
      return (ScatterView.Axis(scales[first].label), ScatterView.Axis(scales[second].label))
    }
  }

  private func place(of reading: LatentPoint, _ survey: SliderSurvey) -> MapPlace {
    switch plane {
    case .components:
      return Self.place(alongComponents: survey.components.project(reading.latents))
    case .sliders(let first, let second):
      return MapPlace(
        x: scales[first].shown(reading.value(ofSlider: first)),
        y: scales[second].shown(reading.value(ofSlider: second)))
    }
  }

  /// Switches between principal components and the selected slider with the one below it.
  mutating func switchPlane() {
    let second = (selected + 1) % sliderCount
    plane = plane == .components && second != selected ? .sliders(selected, second) : .components
    trail = []
  }

  mutating func moveOnMap(_ columns: Double, _ rows: Double) {
    guard let survey, let view = mapView else {
      message = "the map appears once many samples are encoded"
      return
    }
    let here = place(of: sliders, survey)
    func step(_ values: [Double]) -> Double {
      let usable = values.filter(\.isFinite)
      return ((usable.max() ?? 0) - (usable.min() ?? 0)) / Self.stepsAcross
    }
    move(
      toPlace: MapPlace(
        x: here.x + columns * step(view.points.map(\.x)), y: here.y + rows * step(view.points.map(\.y))))
  }

  /// Moves the sliders to a position of the map by the smallest change.
  mutating func move(toPlace place: MapPlace) {
    guard let survey else { return }
    trail = (trail + [self.place(of: sliders, survey)]).suffix(Self.longestTrail)
    history.keep(sliders, slider: -1)
    switch plane {
    case .components:
      sliders.latents = survey.components.row(at: [place.x, place.y], from: sliders.latents)
    case .sliders(let first, let second):
      sliders.set(first, to: scales[first].value(ofShown: place.x))
      sliders.set(second, to: scales[second].value(ofShown: place.y))
    }
    decode()
  }

  /// Opens the sample whose point is nearest.
  mutating func openNearest() {
    guard let view = mapView, let current = view.current,
      let nearest = view.nearestPoint(to: current)
    else { return }
    openSample(surveyedAt: nearest)
    trail = []
  }

  mutating func dragOnMap(_ event: MouseEvent) {
    guard let region = region(ofPage: .map), let view = mapView,
      let place = view.place(atColumn: event.column, row: event.row, in: Self.mapRegion(region))
    else { return }
    move(toPlace: MapPlace(x: place.x, y: place.y))
  }

  /// The region of the map within the page; the rest shows the decoded picture.
  static func mapRegion(_ region: Rectangle) -> Rectangle {
    region.width >= 76 ? region.split(left: region.width - 30).left : region
  }
}
