import CCurses

/// A handle that wakes the thread waiting for the terminal's events, which then reports `.woken`.
///
/// Usable from every thread, before the terminal opens and after it has closed; several wakes may be reported
/// as one.
public struct TerminalWaker: Sendable {
  /// Creates a waker; all are equivalent, as a process has one terminal.
  public init() {}

  /// Wakes the thread.
  public func wake() {
    terminal_wake()
  }
}
