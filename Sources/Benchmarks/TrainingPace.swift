import PseudoTerminals

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How fast a program on a pseudo-terminal trains, by a clock that stands while the program is stopped.
///
/// Nothing is drawn while the program runs, so that watching it takes next to no time from it.
final class TrainingPace {
  private let terminal: PseudoTerminal
  /// How long the program has run.
  private(set) var running = Duration.zero
  /// When each epoch of the first phase was first shown, in seconds of running time.
  private(set) var starts: [Int: Double] = [:]

  /// Starts to watch a program, which is stopped at once.
  init(_ terminal: PseudoTerminal) {
    self.terminal = terminal
    terminal.signal(SIGSTOP)
  }

  /// The processor time of each thread so far.
  var threadTimes: ThreadTimes? { ThreadTimes(of: terminal.process) }

  /// The latest epoch that has begun.
  var epoch: Int { starts.keys.max() ?? 0 }

  /// Lets the program run for a while.
  func run(_ time: Duration) {
    let start = ContinuousClock.now
    terminal.signal(SIGCONT)
    let pieces = terminal.record(until: start + time)
    terminal.signal(SIGSTOP)
    let end = ContinuousClock.now
    for piece in pieces {
      terminal.draw(piece)
      guard let epoch = ExplorerScreen(terminal.screen).firstPhaseEpoch, starts[epoch] == nil else {
        continue
      }
      starts[epoch] = (running + (piece.instant - start)) / .seconds(1)
    }
    running += end - start
  }
}
