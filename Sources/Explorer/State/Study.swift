import Networks
import Training

/// Something that is computed of models and images on another thread, as it takes longer than a key may.
public struct Study: Equatable, Sendable {
  enum Content: Equatable {
    case readouts(ReadoutStudy)
    case strip(StripStudy)
    case neighbours(NeighbourStudy)
    case comparison(ComparisonStudy)
    case lesson(LessonStudy)
  }

  /// The kinds of studies, of each of which one answer is awaited at a time.
  enum Kind: CaseIterable {
    case readouts, strip, neighbours, comparison, lesson
  }

  var content: Content
  var subject: StudySubject

  /// Carries it out; `rest` is called now and then.
  public func findings(
    _ networks: inout StudyNetworks, rest: () -> Void = {}
  ) throws(TensorMismatch) -> Findings {
    rest()
    switch content {
    case .readouts(let study):
      return Findings(content: .readouts(study.readouts(try networks.inference(of: study.model))))
    case .strip(let study):
      return Findings(content: .strip(study.frames(try networks.inference(of: study.model))))
    case .neighbours(let study):
      return Findings(content: .neighbours(study.neighbours(try networks.inference(of: study.model))))
    case .comparison(let study):
      var pictures: [DecoderPicture] = []
      for side in study.sides {
        pictures.append(study.picture(by: side, try networks.inference(of: side.model)))
        rest()
      }
      return Findings(content: .comparison(pictures))
    case .lesson(let study):
      return Findings(content: .lesson(try study.lesson(&networks, rest: rest)))
    }
  }
}

/// What a study has found.
public struct Findings: Equatable, Sendable {
  enum Content: Equatable {
    case readouts(Readouts)
    case strip([FilmFrame])
    case neighbours([Neighbour])
    case comparison([DecoderPicture])
    case lesson(PhaseLesson?)
  }

  var content: Content
}

/// What a study looks at. Where a slider moves, or a network learns, it stays the same, and what is in sight
/// may stay until newer findings come; pictures of another subject would be wrong ones.
struct StudySubject: Equatable {
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
public struct StudyNetworks {
  private var kept: [(weights: [NamedTensor], inference: Inference)] = []
  private var moments: [(weights: [NamedTensor], inference: Inference)] = []

  /// The model in use and the one that it is compared with; the beginning and the end of a phase.
  private static let mostKept = 2

  /// None so far.
  public init() {}

  /// The network of a moment that is looked back at; its weights stay what they are.
  mutating func inference(of moment: WeightSnapshot) throws(TensorMismatch) -> Inference {
    let weights = moment.snapshot.weights
    if let known = moments.first(where: { $0.weights == weights }) { return known.inference }
    let inference = Inference(
      try TypedAutoencoder(moment.snapshot.configuration.architecture, tensors: weights))
    moments = [(weights, inference)] + moments.prefix(Self.mostKept - 1)
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
