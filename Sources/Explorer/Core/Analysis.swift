import Networks
import Training

/// A computation on models and images that runs in the background.
public struct Analysis: Equatable, Sendable {
  enum Content: Equatable {
    case readouts(ReadoutAnalysis)
    case strip(FilmstripAnalysis)
    case neighbours(NearestNeighboursQuery)
    case comparison(ComparisonAnalysis)
    case phaseSummary(PhaseAnalysis)
  }

  /// The kinds of analyses; at most one answer of each kind is awaited.
  enum Kind: CaseIterable {
    case readouts, strip, neighbours, comparison, phaseSummary
  }

  var content: Content
  var subject: AnalysisSubject

  /// Computes the result; `rest` is called between steps so that the computation can be suspended.
  public func result(
    _ networks: inout NetworkCache, rest: () -> Void = {}
  ) throws(TensorMismatch) -> AnalysisResult {
    rest()
    switch content {
    case .readouts(let analysis):
      return AnalysisResult(content: .readouts(analysis.readouts(try networks.inference(of: analysis.model))))
    case .strip(let analysis):
      return AnalysisResult(content: .strip(analysis.frames(try networks.inference(of: analysis.model))))
    case .neighbours(let analysis):
      return AnalysisResult(
        content: .neighbours(analysis.neighbours(try networks.inference(of: analysis.model))))
    case .comparison(let analysis):
      var pictures: [DecoderPicture] = []
      for side in analysis.sides {
        pictures.append(analysis.picture(by: side, try networks.inference(of: side.model)))
        rest()
      }
      return AnalysisResult(content: .comparison(pictures))
    case .phaseSummary(let analysis):
      return AnalysisResult(content: .phaseSummary(try analysis.phaseSummary(&networks, rest: rest)))
    }
  }
}

/// The result of an analysis.
public struct AnalysisResult: Equatable, Sendable {
  enum Content: Equatable {
    case readouts(Readouts)
    case strip([FilmstripFrame])
    case neighbours([Neighbour])
    case comparison([DecoderPicture])
    case phaseSummary(PhaseSummary?)
  }

  var content: Content
}

/// The subject of an analysis: sample, model and slider. Results stay shown while the subject is unchanged,
/// even if sliders move or a network learns; results for another subject are discarded.
struct AnalysisSubject: Equatable {
  /// The sample's number; nil for a drawing.
  var sample: Int?
  /// Tells whether samples are images rather than stored latents.
  var isImage: Bool
  /// The generation of the opened model.
  var model: Int
  /// The slider of a filmstrip.
  var slider: Int?
}

/// The networks that analyses use, cached between analyses.
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
