import Datasets
import Essentials
import Explorer
import Libraries
import Networks
import Primitives
import Training

/// Training as the explorer controls it.
protocol TrainingControl: Sendable {
  func start(_ state: TrainingState, images: any ImageSource, threads: Int)
  func send(_ command: TrainingSession.Command)
  func receiveUpdate() -> TrainingUpdate
  func wakeOnUpdate()
  func end()
  func waitUntilIdle()
}

extension TrainingSession: TrainingControl {}

/// The images of runs, and the measurements of their weights.
struct TrainingPreparation: Sendable {
  /// The training images, once read.
  var images: (any ImageSource)?
  /// The number of the run that was requested last.
  var newestRun = 0
  /// The budget for measuring statistics of the run's latents.
  var budget = fullBudget
  var statistics: [LatentStatistics] = []

  private static let fullBudget = WorkBudget(fraction: 0.003)

  /// Forgets the measurements of an earlier run.
  mutating func beginRun() { (budget, statistics) = (Self.fullBudget, []) }
}

extension BackgroundTasks {
  /// The number of images that are encoded for the statistics.
  private static let imageCount = 300

  /// Reads the training images if necessary and starts the run.
  func train(_ state: TrainingState) {
    let number = preparation.withLock { preparation in
      preparation.newestRun += 1
      return preparation.newestRun
    }
    run { [self] in
      // A newer run has been requested.
      guard preparation.withLock({ $0.newestRun }) == number else { return nil }
      do {
        let images = try readTrainingImages()
        preparation.withLock { $0.beginRun() }
        training.start(
          state, images: images.fitted(to: state.configuration.architecture.imageShape),
          threads: ProcessInfo.processInfo.activeProcessorCount)
        return .trainingStarted
      } catch {
        return .trainingImpossible(error.sentence.printable)
      }
    }
  }

  private func readTrainingImages() throws -> any ImageSource {
    if let images = preparation.withLock({ $0.images }) { return images }
    let images = try setup.opened.choice.dataset().training
    preparation.withLock { $0.images = images }
    return images
  }

  /// Makes a model with slider statistics from a snapshot's weights. The statistics are measured rarely, so
  /// that training is hardly slowed down.
  ///
  /// - Parameter isLast: Measures in any case, as no newer weights are expected soon.
  func prepare(_ snapshot: TrainingSnapshot, isLast: Bool) {
    run { [self] in
      var model = TypedModel(snapshot, data: setup.dataset.name)
      let (budget, statistics) = preparation.withLock { ($0.budget, $0.statistics) }
      if !isLast, !statistics.isEmpty, !budget.allows(at: clocks.seconds()) {
        model.details.statistics = statistics
        return .weights(try trained(model), nil)
      }
      let start = clocks.threadSeconds()
      let outputs = try model.encoderOutputs(
        of: setup.dataset.test.fitted(to: model.architecture.imageShape), count: Self.imageCount)
      model.measureLatents(from: outputs)
      let measured = model.details.statistics
      preparation.withLock { preparation in
        preparation.budget.note(cost: clocks.threadSeconds() - start, at: clocks.seconds())
        preparation.statistics = measured
      }
      return .weights(try trained(model), SliderSurvey(of: outputs))
    }
  }

  /// A network with a run's weights, ready for inference.
  private func trained(_ model: TypedModel) throws -> ModelInUse {
    try counting { try ModelInUse(name: "trained", model: model) }
  }
}
