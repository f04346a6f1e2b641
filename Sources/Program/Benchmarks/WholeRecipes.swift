import Datasets
import Primitives
import Training

/// The speed of whole trainings from the first epoch to the last, with one and with all threads.
struct WholeRecipes {
  /// The presets that are trained, on as many built-in digits as MNIST has images.
  static let presets = ["article", "joint", "rotation", "four-coordinates"]
  let threads: Int
  let limit: TrainingLimit

  /// Trains each preset; takes minutes.
  func run(progress: (String) -> Void) throws -> [BenchmarkReport.Training] {
    let images = Digits.dataset().training
    return try Self.presets.flatMap { name in
      let subject = TrainingSubject(name, images, window: 0)
      let limits = limit.imagesPerSecond(subject)
      return try TrainingSubject.threadCounts(upTo: threads).map { count in
        progress("whole recipe of \(name), \(count) thread\(count == 1 ? "" : "s")")
        return try Self.measure(subject, threads: count, limits: limits.map { $0 * Double(count) })
      }
    }
  }

  /// Trains one subject to the end of its recipe.
  ///
  /// - Parameter limits: the limit of each phase with that many threads, in images per second.
  static func measure(
    _ subject: TrainingSubject, threads count: Int, limits: [Double]
  ) throws -> BenchmarkReport.Training {
    let recipe = subject.preset.recipe
    let run = try TrainingRun(
      TrainingConfiguration(architecture: subject.architecture, recipe: recipe, seed: 1),
      images: subject.images, threads: count)
    // The speed of each epoch, by phase.
    var speeds = recipe.phases.map { _ in [Double]() }
    while run.phase != nil {
      let phase = run.position.phase
      speeds[phase].append(try speedOfEpoch(run))
    }
    return BenchmarkReport.Training(
      phase: subject.name, threads: count,
      imagesPerSecond: recipe.speed(ofPhases: speeds.map(meanSpeed)), limit: recipe.speed(ofPhases: limits),
      lastToFirst: speeds.map { ratio($0.last ?? 0, to: $0.first ?? 0) })
  }

  /// The images per second until the end of the epoch.
  private static func speedOfEpoch(_ run: TrainingRun) throws -> Double {
    var images = 0
    let seconds = try Stopwatch.seconds {
      while let report = try run.step() {
        images += report.images
        if report.endsEpoch { break }
      }
    }
    return Double(images) / seconds
  }

  /// The speed over epochs of equal size.
  private static func meanSpeed(_ speeds: [Double]) -> Double {
    Double(speeds.count) / speeds.reduce(0) { $0 + 1 / $1 }
  }
}
