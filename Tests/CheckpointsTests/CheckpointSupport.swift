import Coordinates
import Datasets
import Networks

@testable import Checkpoints
@testable import Training

/// Small checkpoints of runs that never were.
enum TinyCheckpoint {
  static func facts(writesHalf: Bool = false) -> RunFacts {
    let images = StoredImages(pixels: [UInt8](repeating: 3, count: 784), labels: [0])
    let dataset = Dataset(name: "tiny", title: "", classNames: [], training: images, test: images)
    return RunFacts(
      dataName: "tiny", dataSource: "/some/“folder”", data: DatasetIdentity(of: dataset),
      writesHalf: writesHalf)
  }

  /// A checkpoint within phase 1, after `steps` steps, with moments of everything that learns.
  static func checkpoint(
    steps: Int = 7, heldOut: Double? = nil, phase: Int = 0,
    architecture: NetworkArchitecture = NetworkArchitecture(schema: .article, hidden: [2, 1]),
    recipe: Recipe = .article()
  ) -> Checkpoint {
    var state = TrainingState(
      TrainingConfiguration(architecture: architecture, recipe: recipe, seed: .max, heldOutCount: 17))
    state.position = TrainingPosition(phase: phase, epoch: 2, batch: 3)
    state.optimizerSteps = steps
    state.moments = state.weights.flatMap { tensor in
      [".exp_avg", ".exp_avg_sq"].map {
        NamedTensor(name: tensor.name + $0, shape: tensor.shape, values: tensor.values.map { $0 * $0 })
      }
    }
    // Numbers that a careless text form would change.
    state.moments[0].values[0] = .leastNonzeroMagnitude
    state.moments[1].values[0] = -0.0
    var progress = RunProgress()
    progress.steps = steps
    progress.seconds = 0.1 + 0.2
    progress.heldOut = heldOut.map { RunProgress.HeldOutLoss(phase: phase, loss: $0) }
    progress.metricsLines = 5
    progress.sinceLine.add(
      StepReport(
        position: state.position, images: 3,
        losses: Losses(total: 1 / 3, reconstruction: 1e-300, coordinates: .pi, stages: 0.1),
        heldOut: nil, endsEpoch: false, endsPhase: false))
    return Checkpoint(state: state, run: facts(), progress: progress)
  }
}
