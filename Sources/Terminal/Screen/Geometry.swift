/// An extent in terminal cells; a cell is about twice as high as it is wide.
public struct Size: Hashable, Sendable {
  /// The number of columns, not negative.
  public let width: Int
  /// The number of rows, not negative.
  public let height: Int

  /// Creates an extent; negative lengths count as 0.
  public init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }
}

/// A region of a canvas in cells, from column 0 at the left and row 0 at the top.
public struct Rectangle: Hashable, Sendable {
  /// The leftmost column.
  public let column: Int
  /// The topmost row.
  public let row: Int
  /// The extent.
  public let size: Size

  /// Creates a region; negative lengths count as 0.
  public init(column: Int, row: Int, width: Int, height: Int) {
    self.column = column
    self.row = row
    size = Size(width: width, height: height)
  }

  /// The number of columns.
  public var width: Int { size.width }
  /// The number of rows.
  public var height: Int { size.height }
  /// The range of columns.
  public var columns: Range<Int> { column..<column + width }
  /// The range of rows.
  public var rows: Range<Int> { row..<row + height }
  /// Tells whether the region has no cells.
  public var isEmpty: Bool { width == 0 || height == 0 }

  /// The intersection of both regions.
  public func intersection(_ other: Rectangle) -> Rectangle {
    let left = max(column, other.column)
    let top = max(row, other.row)
    return Rectangle(
      column: left, row: top, width: min(columns.upperBound, other.columns.upperBound) - left,
      height: min(rows.upperBound, other.rows.upperBound) - top)
  }

  /// The region without `horizontal` columns at the left and right and `vertical` rows above and below.
  public func inset(horizontal: Int = 1, vertical: Int = 1) -> Rectangle {
    Rectangle(
      column: column + min(horizontal, width / 2), row: row + min(vertical, height / 2),
      width: width - 2 * horizontal, height: height - 2 * vertical)
  }

  /// A line of the region, counted from its top; empty where there is none.
  public func line(_ index: Int) -> Rectangle {
    let exists = (0..<height).contains(index)
    return Rectangle(column: column, row: row + index, width: exists ? width : 0, height: exists ? 1 : 0)
  }

  /// The upper `height` rows and the rows below.
  public func split(top height: Int) -> (top: Rectangle, rest: Rectangle) {
    let taken = min(max(0, height), self.height)
    return (
      Rectangle(column: column, row: row, width: width, height: taken),
      Rectangle(column: column, row: row + taken, width: width, height: self.height - taken)
    )
  }

  /// The left `width` columns and the columns beside.
  public func split(left width: Int) -> (left: Rectangle, rest: Rectangle) {
    let taken = min(max(0, width), self.width)
    return (
      Rectangle(column: column, row: row, width: taken, height: height),
      Rectangle(column: column + taken, row: row, width: self.width - taken, height: height)
    )
  }

  /// A region of `size`, clipped, in the middle of this one.
  public func centered(_ size: Size) -> Rectangle {
    let width = min(size.width, self.width)
    let height = min(size.height, self.height)
    return Rectangle(
      column: column + (self.width - width) / 2, row: row + (self.height - height) / 2, width: width,
      height: height)
  }
}
