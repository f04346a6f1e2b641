import Networks
import Training

/// Something that is computed of models and images on another thread, as it takes longer than a key may.
public struct Analysis: Equatable, Sendable {
  enum Content: Equatable {
    case readouts(ReadoutAnalysis)
    case strip(FilmstripAnalysis)
    case neighbours(NearestNeighboursQuery)
    case comparison(ComparisonAnalysis)
    case lesson(PhaseAnalysis)
  }

  /// The kinds of studies, of each of which one answer is awaited at a time.
  enum Kind: CaseIterable {
    case readouts, strip, neighbours, comparison, lesson
  }

  var content: Content
  var subject: AnalysisSubject

  /// Carries it out; `rest` is called now and then.
  public func findings(
    _ networks: inout NetworkCache, rest: () -> Void = {}
  ) throws(TensorMismatch) -> AnalysisResult {
    rest()
    switch content {
    case .readouts(let study):
      return AnalysisResult(content: .readouts(study.readouts(try networks.inference(of: study.model))))
    case .strip(let study):
      return AnalysisResult(content: .strip(study.frames(try networks.inference(of: study.model))))
    case .neighbours(let study):
      return AnalysisResult(content: .neighbours(study.neighbours(try networks.inference(of: study.model))))
    case .comparison(let study):
      var pictures: [DecoderPicture] = []
      for side in study.sides {
        pictures.append(study.picture(by: side, try networks.inference(of: side.model)))
        rest()
      }
      return AnalysisResult(content: .comparison(pictures))
    case .lesson(let study):
      return AnalysisResult(content: .lesson(try study.lesson(&networks, rest: rest)))
    }
  }
}

/// What a study has found.
public struct AnalysisResult: Equatable, Sendable {
  enum Content: Equatable {
    case readouts(Readouts)
    case strip([FilmstripFrame])
    case neighbours([Neighbour])
    case comparison([DecoderPicture])
    case lesson(PhaseSummary?)
  }

  var content: Content
}

/// What a study looks at. Where a slider moves, or a network learns, it stays the same, and what is in sight
/// may stay until newer findings come; pictures of another subject would be wrong ones.
struct AnalysisSubject: Equatable {
  /// The sample's number; absent for a drawing.
  var sample: Int?
  /// Whether samples are images rather than stored readings.
  var isImage: Bool
  /// How many models had been opened.
  var model: Int
  /// The slider that a strip is along.
  var slider: Int?
}

/// The networks that studies look through, kept from one study to the next.
public struct NetworkCache {
  private var kept: [(weights: [NamedTensor], inference: Inference)] = []
  private var snapshots: [(weights: [NamedTensor], inference: Inference)] = []

  /// The model in use and the one that it is compared with; the beginning and the end of a phase.
  private static let mostKept = 2

  /// None so far.
  public init() {}

  /// The network of a moment that is looked back at; its weights stay what they are.
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
    // While a network learns, its newest weights take the place of those before.
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
