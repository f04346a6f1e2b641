import Foundation
import PseudoTerminals

/// The slowdown of training in an idle open explorer against `train`.
///
/// Both train identically on all threads and alternate, one stopped while the other runs, so that drifts of
/// the machine's speed affect both. On a shared machine the processor time of the other threads is more
/// reliable: as the training threads wait for each other, extra work on one core delays all of them.
struct TrainingSlowdown {
  private static let turn = Duration.seconds(1)
  private static let maximumTurns = 60
  /// Epochs of the first phase, which has 25; the first ones are slower.
  private static let epochs = 3..<21
  let program: String
  let home: String

  /// The slowdown of the median epoch, and the processor time of other threads, in percent.
  func measures() throws -> [Measure] {
    let headless = TrainingPace(
      try start([
        "train", "--data", "digits", "--preset", "article", "--output", "\(home)/run", "--overwrite",
      ]))
    let explored = TrainingPace(try start(["--data", "digits", "--model", "article", "--train"]))
    var start: (running: Duration, times: ThreadTimes?)?
    for turn in 0..<Self.maximumTurns where min(headless.epoch, explored.epoch) < Self.epochs.upperBound {
      for pace in turn % 2 == 0 ? [headless, explored] : [explored, headless] { pace.run(Self.turn) }
      if start == nil, explored.epoch > 0 { start = (explored.running, explored.threadTimes) }
    }
    var fraction: Double?
    if let start, let before = start.times, let after = explored.threadTimes, explored.running > start.running
    {
      let threads = ProcessInfo.processInfo.activeProcessorCount
      fraction =
        100 * after.since(before, exceptBusiest: threads) / ((explored.running - start.running) / .seconds(1))
    }
    return [
      Measure(
        "training slowed by an open explorer",
        Self.slowdown(headless: headless.starts, explored: explored.starts), "%", limit: 3),
      Measure("the same, one core's time beside training", fraction, "%", limit: 3),
    ]
  }

  private func start(_ arguments: [String]) throws -> PseudoTerminal {
    try PseudoTerminal(
      [program] + arguments, environment: MeasuredExplorer.environment(home: home), width: 100, height: 30)
  }

  /// The slowdown in percent, from the start times of the epochs in seconds; nil where an epoch was not seen.
  static func slowdown(headless: [Int: Double], explored: [Int: Double]) -> Double? {
    guard let plain = medianEpoch(headless), let slowed = medianEpoch(explored) else { return nil }
    return 100 * (1 - plain / slowed)
  }

  /// The median duration of an epoch, which is robust to short disturbances.
  private static func medianEpoch(_ starts: [Int: Double]) -> Double? {
    let seconds = epochs.compactMap { epoch in
      starts[epoch].flatMap { start in starts[epoch + 1].map { $0 - start } }
    }
    return seconds.count == epochs.count ? median(seconds) : nil
  }
}
