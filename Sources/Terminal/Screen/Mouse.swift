/// A mouse event over a cell.
public struct MouseEvent: Hashable, Sendable {
  /// The kind of event; only the left button and the wheel are reported.
  public enum Kind: Hashable, Sendable {
    /// The left button was pressed.
    case press
    /// The mouse moved to another cell with the left button pressed.
    case drag
    /// The left button was released.
    case release
    /// The wheel turned by one notch.
    case wheelUp, wheelDown
  }

  /// The kind of event.
  public var kind: Kind
  /// The cell's column, from 0, possibly beyond the edge just after a resize.
  public var column: Int
  /// The cell's row, from 0, possibly beyond the edge just after a resize.
  public var row: Int
  /// Shift was pressed. Many terminals reserve clicks with Shift for selecting text.
  public var isShifted: Bool

  /// Creates an event.
  public init(_ kind: Kind, column: Int, row: Int, isShifted: Bool = false) {
    self.kind = kind
    self.column = column
    self.row = row
    self.isShifted = isShifted
  }
}
