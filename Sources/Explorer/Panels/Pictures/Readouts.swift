import Coordinates
import Datasets
import Kernels
import Networks
import Primitives
import Screen
import Training

/// Figures of the shown pictures, updated for every position of the sliders.
struct Readouts: Equatable, Sendable {
  /// Mean squared difference of the decoded picture and the truth per pixel; nil without a truth.
  var squaredError: Double?
  /// Structural similarity of both.
  var similarity: Double?
  /// ‖D(t, z) − T D(0, z)‖ ÷ ‖T D(0, z)‖: relative difference between decoding at the sliders' values and
  /// transforming the picture decoded at neutral ones. Nil at neutral values, where the ratio is undefined,
  /// and for an exact decoder, where it is 0 by construction.
  var equivariance: Double?
  /// Tells whether the ratio is undefined because the transformed picture is empty.
  var equivarianceIsUndefined = false
  /// Difference between the angle encoded from the decoded picture and the slider's; nil without a
  /// rotation.
  var cycle: Angle?
  /// Mean squared difference per pixel between the input and the sliders' latents decoded at each of
  /// `Readouts.angles`; empty without a rotation or an input.
  var rose: [Double] = []
  /// ‖∂x/∂zᵢ‖ · one step of slider i, for the sliders in `sensitivityRange`: the change of the image by one
  /// press of an arrow key.
  var sensitivities: [Double] = []
  /// The sliders of `sensitivities`: all, unless there are very many.
  var sensitivityRange = 0..<0

  /// The number of directions of the rose: even parts of a full circle, or from end to end of a limited
  /// rotation.
  static let roseCount = 36
  /// The largest number of sensitivities that are measured at once.
  static let maximumSensitivities = 48

  /// The equivariance as text; nil at neutral values.
  var equivarianceText: String? {
    equivarianceIsUndefined
      ? undefinedText : equivariance.map { NumberText.significant($0, digits: 2) }
  }

  /// The square root of a slider's sensitivity relative to the largest one, in [0, 1], so that small ones
  /// remain visible; nil if it was not measured.
  func sensitivityFraction(_ slider: Int) -> Double? {
    guard sensitivityRange.contains(slider), let strongest = sensitivities.max(), strongest > 0 else {
      return nil
    }
    let fraction = sensitivities[slider - sensitivityRange.lowerBound] / strongest
    return fraction.isFinite ? fraction.squareRoot() : nil
  }
}

extension Readouts {
  /// Compares the decoded picture with the truth, images of one shape.
  mutating func compare(_ decoded: [Float], with truth: [Float]?, _ shape: ImageShape) {
    (squaredError, similarity) = (nil, nil)
    guard let truth else { return }
    let images = Matrix(rows: 2, columns: shape.valueCount)
    images.setRow(0, to: decoded)
    images.setRow(1, to: truth)
    squaredError =
      ImageMeasures.squares(images, row: 0, images, row: 1).ofDifference / Double(shape.valueCount)
    similarity = ImageMeasures.structuralSimilarity(
      images, row: 0, images, row: 1, width: shape.width, channels: shape.channels)
  }

  /// Receives measured readouts; the comparison with the truth is kept.
  mutating func apply(_ measured: Readouts) {
    let (error, similarity) = (squaredError, similarity)
    self = measured
    (squaredError, self.similarity) = (error, similarity)
  }
}

extension Session {
  /// The query for the readouts at the sliders' values; nil before the first picture.
  var readoutQuery: ReadoutQuery? {
    guard !pictures.decoded.isEmpty else { return nil }
    return ReadoutQuery(
      model: modelInUse.model, scales: scales, sliders: sliders, encoded: encoded, decoded: pictures.decoded,
      input: pictures.input, range: measuredSliders, subject: subject)
  }
}

/// A query for the readouts that need many decoded pictures.
struct ReadoutQuery: Query {
  var model: TypedModel
  var scales: [SliderScale]
  var sliders: LatentPoint
  /// The encoder's output for the input.
  var encoded: LatentPoint
  var decoded: [Float]
  /// The input of the rose; nil if only stored latents are available.
  var input: [Float]?
  /// The sliders whose sensitivities are measured.
  var range: Range<Int>
  var subject: ShownSubject

  static var priority: QueryPriority { .analysis }

  /// Returns all readouts except the comparison with the truth.
  func answer(_ context: QueryContext, _ networks: inout NetworkCache) throws -> Readouts {
    ReadoutMeasurement(
      inference: try networks.inference(of: model), scales: scales, sliders: sliders, encoded: encoded,
      decoded: decoded
    ).measure(input: input, range: range)
  }
}

/// The measurement of the readouts.
private struct ReadoutMeasurement {
  let inference: Inference
  let scales: [SliderScale]
  let sliders: LatentPoint
  let encoded: LatentPoint
  let decoded: [Float]

  private var schema: CoordinateSchema { inference.architecture.schema }
  private var pixels: Int { inference.architecture.valueCount }

  func measure(input: [Float]?, range: Range<Int>) -> Readouts {
    var readouts = Readouts()
    if sliders.values != schema.neutralValues, inference.architecture.decoderKind == .learned {
      readouts.equivariance = equivariance()
      readouts.equivarianceIsUndefined = readouts.equivariance == nil
    }
    if let rotation = schema.index(of: .rotation) {
      let read = inference.encode(decoded).values[rotation]
      let error = Angle(radians: read).difference(from: Angle(radians: sliders.values[rotation]))
      readouts.cycle = Angle(radians: abs(error.radians))
      readouts.rose = input.map { rose(rotation, target: $0) } ?? []
    }
    readouts.sensitivityRange = range
    readouts.sensitivities = sensitivities(range)
    return readouts
  }

  private func equivariance() -> Double? {
    let images = Matrix(rows: 3, columns: pixels)
    let shape = inference.architecture.imageShape
    let grid = PixelGrid(shape)
    inference.decode([LatentPoint(values: schema.neutralValues, latents: sliders.latents)], into: images)
    let map = schema.map(of: sliders.values)
    KernelVariant.best.sample(
      images, at: 0, through: (map.xx, map.xy, map.x0, map.yx, map.yy, map.y0), on: grid,
      into: images, row: 1)
    images.setRow(2, to: decoded)
    let squares = ImageMeasures.squares(images, row: 2, images, row: 1)
    guard squares.ofOther > ImageMeasures.leastSquares else { return nil }
    return ratio(squares.ofDifference, to: squares.ofOther)?.squareRoot()
  }

  private func rose(_ rotation: Int, target: [Float]) -> [Double] {
    let coordinate = schema.typed[rotation]
    let turned = (0..<Readouts.roseCount).map { index in
      // Values besides the rotation are the encoder's, because a shift by the sliders is unrelated to the
      // input.
      var turned = LatentPoint(values: encoded.values, latents: sliders.latents)
      turned.values[rotation] = coordinate.roseValue(index)
      return turned
    }
    let images = Matrix(rows: turned.count + 1, columns: pixels)
    inference.decode(turned, into: images)
    images.setRow(turned.count, to: target)
    return turned.indices.map {
      ImageMeasures.squares(images, row: $0, images, row: turned.count).ofDifference / Double(pixels)
    }
  }

  private func sensitivities(_ range: Range<Int>) -> [Double] {
    let fraction = 0.1
    let images = Matrix(rows: range.count + 1, columns: pixels)
    inference.decode(range.map { moved($0, by: fraction) }, into: images)
    images.setRow(range.count, to: decoded)
    return range.indices.map {
      let row = $0 - range.lowerBound
      return ImageMeasures.squares(images, row: row, images, row: range.count).ofDifference.squareRoot()
        / fraction
    }
  }

  /// Moves a slider by a fraction of its step, away from an end that is closer than that.
  private func moved(_ slider: Int, by fraction: Double) -> LatentPoint {
    let (scale, value) = (scales[slider], sliders.value(ofSlider: slider))
    let hasRoom =
      scale.isCyclic || !scale.isBounded
      || scale.shown(value) + fraction * scale.step <= scale.range.upperBound
    return sliders.setting(slider, to: scale.moved(value, by: hasRoom ? fraction : -fraction))
  }
}

extension Coordinate {
  /// The value of the rotation for one direction of the rose.
  func roseValue(_ index: Int) -> Double {
    self == .rotation
      ? value(atFraction: Double(index) / Double(Readouts.roseCount))
      : value(atFraction: Double(index) / Double(Readouts.roseCount - 1))
  }
}
