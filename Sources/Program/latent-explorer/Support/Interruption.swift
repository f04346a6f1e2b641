import Essentials
import Synchronization

/// Records SIGINT, SIGTERM and SIGHUP, so that long work can end in order; a second SIGINT or SIGTERM ends it at
/// once. A closed terminal sends SIGHUP more than once, by the shell and by the system.
struct Interruption {
  /// The signal that came first, or 0. A signal handler can do little more than record it.
  private static let first = Atomic<Int32>(0)

  private static let isListening = Atomic<Bool>(false)

  /// Installs the handlers.
  init() {
    Self.first.store(0, ordering: .relaxed)
    Self.isListening.store(true, ordering: .relaxed)
    // The parent process may have blocked the signals, and a blocked mask is inherited.
    var blocked = sigset_t()
    sigemptyset(&blocked)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let previous = signal(number) { number in
        _ = Interruption.first.compareExchange(expected: 0, desired: number, ordering: .relaxed)
        if number != SIGHUP { signal(number, SIG_DFL) }
      }
      // The parent process may have ignored the signal so that the program outlasts the terminal, as nohup
      // does.
      let wasIgnored = unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
      if number == SIGHUP, wasIgnored { signal(number, SIG_IGN) }
      sigaddset(&blocked, number)
    }
    pthread_sigmask(SIG_UNBLOCK, &blocked, nil)
  }

  /// Records a signal that the program raises itself; returns false if no handlers are installed.
  static func note(_ number: Int32) -> Bool {
    guard isListening.load(ordering: .relaxed) else { return false }
    _ = first.compareExchange(expected: 0, desired: number, ordering: .relaxed)
    return true
  }

  /// True after a signal.
  var hasCome: Bool { Self.first.load(ordering: .relaxed) != 0 }

  /// The exit status: that of the first signal.
  var status: ExitStatus {
    let number = Self.first.load(ordering: .relaxed)
    return number == 0 ? .failure : .signal(number)
  }

  /// Turns signals into errors of the write: SIGPIPE for a pipe without a reader, and SIGXFSZ for a file
  /// above the size limit.
  static func turnFatalWritesIntoErrors() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
