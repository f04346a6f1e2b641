import Foundation
import PseudoTerminals

/// How much slower the article's recipe trains in an open explorer that nobody touches than with `train`.
///
/// Both learn the same from the same images on all threads. They take turns, one stopped while the
/// other runs, so that the machine's own drift slows both alike. On a machine that others use too, that is not
/// enough; there the processor time of the threads that do not train says more: as the training threads wait
/// for each other, what one core does beside holds all of them up.
struct TrainingSlowdown {
  private static let turn = Duration.seconds(1)
  private static let mostTurns = 60
  /// Epochs of the first phase, which has 25; the first ones are slower.
  private static let rounds = [3..<7, 7..<11, 11..<15]
  let program: String
  let home: String

  /// The median slowdown of several rounds and its extremes, in percent.
  func measures() throws -> [Measure] {
    let headless = TrainingPace(
      try start([
        "train", "--data", "digits", "--preset", "article", "--output", "\(home)/run", "--overwrite",
      ]))
    let explored = TrainingPace(try start(["--data", "digits", "--model", "article", "--train"]))
    let end = Self.rounds.last?.upperBound ?? 0
    var start: (running: Duration, times: ThreadTimes?)?
    for turn in 0..<Self.mostTurns where min(headless.epoch, explored.epoch) < end {
      for pace in turn % 2 == 0 ? [headless, explored] : [explored, headless] { pace.run(Self.turn) }
      if start == nil, explored.epoch > 0 { start = (explored.running, explored.threadTimes) }
    }
    var share: Double?
    if let start, let before = start.times, let after = explored.threadTimes, explored.running > start.running
    {
      let threads = ProcessInfo.processInfo.activeProcessorCount
      share =
        100 * after.since(before, exceptBusiest: threads) / ((explored.running - start.running) / .seconds(1))
    }
    return Self.measures(headless: headless.starts, explored: explored.starts) + [
      Measure("the same, one core's time beside training", share, "%", limit: 3)
    ]
  }

  private func start(_ arguments: [String]) throws -> PseudoTerminal {
    try PseudoTerminal(
      [program] + arguments, environment: MeasuredExplorer.environment(home: home), width: 100, height: 30)
  }

  /// From the seconds at which each epoch began.
  static func measures(headless: [Int: Double], explored: [Int: Double]) -> [Measure] {
    func slowdown(_ epochs: Range<Int>) -> Double? {
      guard let plain = seconds(headless, epochs), let slowed = seconds(explored, epochs) else { return nil }
      return 100 * (1 - plain / slowed)
    }
    let each = rounds.compactMap(slowdown)
    let median = each.isEmpty ? nil : Stopwatch.median(each)
    return [
      Measure("training slowed by an open explorer", median, "%", limit: 3),
      Measure("the same, least of \(each.count) rounds", each.min(), "%"),
      Measure("the same, most", each.max(), "%"),
    ]
  }

  private static func seconds(_ starts: [Int: Double], _ epochs: Range<Int>) -> Double? {
    guard let start = starts[epochs.lowerBound], let end = starts[epochs.upperBound] else { return nil }
    return end - start
  }
}
