import CCurses

/// An alternate signal stack, which lets the terminal be restored after a stack overflow.
public enum CrashStack {
  /// Installs an alternate signal stack of 64 kB for the calling thread until the thread ends.
  ///
  /// The thread that opens the terminal has one already. Repeated calls have no effect.
  public static func prepareThread() {
    terminal_signals_prepare_thread()
  }
}
