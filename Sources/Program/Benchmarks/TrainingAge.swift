import Datasets
import Networks
import Training

/// A comparison of training in the first and in a later epoch of one run.
///
/// Weights and moments have other values late in a run: where nothing was flushed, moments without a gradient
/// would have decayed to subnormal numbers by then, and steps would take longer. The run is real: it learns all
/// batches of the epochs before the last one.
struct TrainingAge {
  /// The images of an epoch, as many as MNIST has.
  var imageCount = 60_000
  /// The epoch of phase 1 that is compared with the first one.
  var lastEpoch = 5
  /// The time for the epochs before it; a machine that needs more is measured in the epoch that it reaches.
  var mostSeconds = 20.0
  /// The seconds of a window in which one of both is measured.
  var window = 0.1
  /// The number of windows of each.
  var rounds = 7
  /// The number of threads that train the epochs in between; one thread is measured.
  let threads: Int

  /// Measures both epochs in windows that take turns, so that a drift of the machine's speed slows both.
  func run(progress: (String) -> Void) throws -> BenchmarkReport.Age {
    let images = ImageSlice(of: Digits.dataset().training, 0..<imageCount)
    let configuration = TrainingConfiguration(
      architecture: .article, recipe: .article(epochs: [9999, 0, 0]), seed: 1, heldOutCount: 0)
    let start = TrainingState(configuration)
    progress("training, epochs 1 to \(lastEpoch)")
    let aged = try age(TrainingRun(start, images: images, threads: threads))
    let epoch = aged.position.epoch + 1
    let runs = try [start, aged].map { try TrainingRun($0, images: images, threads: 1) }
    let speeds = try TrainingBenchmark.speeds(of: runs, window: window, rounds: rounds)
    return BenchmarkReport.Age(
      imagesPerEpoch: imageCount, lastEpoch: epoch, firstImagesPerSecond: speeds[0],
      lastImagesPerSecond: speeds[1])
  }

  /// The state at the beginning of the last epoch, or where the time was over.
  private func age(_ run: TrainingRun) throws -> TrainingState {
    var seconds = 0.0
    while run.position.epoch + 1 < lastEpoch, seconds < mostSeconds {
      seconds += try Stopwatch.seconds { _ = try run.step() }
    }
    return run.state
  }
}
