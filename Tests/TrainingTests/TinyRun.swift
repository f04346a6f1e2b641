import Goldens
import Networks
import Testing
import Training

/// A small network and a short recipe: 57 images to learn from in batches of 8, the last one of 1 image.
enum TinyRun {
  static let heldOutCount = 3
  static let batchesPerEpoch = 8
  static let epochs = [2, 1, 2]

  static func configuration(
    seed: UInt64 = 1, epochs: [Int] = epochs, batchSize: Int = 8, learningRate: Double = 3e-3,
    heldOutCount: Int = heldOutCount, hidden: [Int] = [16, 8]
  ) -> TrainingConfiguration {
    var recipe = Recipe.article(epochs: epochs)
    recipe.batchSize = batchSize
    recipe.learningRate = learningRate
    return TrainingConfiguration(
      architecture: NetworkArchitecture(schema: .article, hidden: hidden), recipe: recipe, seed: seed,
      heldOutCount: heldOutCount)
  }

  static func start(
    _ configuration: TrainingConfiguration, images: BlobImages = BlobImages(), threads: Int = 1
  ) throws(TrainingError) -> TrainingRun {
    try TrainingRun(configuration, images: images, threads: threads)
  }

  /// All steps up to the end.
  static func finish(_ run: TrainingRun) throws(TrainingError) -> [StepReport] {
    var reports: [StepReport] = []
    while let report = try run.step() { reports.append(report) }
    return reports
  }

  /// Trains to the end, and expects the same next step from every state on the way, with one thread or two.
  static func interruptedAtEveryStep(
    _ configuration: TrainingConfiguration
  ) throws(TrainingError) -> (run: TrainingRun, states: [TrainingState], reports: [StepReport]) {
    let run = try start(configuration)
    var states = [run.state]
    var reports: [StepReport] = []
    while let report = try run.step() {
      reports.append(report)
      states.append(run.state)
    }
    for (index, report) in reports.enumerated() {
      let resumed = try TrainingRun(states[index], images: BlobImages(), threads: 1 + index % 2)
      #expect(resumed.state == states[index], "before step \(index)")
      let next = try resumed.step()
      #expect(next == report, "step \(index)")
      #expect(resumed.state == states[index + 1], "after step \(index)")
    }
    return (run, states, reports)
  }

  /// The tensors' bits, so that not even the sign of a zero is forgiven.
  static func bits(_ tensors: [NamedTensor]) -> [[UInt32]] {
    tensors.map { $0.values.map(\.bitPattern) }
  }
}
