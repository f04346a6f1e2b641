import Testing

@testable import Screen

@Suite struct ScatterViewTests {
  private typealias Point = (x: Double, y: Double, kind: Int)

  private func map(_ points: [Point], names: [String] = []) -> ScatterView {
    ScatterView(
      points: points, kindNames: names, horizontal: ScatterView.Axis("first", fraction: 0.344),
      vertical: ScatterView.Axis("second", fraction: 0.0512))
  }

  /// Limits from −1.08 to 1.08 along both axes.
  private let square: [Point] = [(x: -1, y: -1, kind: 0), (x: 1, y: 1, kind: 1), (x: 0, y: 0, kind: 2)]

  private func drawn(
    _ view: ScatterView, _ width: Int = 23, _ height: Int = 11, _ mode: Capabilities = .full
  ) -> Canvas {
    var canvas = Canvas(size: Size(width: width, height: height))
    view.draw(on: &canvas, in: canvas.bounds, capabilities: mode)
    return canvas
  }

  private func text(_ canvas: Canvas, unicode: Bool = true) -> String {
    ScreenText.plain(canvas, unicode: unicode)
  }

  /// The plot has 22 × 9 cells: a fraction of 0.08 / 2.16 is in the first column and row, the middle in the 12th
  /// column and the 5th row.
  @Test func pointsStandBetweenTheAxes() {
    #expect(
      text(drawn(map(square))) == """
        ↑ second · 5.1 %
        │                     1
        │
        │
        │
        │           2
        │
        │
        │
        │0
        └─────── first · 34 % →

        """)
    let canvas = drawn(map(square))
    #expect(canvas[1, 9] == Cell("0", Style(.kind(0))))
    #expect(canvas[22, 1] == Cell("1", Style(.kind(1))))
    #expect(canvas[12, 5] == Cell("2", Style(.kind(2))))
    #expect(canvas[0, 0].style == .faint && canvas[0, 4].style == .faint && canvas[5, 10].style == .faint)
  }

  @Test func theMostFrequentKindShows() {
    let crowd: [Point] = [3, 7, 3, 5, 7, 3].map { (x: 0, y: 0, kind: $0) }
    #expect(drawn(map(square + crowd))[12, 5] == Cell("3", Style(.kind(3))))
    // Of kinds as frequent the lowest shows, in whatever order they come.
    for kinds in [[7, 4], [4, 7]] {
      let pair = map(square.dropLast() + kinds.map { (x: 0, y: 0, kind: $0) })
      #expect(drawn(pair)[12, 5].glyph == "4")
    }
  }

  @Test func everyKindHasAGlyph() {
    let kinds = [0, 9, 10, 35, 36, 61, 62, -1]
    #expect(String(kinds.map(ScatterView.glyph)) == "09azAZ**")
  }

  @Test func placesStandAboveThePoints() {
    var view = map(square + Array(repeating: (x: 0, y: 0, kind: 2), count: 50))
    view.path = [(x: -1, y: -1), (x: 0, y: 0), (x: -0.5, y: 0), (x: .nan, y: 0)]
    view.current = (x: 0, y: 0)
    view.cursor = (x: 1, y: 1)
    let canvas = drawn(view)
    #expect(canvas[12, 5] == Cell("●", .selected))
    #expect(canvas[1, 9] == Cell("·", Style(.accent)))
    // The fraction 0.5 − 0.25 / 1.08 of 22 columns is the 6th, and the axis stands before the first.
    #expect(canvas[6, 5] == Cell("·", Style(.accent)))
    #expect(canvas[22, 1] == Cell("┼", Style(.accent, [.bold, .reverse])))
    view.cursor = (x: 0, y: 0)
    #expect(drawn(view)[12, 5] == Cell("●", Style(.accent, [.bold, .reverse])))
    view.cursor = (x: .infinity, y: 0)
    #expect(drawn(view)[12, 5] == Cell("●", .selected))
    // Points outside are shown at the edge.
    view.current = (x: 1e300, y: -7)
    #expect(drawn(view)[22, 9].glyph == "●")
  }

  @Test(arguments: [
    (Capabilities.full, "●┼·", [39, 39, 39, 26] as [UInt8?]),
    (Capabilities(colors: .eight, unicode: true), "●┼·", [6, 6, 6, 4]),
    (Capabilities(colors: .none, unicode: true), "●┼·", [nil, nil, nil, nil]),
    (Capabilities.ascii, "@+.", [nil, nil, nil, nil]),
  ])
  func everyTerminalTellsPlacesApart(mode: Capabilities, glyphs: String, colors: [UInt8?]) {
    var view = map([(x: -1, y: -1, kind: 5), (x: 1, y: 1, kind: 5)])
    (view.current, view.cursor, view.path) = ((x: 0, y: 0), (x: 1, y: -1), [(x: -1, y: 1)])
    let canvas = drawn(view, 23, 11, mode)
    let cells = [canvas[12, 5], canvas[22, 9], canvas[1, 1], canvas[22, 1]]
    let shown = cells.map { mode.unicode ? $0.glyph : Glyph.ascii($0.glyph) }
    #expect(String(shown) == glyphs + "5")
    let looks = cells.map { $0.style.resolved(mode.colors) }
    #expect(looks.map(\.foreground) == colors.map { $0.map { .palette($0) } })
    #expect(looks.map(\.attributes) == [.bold, [.bold, .reverse], [], []])
    if !mode.unicode { #expect(text(canvas, unicode: false).allSatisfy { $0.isASCII }) }
  }

  @Test func theLegendStandsBesideWhereThereIsRoom() {
    var view = map(square, names: ["zero", "1", "two", "absent"])
    view.current = (x: 0, y: 0)
    view.path = [(x: 0.5, y: 0)]
    let canvas = drawn(view, 60, 12)
    // "· before" is the widest, 8 columns, and two stay free.
    let legend = (0..<12).map { row in
      String((51..<60).map { canvas[$0, row].glyph }).trimmingSpaces
    }
    #expect(legend == ["", "0 zero", "1", "2 two", "● now", "· before", "", "", "", "", "", ""])
    #expect(canvas[52, 1] == Cell("0", Style(.kind(0))))
    #expect(canvas[54, 1] == Cell("z"))
    #expect(canvas[52, 3] == Cell("2", Style(.kind(2))))
    #expect(canvas[52, 4] == Cell("●", .selected))
    #expect(canvas[48, 1].glyph == "1")
    // Before the first step it stands where it will.
    view.path = []
    #expect(drawn(view, 60, 12)[52, 1] == Cell("0", Style(.kind(0))))
    #expect(drawn(view, 60, 12)[48, 1].glyph == "1")
  }

  @Test func theLegendStandsBelowWhereItIsNarrow() {
    let view = map(square, names: ["zero", "1", "two"])
    let lines = text(drawn(view, 30, 12)).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[11] == "0 zero  1  2 two")
    #expect(lines[10].hasPrefix("└"))
    #expect(drawn(view, 30, 12)[8, 11] == Cell("1", Style(.kind(1))))
    // Two lines at most are given to it, and none where the plot is low.
    let two = text(drawn(view, 13, 12)).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(two[10...11] == ["0 zero  1", "2 two"])
    #expect(!text(drawn(view, 30, 8)).contains("zero"))
  }

  @Test func aCellAndItsPlaceAgree() throws {
    let view = map(square, names: ["zero", "one", "two"])
    for size in [Size(width: 23, height: 11), Size(width: 70, height: 20), Size(width: 5, height: 3)] {
      let region = Rectangle(column: 4, row: 2, width: size.width, height: size.height)
      var count = 0
      for column in 0..<90 {
        for row in 0..<30 {
          guard let place = view.place(atColumn: column, row: row, in: region) else { continue }
          count += 1
          let cell = try #require(view.cell(of: place, in: region))
          #expect(cell == (column, row))
        }
      }
      #expect(count == view.layout(in: region).plot.width * view.layout(in: region).plot.height)
      #expect(count > 0)
    }
    // The middle cell of 9 rows is 0; the first of 22 columns is 21 / 22 of the way to the lower end.
    let region = Rectangle(column: 0, row: 0, width: 23, height: 11)
    let place = try #require(map(square).place(atColumn: 1, row: 5, in: region))
    #expect(abs(place.x + 1.08 * 21 / 22) < 1e-12 && abs(place.y) < 1e-12)
    #expect(map(square).place(atColumn: 0, row: 5, in: region) == nil)
    #expect(map(square).place(atColumn: 5, row: 10, in: region) == nil)
  }

  @Test func theNearestPoint() {
    // The width is ten times the height: what counts is how it looks.
    let view = map([
      (x: 0, y: 0, kind: 0), (x: .nan, y: 1, kind: 0), (x: 10, y: 1, kind: 0), (x: 10, y: 1, kind: 1),
    ])
    #expect(view.nearestPoint(to: (x: 4, y: 0.4)) == 0)
    #expect(view.nearestPoint(to: (x: 4, y: 0.8)) == 2)
    #expect(view.nearestPoint(to: (x: 100, y: 100)) == 2)
    #expect(view.nearestPoint(to: (x: .nan, y: 0)) == nil)
    #expect(map([]).nearestPoint(to: (x: 0, y: 0)) == nil)
    #expect(map([(x: .nan, y: 0, kind: 0)]).nearestPoint(to: (x: 0, y: 0)) == nil)
  }

  @Test func equalPointsStandInTheMiddle() {
    for value in [0, 5, -1e20, 1e-300] {
      let view = map([(x: value, y: value, kind: 4), (x: value, y: value, kind: 4)])
      #expect(drawn(view)[12, 5].glyph == "4", "\(value)")
      #expect(view.nearestPoint(to: (x: value, y: value)) == 0)
    }
  }

  @Test func nonFiniteValuesAreOmitted() {
    let noise: [Point] = [
      (x: .nan, y: 0, kind: 5), (x: 0, y: .infinity, kind: 6), (x: -.infinity, y: 0, kind: 7),
    ]
    #expect(drawn(map(square + noise)) == drawn(map(square)))
    let names = (0..<8).map { "k\($0)" }
    #expect(drawn(map(square + noise, names: names), 70, 20) == drawn(map(square, names: names), 70, 20))
    // The greatest numbers that there are neither trap nor vanish.
    let greatest = Double.greatestFiniteMagnitude
    let view = map([(x: -greatest, y: 0, kind: 1), (x: greatest, y: 1, kind: 2)])
    #expect(text(drawn(view)).contains("1") && text(drawn(view)).contains("2"))
  }

  @Test func itStaysInItsRegionAtEverySize() {
    var view = map(square, names: ["zero", "one", "two"])
    (view.current, view.cursor, view.path) = ((x: 9, y: 9), (x: -9, y: -9), [(x: 0, y: 9)])
    for width in 0...60 {
      for height in [0, 1, 2, 4, 5, 8, 11, 16] {
        var canvas = Canvas(size: Size(width: width + 4, height: height + 4))
        let region = Rectangle(column: 2, row: 2, width: width, height: height)
        view.draw(on: &canvas, in: region, capabilities: .full)
        let outside = (0..<canvas.cells.count).filter {
          canvas.cells[$0] != .blank
            && !(region.columns.contains($0 % (width + 4)) && region.rows.contains($0 / (width + 4)))
        }
        #expect(outside.isEmpty, "\(width)×\(height)")
        #expect(
          canvas.cells.contains { $0.style.attributes.contains(.reverse) } == !region.isEmpty,
          "\(width)×\(height)")
      }
    }
  }
}

extension String {
  /// The text without spaces at its ends.
  fileprivate var trimmingSpaces: String {
    String(drop(while: { $0 == " " }).reversed().drop(while: { $0 == " " }).reversed())
  }
}
