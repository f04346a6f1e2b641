import Networks
import Testing
import Training

@testable import Explorer

extension Array where Element == ExplorerEffect {
  /// The queries of a type with their numbers, in order.
  func queries<Q: Query>(_ type: Q.Type) -> [(query: Q, number: Int)] {
    compactMap { effect in
      guard case .query(let call) = effect, let query = call.query as? Q else { return nil }
      return (query, call.number)
    }
  }

  /// The only query of a type.
  func only<Q: Query>(_ type: Q.Type) throws -> (query: Q, number: Int) {
    let found = queries(type)
    try #require(found.count == 1)
    return found[0]
  }
}

extension ExplorerEvent {
  /// The answer of the query with that number.
  static func answered(_ value: some Sendable, number: Int?) -> ExplorerEvent {
    .answered(QueryAnswer(number: number ?? -1, priority: .short, result: .success(value)))
  }

  /// The result of a search for the other model.
  static func found(_ model: NamedModel?, number: Int?) -> ExplorerEvent { answered(model, number: number) }
}

extension ExplorerState {
  /// The effect of asking for a survey, with the number of the awaited one.
  func survey(_ query: SurveyQuery) -> ExplorerEffect {
    .query(QueryCall(number: surveyNumber ?? -1, query: query))
  }

  var surveyNumber: Int? { session.survey.request.awaitedNumber }
  var rankingNumber: Int? { session.selection.ranking.awaitedNumber }
  var searchNumber: Int? { pages[ComparisonPage.self].searchRequest.awaitedNumber }
  var framesNumber: Int? { pages[HistoryPage.self].frameRequest.awaitedNumber }

  /// The effect of searching for the other model, with the number of the awaited search.
  func search(_ model: TypedModel) -> ExplorerEffect {
    .query(QueryCall(number: searchNumber ?? -1, query: OtherModelQuery(model: model)))
  }

  /// Shows a survey that was not asked for.
  mutating func show(_ survey: SliderSurvey) {
    session.survey.replace(by: survey, isNew: true)
    _ = react([])
  }

  /// Answers a query by computing it.
  mutating func answer(_ asked: (query: some Query, number: Int)) throws -> [ExplorerEffect] {
    var networks = NetworkCache()
    return update(
      .answered(try asked.query.answer(TinyExplorer.context, &networks), number: asked.number))
  }
}
