import Coordinates
import Kernels
import Networks
import Training

/// One picture of the filmstrip.
struct FilmstripFrame: Equatable, Sendable {
  var pixels: [Float]
  /// The point that it is decoded from.
  var point: LatentPoint
  /// The caption below the picture.
  var caption: String
  /// Tells whether it is the nearest one to the sliders' values.
  var isCurrent: Bool
}

/// A query for the pictures of a filmstrip.
struct FilmstripQuery: Query {
  /// The path of the filmstrip.
  enum Path: Equatable {
    /// A slider from end to end, with all other values constant.
    case slider(Int, SliderScale)
    /// A path from A to B.
    case points(from: LatentPoint, to: LatentPoint)
  }

  var model: TypedModel
  var sliders: LatentPoint
  var path: Path
  /// The number of pictures.
  var count: Int
  var subject: ShownSubject

  static var priority: QueryPriority { .analysis }

  init(_ session: Session, count: Int) {
    model = session.modelInUse.model
    sliders = session.sliders
    path =
      session.path.start.map { .points(from: $0.point, to: session.pathEnd) }
      ?? .slider(session.selected, session.scales[session.selected])
    self.count = count
    subject = Self.subject(of: session)
  }

  /// The sample and, without A, the slider.
  static func subject(of session: Session) -> ShownSubject {
    var subject = session.subject
    subject.slider = session.path.start == nil ? session.selected : nil
    return subject
  }

  private var schema: CoordinateSchema { model.architecture.schema }

  func answer(_ context: QueryContext, _ networks: inout NetworkCache) throws -> [FilmstripFrame] {
    frames(try networks.inference(of: model))
  }

  private func frames(_ inference: Inference) -> [FilmstripFrame] {
    let (points, captions) = stops
    let images = Matrix(rows: max(1, count), columns: model.architecture.valueCount)
    inference.decode(points, into: images)
    let nearest = nearestStop(points)
    return points.indices.map {
      FilmstripFrame(
        pixels: images.row($0), point: points[$0], caption: captions[$0], isCurrent: $0 == nearest)
    }
  }

  private var stops: (points: [LatentPoint], captions: [String]) {
    switch path {
    case .slider(let slider, let scale): traversal(slider, scale)
    case .points(let start, let end): interpolation(start, end)
    }
  }

  private func traversal(_ slider: Int, _ scale: SliderScale) -> (points: [LatentPoint], captions: [String]) {
    // The ends of a cyclic range are equal, so the last picture is one step before the end.
    let last = Double(max(1, scale.isCyclic ? count : count - 1))
    let values = (0..<count).map { index in
      let fraction = Double(index) / last
      return scale.value(
        ofShown: scale.range.lowerBound + fraction * (scale.range.upperBound - scale.range.lowerBound))
    }
    return (values.map { sliders.setting(slider, to: $0) }, values.map { scale.text($0) })
  }

  private func interpolation(_ start: LatentPoint, _ end: LatentPoint) -> (
    points: [LatentPoint], captions: [String]
  ) {
    let points = (0..<count).map {
      schema.latentPoint(from: start, to: end, fraction: Double($0) / Double(max(1, count - 1)))
    }
    let captions = (0..<count).map { index in
      index == 0 ? "A" : index == count - 1 ? "B" : "\(100 * index / max(1, count - 1)) %"
    }
    return (points, captions)
  }

  private func nearestStop(_ points: [LatentPoint]) -> Int? {
    let code = schema.code(of: sliders.values)
    let distances = points.map { point in
      let typed = zip(schema.code(of: point.values), code).reduce(0) {
        $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
      }
      return zip(point.latents, sliders.latents).reduce(typed) {
        $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
      }
    }
    return distances.indices.min { distances[$0] < distances[$1] }
  }
}
