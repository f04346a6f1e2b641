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
    if case .query(let call) = effect {
      let isCounted = dueToWeights && [.inference, .analysis].contains(call.priority)
      run(on: TaskQueue(call.priority)) { [self] in
        isCounted ? counting { context.answer(call) } : context.answer(call)
      }
      return true
    }
    guard context.opens(effect) else { return false }
    run { try context.opened(effect) }
    return true
  }
}

extension AnswerContext {
  /// Answers an effect at once; nil for one without an answer.
  func answer(_ effect: ExplorerEffect) throws -> ExplorerEvent? {
    if case .query(let call) = effect { return answer(call) }
    return try opened(effect)
  }

  fileprivate func answer(_ call: QueryCall) -> ExplorerEvent {
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

  fileprivate func opens(_ effect: ExplorerEffect) -> Bool {
    switch effect {
    case .list, .open: true
    default: false
    }
  }

  /// Lists a library or opens an entry of it; nil for other effects.
  fileprivate func opened(_ effect: ExplorerEffect) throws -> ExplorerEvent? {
    switch effect {
    case .list(let library):
      return .listed(library, entries(of: library))
    case .open(.models, let entry):
      let contents = try ModelChoice.contents(entry.reference)
      let title = ExplorerSetup.title(of: entry.reference)
      return .opened(
        try ModelInUse(
          name: title, reference: entry.reference,
          model: try contents.model.withStatistics(on: setup.dataset)),
        warning: contents.warning(name: title))
    case .open(.otherModels, let entry):
      return .otherModelChosen(
        Self.named(entry.reference, try ModelChoice.contents(entry.reference).model))
    case .open(.drawings, let entry):
      return .drawingOpened(try Drawing.read(entry.reference))
    default:
      return nil
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
