import Datasets
import Networks
import Training

/// The training speeds of presets on the built-in digits.
struct TrainingBenchmark {
  private static let rounds = 9
  let threads: Int
  let limit: TrainingLimit

  /// Images per second for each phase of each subject and for whole recipes of several phases, with one and with all
  /// threads.
  func run(progress: (String) -> Void) throws -> [BenchmarkReport.Training] {
    try TrainingSubject.all.flatMap { try measure($0, progress: progress) }
  }

  /// The speeds of one subject. The thread counts alternate, so that their ratio is independent of drifts of the
  /// machine's speed.
  private func measure(
    _ subject: TrainingSubject, progress: (String) -> Void
  ) throws -> [BenchmarkReport.Training] {
    let counts = TrainingSubject.threadCounts(upTo: threads)
    let phases = subject.preset.recipe.phases
    var weights = TypedAutoencoder(subject.architecture, seed: 1).tensors
    var speeds: [[Double]] = counts.map { _ in [] }
    for phase in phases.indices {
      progress(phases.count == 1 ? "training, \(subject.name)" : "training, phase \(phase + 1)")
      let runs = try counts.map { count in
        try TrainingRun(
          TrainingState(subject.endlessConfiguration, phase: phase, weights: weights), images: subject.images,
          threads: count)
      }
      for (index, speed) in try Self.speeds(of: runs, window: subject.window, rounds: Self.rounds)
        .enumerated()
      { speeds[index].append(speed) }
      // Each phase starts from the weights of the previous one, as in training.
      weights = runs[0].weights
    }
    let limits = limit.imagesPerSecond(subject)
    return zip(counts, speeds).flatMap { count, speeds in
      Self.entries(subject, threads: count, speeds: speeds, limits: limits.map { $0 * Double(count) })
    }
  }

  /// The entries of a subject's phases, and of its whole recipe if it has several.
  private static func entries(
    _ subject: TrainingSubject, threads count: Int, speeds: [Double], limits: [Double]
  ) -> [BenchmarkReport.Training] {
    let recipe = subject.preset.recipe
    func entry(_ phase: String, _ speed: Double, _ limit: Double) -> BenchmarkReport.Training {
      BenchmarkReport.Training(phase: phase, threads: count, imagesPerSecond: speed, limit: limit)
    }
    guard speeds.count > 1 else { return [entry(subject.name, speeds[0], limits[0])] }
    let phases = zip(speeds, limits).enumerated().map { entry(String($0 + 1), $1.0, $1.1) }
    return phases + [entry(subject.name, recipe.speed(ofPhases: speeds), recipe.speed(ofPhases: limits))]
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

extension Recipe {
  /// The speed of the whole recipe, from the speed of each phase.
  func speed(ofPhases speeds: [Double]) -> Double {
    let epochs = phases.map { Double($0.epochs) }
    return epochs.reduce(0, +) / zip(epochs, speeds).reduce(0) { $0 + $1.0 / $1.1 }
  }
}
