import Coordinates
import Datasets
import Kernels
import Networks
import Primitives
import Training

/// The picture that one of the two models decodes.
struct DecoderPicture: Equatable, Sendable {
  var name: String
  /// Tells whether the model is the one in use.
  var isOwn: Bool
  var kind: DecoderKind
  var pixels: [Float]
  /// Mean squared difference from the truth per pixel, and structural similarity to it.
  var error: Double
  var similarity: Double
  /// The error at even steps over a full turn from 0°, or between the ends of a limited rotation; empty
  /// without a rotation.
  var around: [Double]

  /// The mean of these errors.
  var meanAround: Double? {
    around.isEmpty ? nil : around.reduce(0, +) / Double(around.count)
  }
}

/// A query for the pictures of two models with the same input and the same values.
struct ComparisonQuery: Query {
  /// One of the models.
  struct Side: Equatable, Sendable {
    var name: String
    var model: TypedModel
    /// The latents moved by the user, for the model in use; nil for encoded latents.
    var latents: [Float]?
    var isOwn: Bool
  }

  /// Both models, the one with a learned decoder first.
  var sides: [Side]
  /// The input of the encoders.
  var input: [Float]
  /// The bytes of the stored sample, and its shape.
  var image: [UInt8]
  var shape: ImageShape
  /// The coordinates of the values.
  var schema: CoordinateSchema
  var values: [Double]
  var interpolation: Interpolation

  var subject: ShownSubject

  static var priority: QueryPriority { .analysis }

  /// Creates the query for the shown sample; nil without its image.
  init?(_ session: Session, _ other: NamedModel) {
    guard let input = session.pictures.input, let image = session.shownImage else { return nil }
    let own = session.modelInUse.model
    guard other.model.architecture.imageShape == session.imageShape else { return nil }
    // Latents moved by the user have no meaning for the other model.
    let sides = [
      Side(
        name: session.modelTitle, model: own,
        latents: session.hasLatentOffset ? session.sliders.latents : nil, isOwn: true),
      Side(name: other.name, model: other.model, isOwn: false),
    ]
    let isOwnFirst =
      own.architecture.decoderKind == .learned || other.model.architecture.decoderKind != .learned
    self.sides = isOwnFirst ? sides : sides.reversed()
    self.input = input
    self.image = image.images.pixels(at: image.index)
    shape = image.images.shape
    schema = session.schema
    values = session.sliders.values
    interpolation = own.details.interpolation
    subject = session.subject
  }

  func answer(_ context: QueryContext, _ networks: inout NetworkCache) throws -> [DecoderPicture] {
    var pictures: [DecoderPicture] = []
    for side in sides {
      pictures.append(picture(by: side, try networks.inference(of: side.model)))
      context.waitWhileSuspended()
    }
    return pictures
  }

  private func picture(by side: Side, _ inference: Inference) -> DecoderPicture {
    let turned = [values] + aroundTheTurn
    let truths = truths(turned)
    let latents = side.latents ?? inference.encode(input).latents
    let points = turned.map {
      LatentPoint(values: translated($0, for: inference.architecture.schema), latents: latents)
    }
    let images = Matrix(rows: turned.count, columns: truths.columns)
    inference.decode(points, into: images)
    func error(_ row: Int) -> Double {
      ImageMeasures.squares(images, row: row, truths, row: row).ofDifference / Double(truths.columns)
    }
    return DecoderPicture(
      name: side.name, isOwn: side.isOwn, kind: inference.architecture.decoderKind, pixels: images.row(0),
      error: error(0),
      similarity: ImageMeasures.structuralSimilarity(
        images, row: 0, truths, row: 0, width: shape.width, channels: shape.channels),
      around: turned.indices.dropFirst().map(error))
  }

  private func truths(_ turned: [[Double]]) -> Matrix {
    let images = StoredImages(shape: shape, pixels: image, labels: [nil])
    let transformer = ImageTransformer(shape: shape, schema: schema, interpolation: interpolation)
    let truths = Matrix(rows: turned.count, columns: shape.valueCount)
    for (row, values) in turned.enumerated() {
      images.withPixels(at: 0) { transformer.load($0, values: values, into: truths, row: row) }
    }
    return truths
  }

  /// The values at rotations over a full turn, or from end to end; empty without a rotation.
  private var aroundTheTurn: [[Double]] {
    guard let rotation = schema.index(of: .rotation) else { return [] }
    return (0..<Readouts.roseCount).map { index in
      var values = values
      values[rotation] = schema.typed[rotation].roseValue(index)
      return values
    }
  }

  /// The values for another model's coordinates, matched by meaning; neutral for coordinates without a
  /// match.
  private func translated(_ values: [Double], for other: CoordinateSchema) -> [Double] {
    other.typed.map { coordinate in
      guard let index = schema.index(of: coordinate.meaning) else { return coordinate.neutralValue }
      let scale = SliderScale(coordinate)
      return scale.value(ofShown: scale.shown(values[index]))
    }
  }
}
