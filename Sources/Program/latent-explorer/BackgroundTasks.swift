import Checkpoints
import Datasets
import Dispatch
import Downloads
import Explorer
import Foundation
import NcursesTerminal
import Networks
import Primitives
import Training

/// Background work of the explorer; each result is delivered as an event.
final class BackgroundTasks: Sendable {
  private let queue = DispatchQueue(label: "background tasks", qos: .userInitiated)
  /// Runs long tasks of low priority.
  private let longQueue = DispatchQueue(label: "long background tasks", qos: .utility)
  /// Runs the analyses that a key requests.
  private let analysisQueue = DispatchQueue(label: "analyses", qos: .userInitiated)
  /// Runs the inference of large networks, so that no analysis delays it.
  private let inferenceQueue = DispatchQueue(label: "inferences", qos: .userInitiated)
  private let networks = Locked(NetworkCache())
  private let spentSeconds = Locked(0.0)
  private let fetchQueue = DispatchQueue(label: "fetches", qos: .utility)
  private let stopsFetching = Locked(false)
  private let saveQueue = DispatchQueue(label: "saves", qos: .userInitiated)
  private let waitingWrites = Locked(0)
  private static let maximumWaitingWrites = 3
  /// The model that was written last; a file with equal weights is not written again.
  private let lastModel = Locked<(model: TypedModel, path: String)?>(nil)
  /// Results, with networks that were prepared on other threads.
  private let events = Locked<[ExplorerEvent]>([])
  /// Suspends long tasks while input is applied.
  let cooperativeYield = CooperativeYield()
  private let currentSetup: Locked<ExplorerSetup>
  private let session: TrainingSession
  private let wake: @Sendable () -> Void
  private let trainingImages = Locked<(any ImageSource)?>(nil)
  private let surveys = Locked(TrainingSurveys())
  /// The number of the run that was requested last.
  private let newestRun = Locked(0)

  init(setup: ExplorerSetup, session: TrainingSession, wake: @escaping @Sendable () -> Void) {
    currentSetup = Locked(setup)
    self.session = session
    self.wake = wake
  }

  private var setup: ExplorerSetup { currentSetup.withLock { $0 } }

  /// Removes and returns the events since the last call.
  func removeEvents() -> [ExplorerEvent] { events.exchange([]) }

  /// An effect that only reads models and images.
  private struct Query: Sendable {
    /// Expected duration, which selects the queue.
    enum Kind {
      case inference, analysis, short, long
    }

    var kind = Kind.short
    var answer: @Sendable () throws -> sending ExplorerEvent
  }

  /// Starts an effect that only reads models and images; returns false for all others.
  ///
  /// Analyses caused by new weights count towards their cost; those that the user requests do not.
  func query(_ effect: ExplorerEffect, dueToWeights: Bool) -> Bool {
    guard let query = Self.query(effect, setup, networks, cooperativeYield) else { return false }
    run(on: queue(for: query.kind)) { [self] in
      dueToWeights && [.inference, .analysis].contains(query.kind)
        ? try counting(query.answer) : try query.answer()
    }
    return true
  }

  /// Adds the processor time of `work` to the cost of new weights.
  private func counting<Value>(_ work: () throws -> sending Value) rethrows -> sending Value {
    let start = WorkBudget.processorSeconds()
    defer {
      let cost = WorkBudget.processorSeconds() - start
      spentSeconds.withLock { $0 += cost }
    }
    return try work()
  }

  /// Removes and returns the processor time that new weights have cost here since the last call, in seconds.
  func removeSpentSeconds() -> Double {
    spentSeconds.withLock { seconds in
      defer { seconds = 0 }
      return seconds
    }
  }

  private func queue(for kind: Query.Kind) -> DispatchQueue {
    switch kind {
    case .inference: inferenceQueue
    case .analysis: analysisQueue
    case .short: queue
    case .long: longQueue
    }
  }

  /// Answers an effect that only reads models and images on the calling thread; nil for all others.
  static func answer(
    to effect: ExplorerEffect, _ setup: ExplorerSetup, _ networks: Locked<NetworkCache>
  ) throws -> ExplorerEvent? {
    try query(effect, setup, networks, CooperativeYield())?.answer()
  }

  private static func query(
    _ effect: ExplorerEffect, _ setup: ExplorerSetup, _ networks: Locked<NetworkCache>,
    _ cooperativeYield: CooperativeYield
  ) -> Query? {
    switch effect {
    case .list(let library):
      Query { .listed(library, entries(of: library, besides: setup.modelName)) }
    case .open(.models, let entry):
      Query {
        let contents = try ModelChoice.contents(entry.reference)
        let model = try ExplorerSetup.prepared(contents.model, dataset: setup.dataset)
        let title = ExplorerSetup.title(of: entry.reference)
        return .opened(
          try ModelInUse(name: title, reference: entry.reference, model: model),
          warning: contents.warning(name: title))
      }
    case .open(.otherModels, let entry):
      Query {
        .otherModel(
          NamedModel(
            name: ExplorerSetup.title(of: entry.reference),
            model: try ModelChoice.contents(entry.reference).model),
          number: nil)
      }
    case .open(.sketches, let entry):
      Query { .drawingOpened(try Drawing.read(entry.reference)) }
    case .findOtherModel(let model, let number):
      Query(kind: .long) {
        let found = ModelLibrary.otherModel(of: model, besides: setup.modelName)
        return .otherModel(
          found.map { NamedModel(name: ExplorerSetup.title(of: $0.reference), model: $0.model) },
          number: number)
      }
    case .infer(let request, let number):
      Query(kind: .inference) { .inferred(request.result(), number: number) }
    case .analyse(let analysis, let number):
      Query(kind: .analysis) {
        let result = Result { () throws(TensorMismatch) in
          try networks.withLock { (kept) throws(TensorMismatch) in
            try analysis.result(&kept, rest: cooperativeYield.waitWhileSuspended)
          }
        }
        return .analysed(result, number: number)
      }
    case .film(let order, let number):
      Query { .filmed(try order.frames(rest: cooperativeYield.waitWhileSuspended), number: number) }
    case .measure(let kept, let number):
      Query(kind: .long) {
        let snapshot = kept.snapshot
        let model = TypedModel(
          snapshot.configuration, weights: snapshot.weights, at: snapshot.position, data: setup.dataset.name)
        return .measured(
          try QuickEvaluation(of: model, on: setup.dataset.test, rest: cooperativeYield.waitWhileSuspended),
          step: kept.step,
          number: number)
      }
    case .survey(let model, let number):
      Query(kind: .long) {
        .surveyed(
          SliderSurvey(of: try model.encoderOutputs(of: setup.dataset.test, count: surveyCount)),
          number: number)
      }
    case .surveyReadings(let readings, let number):
      Query(kind: .long) { .surveyed(SliderSurvey(of: readings), number: number) }
    case .rank(let model, let measure, let inputValues, let number):
      Query(kind: .long) {
        let errors = try model.errors(
          measure, of: setup.dataset.test, transformedBy: inputValues,
          rest: cooperativeYield.waitWhileSuspended)
        return .ranked(ErrorRanking(errors: errors), number: number)
      }
    case .quit, .redraw, .train, .command, .recall, .save, .saveDrawing, .write, .fetch,
      .stopFetching:
      nil
    }
  }

  private static func entries(of library: Library, besides opened: String) -> [LibraryEntry] {
    switch library {
    case .models, .otherModels:
      ModelLibrary.references(besides: opened).map { LibraryEntry(title: $0.title, reference: $0.reference) }
    case .sketches:
      DrawingLibrary.references().map { LibraryEntry(title: $0.title, reference: $0.path) }
    }
  }

  /// Writes `model` under the first free name in the model folder, unless its weights were written last.
  func save(_ model: TypedModel) {
    write { [self] in
      if let last = lastModel.withLock({ $0 }), last.model.weights == model.weights,
        FileManager.default.fileExists(atPath: last.path)
      {
        return .saved(path: last.path, model, isNew: false)
      }
      let file = try ModelLibrary.write(model)
      lastModel.withLock { $0 = (model, file.path) }
      return .saved(path: file.path, model, isNew: file.isNew)
    }
  }

  /// Writes a drawing under the first free name in the drawing folder, unless a file contains it already.
  func save(_ drawing: Drawing) {
    run(on: saveQueue) { .message(try DrawingLibrary.write(drawing).message) }
  }

  /// Writes a figure under the first free name in the figure folder, unless a file contains it already.
  func write(_ request: FigureRequest) {
    write { .message(try FigureLibrary.write(request).message) }
  }

  /// Writes a file; refused while `maximumWaitingWrites` are pending, so that quitting is not delayed.
  private func write(_ work: @escaping @Sendable () throws -> sending ExplorerEvent?) {
    let isAccepted = waitingWrites.withLock { count in
      guard count < Self.maximumWaitingWrites else { return false }
      count += 1
      return true
    }
    guard isAccepted else { return report(.message("not written: other files are still being written")) }
    run(on: saveQueue) { [self] in
      defer { waitingWrites.withLock { $0 -= 1 } }
      return try work()
    }
  }

  /// Downloads a data set and opens it; reports progress every 0.5 s.
  func fetch(_ name: String) {
    stopsFetching.withLock { $0 = false }
    run(on: fetchQueue) { [self] in
      do {
        let plan = try FetchPlan(set: name)
        let progress = Locked((line: FetchProgress(name: name), said: -Double.infinity))
        try plan.carryOut(
          isCancelled: { self.stopsFetching.withLock { $0 } },
          report: { event in
            guard case .received(let file, let bytes, let count) = event else { return }
            let now = monotonicSeconds()
            let text = progress.withLock { progress -> String? in
              progress.line.note(file: file, bytes: bytes, at: now)
              guard now - progress.said >= 0.5 else { return nil }
              progress.said = now
              return progress.line.text(of: count)
            }
            if let text { self.report(.message(text)) }
          })
        let choice = try DataChoice(name)
        let dataset = try choice.datasetForInference()
        currentSetup.withLock { $0.replaceDataset(choice, dataset, reference: name) }
        trainingImages.withLock { $0 = nil }
        return .fetched(dataset, reference: name)
      } catch {
        report(.fetched(nil, reference: name))
        if case DownloadError.cancelled = error {
          return .message("fetching stopped; G resumes")
        }
        let text = (error as? DownloadError)?.summary(hint: FetchPlan.shortAlternative)
        return .message((text ?? error.sentence).printable)
      }
    }
  }

  /// Cancels a download; the data received so far are kept.
  func stopFetching() { stopsFetching.withLock { $0 = true } }

  /// Reads the training images if necessary and starts the session.
  func train(_ state: TrainingState) {
    let number = newestRun.withLock { number in
      number += 1
      return number
    }
    run { [self] in
      // A newer run has been requested.
      guard newestRun.withLock({ $0 }) == number else { return nil }
      do {
        let images = try readTrainingImages()
        surveys.withLock { $0 = TrainingSurveys() }
        session.start(state, images: images, threads: ProcessInfo.processInfo.activeProcessorCount)
        return .trainingStarted
      } catch {
        return .trainingImpossible(error.sentence.printable)
      }
    }
  }

  /// Makes a model with slider statistics from a snapshot's weights. The statistics are measured rarely, so
  /// that training is hardly slowed down.
  ///
  /// - Parameter isLast: Measures in any case, as no newer weights are expected soon.
  func prepare(_ snapshot: TrainingSnapshot, isLast: Bool) {
    run { [self] in
      var model = TypedModel(
        snapshot.configuration, weights: snapshot.weights, at: snapshot.position, data: setup.dataset.name)
      let (budget, statistics) = surveys.withLock { ($0.budget, $0.statistics) }
      if !isLast, !statistics.isEmpty, !budget.allows(at: monotonicSeconds()) {
        model.details.statistics = statistics
        return .weights(try trained(model), nil)
      }
      let start = WorkBudget.processorSeconds()
      let outputs = try model.encoderOutputs(of: setup.dataset.test, count: Self.trainingSurveyCount)
      model.measureLatents(from: outputs)
      let measured = model.details.statistics
      surveys.withLock { surveys in
        surveys.budget.note(cost: WorkBudget.processorSeconds() - start, at: monotonicSeconds())
        surveys.statistics = measured
      }
      return .weights(try trained(model), SliderSurvey(of: outputs))
    }
  }

  /// A network with a run's weights, ready for inference.
  private func trained(_ model: TypedModel) throws -> sending ModelInUse {
    try counting { try ModelInUse(name: "trained", model: model) }
  }

  /// Statistics of the run's latents, and the budget for measuring them again.
  private struct TrainingSurveys: Sendable {
    var budget = WorkBudget(fraction: 0.003)
    var statistics: [LatentStatistics] = []
  }

  /// The number of images that a survey encodes, for an opened model and during training.
  private static let surveyCount = 1000
  private static let trainingSurveyCount = 300

  private func readTrainingImages() throws -> any ImageSource {
    if let images = trainingImages.withLock({ $0 }) { return images }
    let images = try setup.choice.dataset().training
    trainingImages.withLock { $0 = images }
    return images
  }

  /// Waits until all pending files are written.
  func waitUntilSaved() {
    saveQueue.sync {}
  }

  /// Runs a task; nil for its event if the result is no longer needed.
  private func run(
    on other: DispatchQueue? = nil, _ task: @escaping @Sendable () throws -> sending ExplorerEvent?
  ) {
    (other ?? queue).async { [self] in
      CrashStack.prepareThread()
      do {
        guard let event = try task() else { return }
        report(event)
      } catch {
        report(.message(error.sentence.printable))
      }
    }
  }

  private func report(_ event: sending ExplorerEvent) {
    events.withLock { $0.append(event) }
    wake()
  }
}
