import Datasets
import Networks
import Training

/// The training speed of the article's recipe on the built-in digits.
struct TrainingBenchmark {
  private static let imageCount = 20_000
  private static let window = 0.15
  private static let rounds = 9
  let threads: Int

  /// Images per second for each phase and for the whole recipe, with one and with all threads.
  ///
  /// The thread counts alternate, so that their ratio is independent of drifts of the machine's speed. The
  /// speed of the whole recipe is the phases' speed weighted by their epochs.
  func run(progress: (String) -> Void) throws -> [BenchmarkReport.Training] {
    let training = Digits.dataset().training
    let images = ImageSlice(of: training, training.count - Self.imageCount..<training.count)
    let counts = threads > 1 ? [1, threads] : [1]
    let recipe = Recipe.article(epochs: Recipe.articleEpochs)
    var weights = TypedAutoencoder(.article, seed: 1).tensors
    var speeds: [[Double]] = counts.map { _ in [] }
    for phase in recipe.phases.indices {
      progress("training, phase \(phase + 1)")
      // Phases long enough that the measurement does not reach their end.
      let configuration = TrainingConfiguration(
        architecture: .article, recipe: .article(epochs: [9999, 9999, 9999]), seed: 1)
      let runs = try counts.map { count in
        try TrainingRun(
          TrainingState(configuration, phase: phase, weights: weights), images: images, threads: count)
      }
      for (index, speed) in try Self.speeds(of: runs, window: Self.window, rounds: Self.rounds)
        .enumerated()
      { speeds[index].append(speed) }
      // Each phase starts from the weights of the previous one, as in training.
      weights = runs[0].weights
    }
    return zip(counts, speeds).flatMap { count, speeds in
      let epochs = recipe.phases.map { Double($0.epochs) }
      let time = zip(epochs, speeds).reduce(0) { $0 + $1.0 / $1.1 }
      let all = speeds.enumerated().map { (phase: String($0 + 1), speed: $1) }
      return (all + [(phase: "article", speed: epochs.reduce(0, +) / time)]).map {
        BenchmarkReport.Training(phase: $0.phase, threads: count, imagesPerSecond: $0.speed)
      }
    }
  }

  /// The median speed of each run over several alternating windows.
  static func speeds(of runs: [TrainingRun], window: Double, rounds: Int) throws -> [Double] {
    var samples: [[Double]] = runs.map { _ in [] }
    for run in runs { _ = try speed(of: run, seconds: window) }
    for _ in 0..<rounds {
      for (index, run) in runs.enumerated() {
        samples[index].append(try speed(of: run, seconds: window))
      }
    }
    return samples.map(Stopwatch.median)
  }

  private static func speed(of run: TrainingRun, seconds: Double) throws -> Double {
    var images = 0
    var elapsed = 0.0
    while elapsed < seconds {
      elapsed += try Stopwatch.seconds {
        for _ in 0..<8 { images += try run.step()?.images ?? 0 }
      }
    }
    return Double(images) / elapsed
  }
}
