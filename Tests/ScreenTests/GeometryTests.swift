import Testing

@testable import Screen

@Suite struct GeometryTests {
  @Test func negativeLengthsAreNothing() {
    #expect(Size(width: -3, height: 2) == Size(width: 0, height: 2))
    #expect(Rectangle(column: 1, row: 1, width: -1, height: 5).isEmpty)
  }

  @Test func splitsCoverTheWholeAndNeverMore() {
    let region = Rectangle(column: 2, row: 3, width: 10, height: 4)
    for length in [-1, 0, 3, 4, 10, 99] {
      let (top, below) = region.split(top: length)
      #expect(top.height + below.height == 4)
      #expect(top.rows.upperBound == below.row)
      let (left, beside) = region.split(left: length)
      #expect(left.width + beside.width == 10)
      #expect(left.columns.upperBound == beside.column)
    }
  }

  @Test func insetIntersectionLinesAndCentre() {
    let region = Rectangle(column: 2, row: 3, width: 10, height: 4)
    #expect(region.inset() == Rectangle(column: 3, row: 4, width: 8, height: 2))
    #expect(region.line(1) == Rectangle(column: 2, row: 4, width: 10, height: 1))
    #expect(region.line(4).isEmpty)
    #expect(region.line(-1).isEmpty)
    #expect(
      region.intersection(Rectangle(column: 0, row: 0, width: 5, height: 5))
        == Rectangle(column: 2, row: 3, width: 3, height: 2))
    #expect(region.intersection(Rectangle(column: 50, row: 0, width: 5, height: 5)).isEmpty)
    #expect(
      region.centered(Size(width: 4, height: 99)) == Rectangle(column: 5, row: 3, width: 4, height: 4))
  }
}
