import PseudoTerminals

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The training speed of a program on a pseudo-terminal, by a clock that stops while the program is stopped.
///
/// The output is drawn only while the program is stopped, to keep the disturbance small.
final class TrainingPace {
  private let terminal: PseudoTerminal
  /// The running time of the program.
  private(set) var running = Duration.zero
  /// The running times at which each epoch of the first phase was first shown, in seconds.
  private(set) var starts: [Int: Double] = [:]

  /// Starts the observation and stops the program.
  init(_ terminal: PseudoTerminal) {
    self.terminal = terminal
    terminal.signal(SIGSTOP)
  }

  /// The processor time of each thread so far.
  var threadTimes: ThreadTimes? { ThreadTimes(of: terminal.process) }

  /// The latest epoch that has begun.
  var epoch: Int { starts.keys.max() ?? 0 }

  /// Lets the program run for a duration.
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
