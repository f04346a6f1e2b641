import Coordinates
import Kernels
import Networks
import Screen

/// The model that the one in use is compared with.
enum Counterpart {
  case unknown
  /// It is being looked for.
  case awaited(number: Int)
  /// There is none.
  case missing
  case found(ModelInUse)
}

/// What one of two models draws for a code.
struct DecoderPicture: Equatable {
  var name: String
  /// Whether it is by the model in use.
  var isOwn: Bool
  var kind: DecoderKind
  var pixels: [Float]
  /// Mean squared difference from the truth, per pixel, and the structural similarity with it.
  var error: Double
  var similarity: Double
  /// The error all around a turn, in even steps from 0° on, or from one end of a limited rotation to the
  /// other; empty without a rotation.
  var around: [Double]

  /// The mean of these errors.
  var meanAround: Double? {
    around.isEmpty ? nil : around.reduce(0, +) / Double(around.count)
  }
}

/// All that a comparison depends on.
struct ComparisonKey: Equatable {
  var model: Int
  var counterpart: Int
  var input: [Float]
  var sliders: Reading
  var isMoved: Bool
}

extension ExplorerState {
  /// Looks for a model of the other kind where the comparison is shown.
  mutating func lookForCounterpart() -> [ExplorerEffect] {
    guard focus == .decoders, case .unknown = counterpart else { return [] }
    counterpartCount += 1
    counterpart = .awaited(number: counterpartCount)
    return [.findCounterpart(current.model, number: counterpartCount)]
  }

  /// Takes the model that was looked for, or one that a person chose.
  mutating func take(counterpart model: ModelInUse?, number: Int?) {
    if let number {
      guard case .awaited(number) = counterpart else { return }
    } else {
      counterpartCount += 1
    }
    counterpart = model.map { .found($0) } ?? .missing
    comparisonKey = nil
  }

  /// Draws the sample by both models where they are shown.
  mutating func refreshComparison() {
    guard focus == .decoders, case .found(let other) = counterpart, let input = pictures.input,
      let image = shownImage
    else {
      (comparison, comparisonKey) = ([], nil)
      return
    }
    let key = ComparisonKey(
      model: modelNumber, counterpart: counterpartCount, input: input, sliders: sliders,
      isMoved: isMovedByHand)
    guard key != comparisonKey else { return }
    comparisonKey = key
    let turned = [sliders.values] + aroundTheTurn
    let truths = Matrix(rows: turned.count, columns: current.model.architecture.pixelCount)
    for (row, values) in turned.enumerated() {
      truths.setRow(row, to: transformer.image(image.index, of: image.images, values: values))
    }
    // The learned one stands first.
    comparison = [(current, true), (other, false)]
      .map { picture(of: $0, isOwn: $1, input: input, turned, truths) }
      .sorted { $0.kind == .learned && $1.kind != .learned }
  }

  /// Whether a person has moved a latent.
  var isMovedByHand: Bool { displacement.contains { $0 != 0 } }

  /// The sliders' values with the rotation all around, or from end to end; empty without one.
  private var aroundTheTurn: [[Double]] {
    guard let rotation = schema.index(of: .rotation) else { return [] }
    return (0..<Readouts.roseCount).map { index in
      var values = sliders.values
      values[rotation] = schema.typed[rotation].roseValue(index)
      return values
    }
  }

  /// What a model draws when it reads the input itself and is told the same values.
  private func picture(
    of model: ModelInUse, isOwn: Bool, input: [Float], _ turned: [[Double]], _ truths: Matrix
  ) -> DecoderPicture {
    // What a person has moved means nothing to the other model.
    let latents = isOwn && isMovedByHand ? sliders.latents : model.inference.read(input).latents
    let readings = turned.map { Reading(values: values($0, for: model.schema), latents: latents) }
    let images = Matrix(rows: turned.count, columns: truths.columns)
    model.inference.decode(readings, into: images)
    func error(_ row: Int) -> Double {
      ImageMeasures.squares(images, row: row, truths, row: row).ofDifference / Double(truths.columns)
    }
    return DecoderPicture(
      name: model.name, isOwn: isOwn, kind: model.model.architecture.decoderKind, pixels: images.row(0),
      error: error(0),
      similarity: ImageMeasures.structuralSimilarity(images, row: 0, truths, row: 0, width: 28),
      around: turned.indices.dropFirst().map(error))
  }

  /// The values of another model's coordinates that mean what the values here mean; neutral where a
  /// coordinate is not here.
  private func values(_ values: [Double], for other: CoordinateSchema) -> [Double] {
    other.typed.map { coordinate in
      guard let index = schema.index(of: coordinate.meaning) else { return coordinate.neutralValue }
      let scale = SliderScale(coordinate)
      return scale.value(ofShown: scale.shown(values[index]))
    }
  }

  /// What the other model cannot be told: coordinates that are not neutral and that it does not know, or
  /// values beyond its ends.
  func unknownCoordinates(of other: ModelInUse) -> [String] {
    schema.typed.indices.compactMap { index in
      let (coordinate, value) = (schema.typed[index], sliders.values[index])
      guard value != coordinate.neutralValue else { return nil }
      guard let known = other.schema.index(of: coordinate.meaning) else { return scales[index].label }
      let scale = SliderScale(other.schema.typed[known])
      let isReached = scale.isCyclic || abs(scale.moved(value, by: 0) - value) < 1e-6
      return isReached ? nil : "\(scales[index].label) \(scales[index].text(value))"
    }
  }
}
