import Foundation
import Synchronization

/// Notes Ctrl-C, a request to terminate and a terminal that closes, so that long work can end in order; a
/// second one of the same kind ends it at once.
struct Interruption {
  /// The signal that came first; 0 for none. A handler may hardly do more than to note it.
  private static let first = Atomic<Int32>(0)

  private static let isListening = Atomic<Bool>(false)

  /// Listens from now on.
  init() {
    Self.first.store(0, ordering: .relaxed)
    Self.isListening.store(true, ordering: .relaxed)
    // Whoever started the program may have blocked them on the thread that did: this is inherited.
    var blocked = sigset_t()
    sigemptyset(&blocked)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let previous = signal(number) { number in
        _ = Interruption.first.compareExchange(expected: 0, desired: number, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
      // Whoever started the program may have wanted it to outlast the terminal, as nohup does.
      let wasIgnored = unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
      if number == SIGHUP, wasIgnored { signal(number, SIG_IGN) }
      sigaddset(&blocked, number)
    }
    pthread_sigmask(SIG_UNBLOCK, &blocked, nil)
  }

  /// Notes a signal that the program found by itself; false where nothing listens.
  static func note(_ number: Int32) -> Bool {
    guard isListening.load(ordering: .relaxed) else { return false }
    _ = first.compareExchange(expected: 0, desired: number, ordering: .relaxed)
    return true
  }

  /// Whether a signal has come.
  var hasCome: Bool { Self.first.load(ordering: .relaxed) != 0 }

  /// The status to end with: that of the signal that came first.
  var status: ExitStatus {
    let number = Self.first.load(ordering: .relaxed)
    return number == 0 ? .failure : .signal(number)
  }

  /// Has writes fail that would otherwise end the process: into a pipe that nobody reads any more, and beyond
  /// a limit on the size of files.
  static func turnFatalWritesIntoErrors() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
