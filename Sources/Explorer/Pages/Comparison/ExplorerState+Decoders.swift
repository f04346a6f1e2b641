import Coordinates
import Networks
import Screen
import Training

/// The model for the comparison with the one in use.
enum OtherModel {
  case unknown
  /// The model is being searched for.
  case awaited(number: Int)
  /// No such model exists.
  case missing
  case found(NamedModel)
}

extension ExplorerState {
  /// Requests a model of the other kind if the comparison is shown.
  mutating func requestOtherModel() -> [ExplorerEffect] {
    guard focus == .decoders, case .unknown = otherModel else { return [] }
    otherModelCount += 1
    otherModel = .awaited(number: otherModelCount)
    return [.findOtherModel(current.model, number: otherModelCount)]
  }

  /// Receives the model that was requested or that the user chose.
  mutating func receive(otherModel model: NamedModel?, number: Int?) {
    if let number {
      guard case .awaited(number) = otherModel else { return }
    } else {
      otherModelCount += 1
    }
    otherModel = model.map { .found($0) } ?? .missing
  }

  /// The comparison of both models, if it is shown.
  var comparisonAnalysis: ComparisonAnalysis? {
    guard focus == .decoders, case .found(let other) = otherModel, let input = pictures.input,
      let image = shownImage
    else { return nil }
    // Latents moved by the user have no meaning for the other model.
    let sides = [
      ComparisonAnalysis.Side(
        name: modelTitle, model: current.model, latents: hasLatentOffset ? sliders.latents : nil,
        isOwn: true),
      ComparisonAnalysis.Side(name: other.name, model: other.model, isOwn: false),
    ]
    let isOwnFirst =
      current.model.architecture.decoderKind == .learned || other.model.architecture.decoderKind != .learned
    return ComparisonAnalysis(
      sides: isOwnFirst ? sides : sides.reversed(), input: input,
      image: image.images.withPixels(at: image.index) { pixels in pixels.indices.map { pixels[$0] } },
      schema: schema, values: sliders.values, interpolation: current.model.details.interpolation)
  }

  /// Tells whether the user has moved a latent.
  var hasLatentOffset: Bool { latentOffset.contains { $0 != 0 } }

  /// Names of the coordinates that the other model cannot apply: coordinates that are not neutral and
  /// missing there, or values outside its range.
  func unknownCoordinates(of other: NamedModel) -> [String] {
    let otherSchema = other.model.architecture.schema
    return schema.typed.indices.compactMap { index in
      let (coordinate, value) = (schema.typed[index], sliders.values[index])
      guard value != coordinate.neutralValue else { return nil }
      guard let known = otherSchema.index(of: coordinate.meaning) else { return scales[index].label }
      let scale = SliderScale(otherSchema.typed[known])
      let isReached = scale.isCyclic || abs(scale.moved(value, by: 0) - value) < 1e-6
      return isReached ? nil : "\(scales[index].label) \(scales[index].text(value))"
    }
  }
}
