/// A terminal that shows canvases and reports keys and the mouse, for use on the thread that created it.
public protocol Terminal: AnyObject {
  /// The current extent in cells.
  var size: Size { get }
  /// The capabilities.
  var capabilities: Capabilities { get }
  /// The number of bytes that the canvases took so far.
  var sentBytes: Int { get }

  /// Shows a canvas, clipped to the terminal; the rest of the terminal is blank.
  func present(_ canvas: Canvas)

  /// Redraws every cell with the next canvas, because something else may have written to the screen.
  func invalidate()

  /// Waits for events and returns all since the last call.
  ///
  /// - Parameter timeout: the longest wait; nil for no limit.
  /// - Returns: the events in order; empty after the timeout.
  func waitForEvents(timeout: Duration?) -> [TerminalEvent]
}

/// An event of a terminal.
public enum TerminalEvent: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// A mouse event; each report is an event of its own.
  case mouse(MouseEvent)
  /// Pasted text, bracketed or not; the payload is its first nonempty line.
  case pasted(String)
  /// The terminal was resized or must be redrawn.
  case resized(Size)
  /// Another thread woke the terminal.
  case woken
  /// The events have ended; nothing follows.
  case ended(EndReason)
}

/// The reason for which a terminal's events end.
public enum EndReason: Hashable, Sendable {
  /// The terminal was closed, or the input ended.
  case endOfInput
  /// The program received a signal to terminate, such as SIGINT for Ctrl-C.
  case signal(Int32)
}
