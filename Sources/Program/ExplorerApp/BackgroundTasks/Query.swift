import Datasets
import Explorer
import Libraries
import Networks
import Primitives
import Training

/// The resources from which queries are answered.
struct QueryContext: Sendable {
  var setup: ExplorerSetup
  var networks = Locked(NetworkCache())
  var cooperativeYield = CooperativeYield()
}

/// An effect that only reads models and images.
struct Query: Sendable {
  var queue = TaskQueue.short
  var answer: @Sendable () throws -> sending ExplorerEvent

  private init(on queue: TaskQueue = .short, answer: @escaping @Sendable () throws -> sending ExplorerEvent) {
    (self.queue, self.answer) = (queue, answer)
  }

  /// The number of images that a survey encodes.
  private static let surveyCount = 1000

  /// Creates the query of an effect; nil for all other effects.
  init?(_ effect: ExplorerEffect, _ context: QueryContext) {
    let setup = context.setup
    let pause = context.cooperativeYield.waitWhileSuspended
    switch effect {
    case .list(let library):
      self.init { .listed(library, setup.entries(of: library)) }
    case .open(.models, let entry):
      self.init {
        let contents = try ModelChoice.contents(entry.reference)
        let title = ExplorerSetup.title(of: entry.reference)
        return .opened(
          try ModelInUse(
            name: title, reference: entry.reference,
            model: try contents.model.withStatistics(on: setup.dataset)),
          warning: contents.warning(name: title))
      }
    case .open(.otherModels, let entry):
      self.init {
        .otherModel(
          Self.named(entry.reference, try ModelChoice.contents(entry.reference).model), number: nil)
      }
    case .open(.sketches, let entry):
      self.init { .drawingOpened(try Drawing.read(entry.reference)) }
    case .findOtherModel(let model, let number):
      self.init(on: .long) {
        let found = setup.models.otherModel(of: model, besides: setup.modelReference)
        return .otherModel(found.map { Self.named($0.reference, $0.model) }, number: number)
      }
    case .infer(let request, let number):
      self.init(on: .inferences) { .inferred(request.result(), number: number) }
    case .analyse(let analysis, let number):
      self.init(on: .analyses) {
        let result = Result { () throws(TensorMismatch) in
          try context.networks.withLock { (kept) throws(TensorMismatch) in
            try analysis.result(&kept, rest: pause)
          }
        }
        return .analysed(result, number: number)
      }
    case .film(let request, let number):
      self.init { .filmed(try request.frames(rest: pause), number: number) }
    case .measure(let kept, let number):
      self.init(on: .long) {
        let model = TypedModel(kept.snapshot, data: setup.dataset.name)
        return .measured(
          try QuickEvaluation(of: model, on: setup.dataset.test, rest: pause), step: kept.step,
          number: number)
      }
    case .survey(let model, let number):
      self.init(on: .long) {
        let outputs = try model.encoderOutputs(of: setup.dataset.test, count: Self.surveyCount)
        return .surveyed(SliderSurvey(of: outputs), number: number)
      }
    case .surveyReadings(let readings, let number):
      self.init(on: .long) { .surveyed(SliderSurvey(of: readings), number: number) }
    case .rank(let model, let measure, let inputValues, let number):
      self.init(on: .long) {
        let errors = try model.errors(
          measure, of: setup.dataset.test, transformedBy: inputValues, rest: pause)
        return .ranked(ErrorRanking(errors: errors), number: number)
      }
    case .quit, .redraw, .train, .command, .recall, .save, .saveDrawing, .write, .fetch, .stopFetching:
      return nil
    }
  }

  private static func named(_ reference: String, _ model: TypedModel) -> NamedModel {
    NamedModel(name: ExplorerSetup.title(of: reference), model: model)
  }
}

extension ExplorerSetup {
  fileprivate func entries(of library: Library) -> [LibraryEntry] {
    switch library {
    case .models, .otherModels:
      models.references(besides: modelReference)
        .map { LibraryEntry(title: $0.title, reference: $0.reference) }
    case .sketches:
      drawings.references().map { LibraryEntry(title: $0.title, reference: $0.path) }
    }
  }
}

extension TypedModel {
  /// The model with a snapshot's weights; `data` names the data set.
  init(_ snapshot: TrainingSnapshot, data: String) {
    self.init(snapshot.configuration, weights: snapshot.weights, at: snapshot.position, data: data)
  }
}
