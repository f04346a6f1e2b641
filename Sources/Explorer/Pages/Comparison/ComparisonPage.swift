import Coordinates
import Networks
import Screen
import Training

extension PageID {
  static let comparison = PageID("decoders")
}

/// The pictures of a learned decoder and of an exact one.
struct ComparisonPage: Page {
  static let id = PageID.comparison
  static let title = "compare"
  static let footerKeys = ["n p", "a"]
  static let figure = FigureKind.pictures

  static let bindings = [
    KeyBinding(
      "C", "compare", "compare a learned decoder with an exact one on the same sample; C or Esc closes it",
      synonyms: "warp", [(.character("C"), .show(id), "compare a learned and an exact decoder")]),
    KeyBinding(
      "Enter", "other model", "comparison: choose the other model", in: .page(id),
      [(.enter, action(.chooseOtherModel), "choose the other model")]),
    KeyBinding("Esc", "back", "close the comparison", in: .page(id), [(.escape, .closePage, nil)]),
  ]

  enum Operation: String {
    case chooseOtherModel
  }

  /// The model for the comparison with the one in use.
  enum OtherModel {
    /// The model has not been searched for, or the search goes on.
    case unknown
    /// No such model exists.
    case missing
    case found(NamedModel)
  }

  private(set) var otherModel = OtherModel.unknown
  private(set) var searchRequest = Request<OtherModelQuery>()
  private var comparisonRequest = Request<ComparisonQuery>()
  /// The model in use that the other one belongs to.
  private var modelGeneration = 0

  /// The pictures of both models, the learned decoder first; empty while they are unknown.
  var comparison: [DecoderPicture] { comparisonRequest.answer ?? [] }

  mutating func sessionDidChange(_ session: Session) {
    guard modelGeneration != session.models.generation else { return }
    modelGeneration = session.models.generation
    otherModel = .unknown
    searchRequest.cancel()
    comparisonRequest.hide()
  }

  mutating func perform(_ operation: Operation, _ session: Session) -> [Change] {
    switch operation {
    case .chooseOtherModel: [.list(.otherModels)]
    }
  }

  /// Compares with a model that the user chose.
  mutating func choose(_ model: NamedModel) {
    otherModel = .found(model)
    searchRequest.cancel()
  }

  func sliderLine(in region: Rectangle, _ session: Session) -> Rectangle? {
    region.split(top: 1).rest.split(top: 1).top
  }

  // MARK: Queries

  mutating func sendQueries(
    in region: Rectangle?, _ session: Session, through queries: inout QuerySender
  ) {
    if region != nil, case .unknown = otherModel, searchRequest.awaited == nil {
      searchRequest.send(OtherModelQuery(model: session.modelInUse.model), through: &queries)
    }
    let query = region.flatMap { _ in comparisonQuery(session) }
    comparisonRequest.update(wanted: query, through: &queries)
  }

  private func comparisonQuery(_ session: Session) -> ComparisonQuery? {
    guard case .found(let other) = otherModel else { return nil }
    return ComparisonQuery(session, other)
  }

  mutating func receive(_ answer: QueryAnswer, _ session: Session) -> [Change] {
    if let found = searchRequest.receive(answer) {
      otherModel = found.map { .found($0) } ?? .missing
    }
    _ = comparisonRequest.receive(answer, wanted: comparisonQuery(session)?.subject)
    return []
  }

  // MARK: Figure

  func pictures(_ session: Session) -> [FigureRequest.Picture] {
    guard !comparison.isEmpty else { return [] }
    let decoded = comparison.map {
      session.figurePicture($0.kind == .learned ? "learned" : "exact", $0.pixels)
    }
    return (decoded + [session.figurePicture("truth", session.pictures.truth)]).compactMap { $0 }
  }
}

/// A query for the most similar model with the other kind of decoder.
struct OtherModelQuery: Query {
  var model: TypedModel

  static var priority: QueryPriority { .long }
  var subject: NoSubject { NoSubject() }

  func answer(_ context: QueryContext, _ networks: inout NetworkCache) -> NamedModel? {
    context.otherModel(model)
  }
}
