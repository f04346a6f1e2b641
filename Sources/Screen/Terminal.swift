/// A place that shows canvases and reports keys and the mouse. It belongs to the thread that made it.
public protocol Terminal: AnyObject {
  /// The extent in cells now.
  var size: Size { get }
  /// What can be shown.
  var capabilities: Capabilities { get }

  /// Shows a canvas; what lies beyond the terminal's edge is cut, what the canvas leaves free is blank.
  func present(_ canvas: Canvas)

  /// Draws every cell afresh when a canvas is shown next, because something else may have written on the screen.
  func invalidate()

  /// Waits until something happens, then reports everything that has happened since the last call.
  ///
  /// - Parameter timeout: How long to wait at most; nil waits for as long as it takes.
  /// - Returns: The events in order, none when the time ran out.
  func waitForEvents(timeout: Duration?) -> [TerminalEvent]
}

/// What a terminal reports.
public enum TerminalEvent: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse was used. Every report is its own event, however many a drag makes.
  case mouse(MouseEvent)
  /// A text was pasted, with or without marks around it; this is its first line that is not empty.
  case pasted(String)
  /// The terminal now has this extent, or has to be drawn afresh.
  case resized(Size)
  /// Another thread asked for attention.
  case woken
  /// The terminal is gone or the program is asked to leave; nothing follows.
  case ended(EndReason)
}

/// Why a terminal's events end.
public enum EndReason: Hashable, Sendable {
  /// The terminal was closed, or the input is at its end.
  case endOfInput
  /// The program was sent a signal, such as SIGINT for Ctrl-C, that asks it to leave.
  case signal(Int32)
}
