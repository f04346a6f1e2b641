import Datasets
import Explorer
import Libraries
import Networks
import Primitives
import Training

/// The resources from which effects are answered.
struct AnswerContext: Sendable {
  var setup: ExplorerSetup
  /// The networks of analyses, which run one after the other.
  var networks = Locked(NetworkCache())
  var cooperativeYield = CooperativeYield()

  /// The means of queries.
  fileprivate var query: QueryContext {
    QueryContext(
      dataset: setup.dataset,
      otherModel: { [setup] model in
        setup.models.otherModel(of: model, besides: setup.modelReference).map {
          Self.named($0.reference, $0.model)
        }
      }, waitWhileSuspended: cooperativeYield.waitWhileSuspended)
  }

  fileprivate static func named(_ reference: String, _ model: TypedModel) -> NamedModel {
    NamedModel(name: ExplorerSetup.title(of: reference), model: model)
  }
}

extension BackgroundTasks {
  /// Starts an effect that only reads models and images; returns false for all others.
  ///
  /// Queries caused by new weights count towards their cost; those that the user requests do not.
  func answer(_ effect: ExplorerEffect, dueToWeights: Bool) -> Bool {
    let context = context.withLock { $0 }
    guard let task = context.task(of: effect) else { return false }
    let isCounted = dueToWeights && [.inferences, .analyses].contains(task.queue)
    run(on: task.queue) { [self] in isCounted ? try counting(task.work) : try task.work() }
    return true
  }
}

extension AnswerContext {
  /// Answers an effect at once; nil for one without an answer.
  func answer(_ effect: ExplorerEffect) throws -> ExplorerEvent? {
    try task(of: effect)?.work()
  }

  /// The work that answers an effect, and its queue; nil for an effect without an answer.
  fileprivate func task(
    of effect: ExplorerEffect
  ) -> (queue: TaskQueue, work: @Sendable () throws -> ExplorerEvent)? {
    switch effect {
    case .query(let call): (TaskQueue(call.priority), { answer(call) })
    case .list(let library): (.short, { .listed(library, entries(of: library)) })
    case .open(let library, let entry): (.short, { try open(entry, of: library) })
    default: nil
    }
  }

  private func answer(_ call: QueryCall) -> ExplorerEvent {
    do {
      if call.priority == .analysis {
        return .answered(try networks.withLock { try call.answer(query, &$0) })
      }
      var networks = NetworkCache()
      return .answered(try call.answer(query, &networks))
    } catch {
      return .answered(call.failure(error.sentence.printable))
    }
  }

  private func open(_ entry: LibraryEntry, of library: Library) throws -> ExplorerEvent {
    switch library {
    case .models:
      let contents = try ModelChoice.contents(entry.reference)
      let title = ExplorerSetup.title(of: entry.reference)
      return .opened(
        try ModelInUse(
          name: title, reference: entry.reference,
          model: try contents.model.withStatistics(on: setup.dataset)),
        warning: contents.warning(name: title))
    case .otherModels:
      return .otherModelChosen(
        Self.named(entry.reference, try ModelChoice.contents(entry.reference).model))
    case .drawings:
      return .drawingOpened(try Drawing.read(entry.reference))
    }
  }

  private func entries(of library: Library) -> [LibraryEntry] {
    switch library {
    case .models, .otherModels:
      setup.models.references(besides: setup.modelReference)
        .map { LibraryEntry(title: $0.title, reference: $0.reference) }
    case .drawings:
      setup.drawings.references().map { LibraryEntry(title: $0.title, reference: $0.path) }
    }
  }
}

extension TaskQueue {
  /// The queue of queries of a priority.
  fileprivate init(_ priority: QueryPriority) {
    self =
      switch priority {
      case .inference: .inferences
      case .analysis: .analyses
      case .short: .short
      case .long: .long
      }
  }
}

extension TypedModel {
  /// The model with a snapshot's weights; `data` names the data set.
  init(_ snapshot: TrainingSnapshot, data: String) {
    self.init(snapshot.configuration, weights: snapshot.weights, at: snapshot.position, data: data)
  }
}
