import Networks
import Training

/// The networks that queries use, kept between queries.
public struct NetworkCache {
  private var kept: [(weights: [NamedTensor], inference: Inference)] = []
  private var snapshots: [(weights: [NamedTensor], inference: Inference)] = []

  /// Two models that are compared, or the start and the end of a phase.
  private static let mostKept = 2

  /// Creates an empty cache.
  public init() {}

  /// Returns the network of a snapshot, whose weights are constant.
  mutating func inference(of snapshot: WeightSnapshot) throws(TensorMismatch) -> Inference {
    let weights = snapshot.snapshot.weights
    if let known = snapshots.first(where: { $0.weights == weights }) { return known.inference }
    let inference = Inference(
      try TypedAutoencoder(snapshot.snapshot.configuration.architecture, tensors: weights))
    snapshots = [(weights, inference)] + snapshots.prefix(Self.mostKept - 1)
    return inference
  }

  mutating func inference(of model: TypedModel) throws(TensorMismatch) -> Inference {
    if let index = kept.firstIndex(where: {
      $0.inference.architecture == model.architecture && $0.weights == model.weights
    }) {
      return kept[index].inference
    }
    // While a network learns, its newest weights replace the previous ones.
    let inference: Inference
    if let index = kept.firstIndex(where: { $0.inference.architecture == model.architecture }) {
      inference = kept.remove(at: index).inference
      try inference.load(model.weights)
    } else {
      inference = try Inference(model)
    }
    kept = [(model.weights, inference)] + kept.prefix(Self.mostKept - 1)
    return inference
  }
}

/// The subject of an analysis: sample, model and slider. Results stay shown while the subject is unchanged,
/// even if sliders move or a network learns; results for another subject are discarded.
struct ShownSubject: Equatable {
  /// The sample's number; nil for a drawing.
  var sample: Int?
  /// Tells whether samples are images rather than stored latents.
  var isImage: Bool
  /// The generation of the opened model.
  var model: Int
  /// The slider of a filmstrip.
  var slider: Int?
}
