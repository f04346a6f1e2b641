import Datasets
import Networks
import Training

/// A computation that another thread carries out for the screen.
protocol Query: Equatable, Sendable {
  associatedtype Answer: Sendable
  /// The subject of an answer, such as a sample and a model.
  associatedtype Subject: Equatable, Sendable

  static var priority: QueryPriority { get }

  var subject: Subject { get }

  func answer(_ context: QueryContext, _ networks: inout NetworkCache) throws -> Answer
}

/// The subject of answers that remain valid for every sample.
struct NoSubject: Equatable, Sendable {}

extension Query where Subject == NoSubject {
  var subject: NoSubject { NoSubject() }
}

/// The state of one kind of computation: the query sent last, the awaited answer, and the shown one.
///
/// An answer remains shown while a newer one of the same subject is computed, and is hidden as stale when the
/// subject changes. At most one answer is awaited, so that held keys do not fill the queue.
struct Request<Q: Query> {
  /// The query sent last; nil once its answer is no longer wanted.
  private(set) var asked: Q?
  private(set) var answer: Q.Answer?
  private(set) var awaitedNumber: Int?
  private(set) var shownSubject: Q.Subject?

  /// The query whose answer is awaited.
  var awaited: Q? { awaitedNumber == nil ? nil : asked }

  /// Sends a query; the answer of an earlier one is then ignored.
  mutating func send(_ query: Q, through queries: inout QuerySender) {
    asked = query
    awaitedNumber = queries.send(query)
  }

  /// Hides an answer of another subject than that of the wanted query, and sends the query if its answer is
  /// neither shown nor awaited.
  mutating func update(wanted: Q?, through queries: inout QuerySender) {
    hide(unlessOf: wanted?.subject)
    guard let wanted else {
      asked = nil
      return
    }
    if !queries.isBlocked, awaitedNumber == nil, asked != wanted { send(wanted, through: &queries) }
  }

  /// Hides an answer of another subject.
  mutating func hide(unlessOf subject: Q.Subject?) {
    if let shownSubject, shownSubject != subject { hide() }
  }

  mutating func hide() {
    (answer, shownSubject) = (nil, nil)
    if awaitedNumber == nil { asked = nil }
  }

  /// Ignores the answer of the query sent last.
  mutating func cancel() { (asked, awaitedNumber) = (nil, nil) }

  /// Sends the wanted query at once, in place of an awaited other one; cancels it for nil.
  mutating func replace(by wanted: Q?, through queries: inout QuerySender) {
    guard let wanted else { return cancel() }
    if asked != wanted { send(wanted, through: &queries) }
  }

  /// Receives an answer, and shows it unless its subject has changed.
  ///
  /// A failed query is repeated only after a change.
  ///
  /// - Returns: The answer; nil if it is of another request, has failed, or has another subject.
  mutating func receive(_ received: QueryAnswer, wanted: Q.Subject?) -> Q.Answer? {
    guard received.number == awaitedNumber else { return nil }
    awaitedNumber = nil
    guard let asked, asked.subject == wanted, case .success(let value) = received.result,
      let value = value as? Q.Answer
    else { return nil }
    (answer, shownSubject) = (value, wanted)
    return value
  }

  /// Replaces the shown answer by a form of it.
  mutating func map(_ transform: (Q.Answer) -> Q.Answer) { answer = answer.map(transform) }
}

extension Request where Q.Subject == ShownSubject {
  /// Hides an answer of another model.
  mutating func hide(unlessOfModel generation: Int) {
    if let shownSubject, shownSubject.model != generation { hide() }
  }
}

extension Request where Q.Subject == NoSubject {
  mutating func receive(_ received: QueryAnswer) -> Q.Answer? { receive(received, wanted: NoSubject()) }
}

/// Numbers queries and collects them.
struct QuerySender {
  /// True while an inference is pending, so that other computations would be of outdated pictures.
  var isBlocked = false
  private var count = 0
  private var sent: [QueryCall] = []

  mutating func send(_ query: some Query) -> Int {
    count += 1
    sent.append(QueryCall(number: count, query: query))
    return count
  }

  /// Removes and returns the effects of the queries sent since the last call.
  mutating func removeEffects() -> [ExplorerEffect] {
    defer { sent = [] }
    return sent.map { .query($0) }
  }
}

/// The urgency of a query, which selects the queue that it runs on.
public enum QueryPriority: Sendable {
  /// Inference for the next frame.
  case inference
  /// An analysis of what is shown.
  case analysis
  /// Up to a tenth of a second.
  case short
  /// Seconds.
  case long
}

/// The means by which queries are answered.
public struct QueryContext: Sendable {
  private let images: any ImageSource
  /// The name of the data set.
  public var datasetName: String
  /// Finds the most similar model with the other kind of decoder.
  public var otherModel: @Sendable (TypedModel) -> NamedModel?
  /// Waits while input is applied.
  public var waitWhileSuspended: @Sendable () -> Void

  /// Creates a context.
  public init(
    dataset: Dataset, otherModel: @escaping @Sendable (TypedModel) -> NamedModel?,
    waitWhileSuspended: @escaping @Sendable () -> Void
  ) {
    (images, datasetName) = (dataset.test, dataset.name)
    self.otherModel = otherModel
    self.waitWhileSuspended = waitWhileSuspended
  }

  /// The images in the shape of a model's.
  func images(for model: TypedModel) -> any ImageSource {
    images.fitted(to: model.architecture.imageShape)
  }
}

/// A query with the number of its answer.
public struct QueryCall: Equatable, Sendable {
  /// The number of the answer.
  public let number: Int
  let query: any Query

  /// The urgency.
  public var priority: QueryPriority { type(of: query).priority }

  /// Computes the answer.
  public func answer(_ context: QueryContext, _ networks: inout NetworkCache) throws -> QueryAnswer {
    func computed(_ query: some Query) throws -> any Sendable { try query.answer(context, &networks) }
    return QueryAnswer(number: number, priority: priority, result: .success(try computed(query)))
  }

  /// The answer of a query that failed.
  ///
  /// - Parameter sentence: the reason, for the screen.
  public func failure(_ sentence: String) -> QueryAnswer {
    QueryAnswer(number: number, priority: priority, result: .failure(QueryFailure(sentence: sentence)))
  }

  /// Compares numbers and queries.
  public static func == (one: QueryCall, other: QueryCall) -> Bool {
    func isEqual<Q: Query>(_ query: Q) -> Bool { query == other.query as? Q }
    return one.number == other.number && isEqual(one.query)
  }
}

/// The answer of a query.
public struct QueryAnswer: Sendable {
  /// The number of the query.
  public let number: Int
  /// The urgency of the query.
  public let priority: QueryPriority
  let result: Result<any Sendable, QueryFailure>
}

/// The reason why a query has no answer.
struct QueryFailure: Error {
  var sentence: String
}
