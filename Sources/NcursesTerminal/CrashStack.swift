import CCurses

/// What a thread needs so that the terminal is restored when it overflows its stack.
public enum CrashStack {
  /// Gives the calling thread a stack of its own for handlers of signals: 64 kB until the thread ends.
  ///
  /// The thread that opens the terminal has one already. Harmless, and quick, when done again.
  public static func prepareThread() {
    terminal_signals_prepare_thread()
  }
}
