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

  /// The slowdown of an epoch, and the processor time of other threads, in percent.
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
    guard let plain = epochSeconds(headless), let slowed = epochSeconds(explored) else { return nil }
    return 100 * (1 - plain / slowed)
  }

  /// The duration of an epoch: the median over all pairs of epochs of the time between their starts ÷ their distance (the
  /// Theil–Sen estimator), which is robust to short disturbances and to starts that are seen up to 0.1 s late.
  private static func epochSeconds(_ starts: [Int: Double]) -> Double? {
    let all = epochs.lowerBound...epochs.upperBound
    let seen = all.compactMap { epoch in starts[epoch].map { (epoch: epoch, start: $0) } }
    guard seen.count == all.count else { return nil }
    return median(
      seen.indices.flatMap { first in
        seen[(first + 1)...].map { ($0.start - seen[first].start) / Double($0.epoch - seen[first].epoch) }
      })
  }
}
