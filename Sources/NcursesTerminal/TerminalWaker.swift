import CCurses

/// Wakes the thread that waits for the terminal's events, which then reports `.woken`.
///
/// It may be used from every thread, before the terminal opens and after it has closed; many wakes before
/// the thread looks are reported as one.
public struct TerminalWaker: Sendable {
  /// Makes a waker; all of them are alike, since a process has one terminal.
  public init() {}

  /// Wakes the thread.
  public func wake() {
    terminal_wake()
  }
}
