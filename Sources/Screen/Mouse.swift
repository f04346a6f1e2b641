/// What a person did with the mouse, and over which cell.
public struct MouseEvent: Hashable, Sendable {
  /// What was done; the buttons other than the left one are not reported.
  public enum Kind: Hashable, Sendable {
    /// The left button went down.
    case press
    /// The mouse moved to another cell with the left button down.
    case drag
    /// The left button came up.
    case release
    /// The wheel turned by one notch.
    case wheelUp, wheelDown
  }

  /// What was done.
  public var kind: Kind
  /// The cell's column, from 0. It may lie beyond the terminal's edge just after a change of size.
  public var column: Int
  /// The cell's row, from 0. It may lie beyond the terminal's edge just after a change of size.
  public var row: Int
  /// Whether Shift was held. Many terminals keep clicks with Shift to themselves, to select text.
  public var isShifted: Bool

  /// An event over a cell.
  public init(_ kind: Kind, column: Int, row: Int, isShifted: Bool = false) {
    self.kind = kind
    self.column = column
    self.row = row
    self.isShifted = isShifted
  }
}
