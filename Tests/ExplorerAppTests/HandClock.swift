import Primitives

@testable import ExplorerApp

/// Clocks that a test moves.
final class HandClock: Sendable {
  private struct Times {
    var seconds = 0.0
    var threadSeconds = 0.0
    var secondsPerReading = 0.0
    var threadSecondsPerReading = 0.0
  }

  private let times = Locked(Times())

  var clocks: Clocks {
    Clocks(
      seconds: { [times] in
        times.withLock { times in
          defer { times.seconds += times.secondsPerReading }
          return times.seconds
        }
      },
      threadSeconds: { [times] in
        times.withLock { times in
          defer { times.threadSeconds += times.threadSecondsPerReading }
          return times.threadSeconds
        }
      })
  }

  var seconds: Double {
    get { times.withLock { $0.seconds } }
    set { times.withLock { $0.seconds = newValue } }
  }

  /// The time that passes whenever the loop reads the clock, as if it worked meanwhile.
  func setSecondsPerReading(_ seconds: Double) { times.withLock { $0.secondsPerReading = seconds } }

  /// The processor time of a measured piece of work.
  func setThreadSecondsPerReading(_ seconds: Double) {
    times.withLock { $0.threadSecondsPerReading = seconds }
  }
}
