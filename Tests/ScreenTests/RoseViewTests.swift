import Testing

@testable import Screen

@Suite struct RoseViewTests {
  private func drawn(
    _ rose: RoseView, _ width: Int = 20, _ height: Int = 10, _ mode: Capabilities = .full
  ) -> Canvas {
    var canvas = Canvas(size: Size(width: width, height: height))
    rose.draw(on: &canvas, in: canvas.bounds, capabilities: mode)
    return canvas
  }

  /// The cells that rays cover.
  private func inked(_ canvas: Canvas) -> [(column: Int, row: Int)] {
    (0..<canvas.size.height).flatMap { row in
      (0..<canvas.size.width).compactMap { column in
        canvas[column, row].style == Style(.good) ? (column: column, row: row) : nil
      }
    }
  }

  private func mark(_ angle: Double) -> RoseView.Mark {
    RoseView.Mark(angle: angle, glyph: "●", style: .selected)
  }

  /// Up is 0, and angles go counter-clockwise: a quarter turn points to the left.
  @Test(arguments: [(0, 10, 0), (1, 0, 5), (2, 10, 9), (3, 19, 5)])
  func marksStandOnTheRim(quarter: Int, column: Int, row: Int) {
    let canvas = drawn(RoseView(rays: [], marks: [mark(Double(quarter) * .pi / 2)]))
    let found = (0..<200).filter { canvas[$0 % 20, $0 / 20].glyph == "●" }
    #expect(found.count == 1)
    #expect(abs(found[0] % 20 - column) <= 1 && abs(found[0] / 20 - row) <= 1)
    // The other quarters have dots.
    #expect(canvas.cells.filter { $0.glyph == "·" }.count == 3)
  }

  @Test func raysPointWhereTheirAnglesSay() {
    let up = inked(drawn(RoseView(rays: [(angle: 0, fraction: 1)])))
    #expect(!up.isEmpty)
    #expect(up.allSatisfy { $0.row <= 5 && (9...10).contains($0.column) })
    #expect(up.contains { $0.row == 1 })
    let left = inked(drawn(RoseView(rays: [(angle: .pi / 2, fraction: 1)])))
    #expect(!left.isEmpty)
    #expect(left.allSatisfy { $0.column <= 10 && (4...5).contains($0.row) })
    #expect(left.contains { $0.column == 1 })
  }

  @Test func longerRaysCoverMore() {
    let lengths = [0, 0.25, 0.5, 1, 7].map {
      inked(drawn(RoseView(rays: [(angle: 1.5 * .pi, fraction: $0)]))).count
    }
    #expect(lengths == lengths.sorted())
    #expect(lengths[0] == 1 && lengths[1] < lengths[2] && lengths[2] < lengths[3])
    // Nothing reaches beyond the rim.
    #expect(lengths[3] == lengths[4])
  }

  @Test func laterMarksCoverEarlierOnes() {
    var covered = mark(1)
    covered.glyph = "◇"
    let glyphs = drawn(RoseView(rays: [], marks: [covered, mark(1)])).cells.map(\.glyph)
    #expect(glyphs.contains("●") && !glyphs.contains("◇"))
  }

  @Test func nonFiniteValuesAreOmitted() {
    let rays = [
      (angle: Double.nan, fraction: 1.0), (angle: 0, fraction: .nan), (angle: .infinity, fraction: 1),
    ]
    let rose = RoseView(rays: rays, marks: [mark(.nan), mark(.infinity)])
    #expect(drawn(rose) == drawn(RoseView(rays: [])))
  }

  @Test func asciiTerminalsSeeRaysToo() {
    // Their ends are joined: a whole ray would run together with its neighbours.
    let rays = (0..<4).map { (angle: Double($0) * .pi / 2, fraction: 1.0) }
    let canvas = drawn(RoseView(rays: rays, marks: [mark(2)]), 20, 10, .ascii)
    #expect(inked(canvas).count >= 12)
    let text = ScreenText.plain(canvas, unicode: false)
    #expect(text.allSatisfy { $0.isASCII })
  }

  @Test func itStaysInItsRegionAtEverySize() {
    let rays = (0..<36).map { (angle: Double($0) / 36 * 2 * .pi, fraction: 1.0) }
    let marks = (0..<36).map { mark(Double($0) / 36 * 2 * .pi) }
    for width in 0...30 {
      for height in 0...16 {
        var canvas = Canvas(size: Size(width: width + 4, height: height + 4))
        let region = Rectangle(column: 2, row: 2, width: width, height: height)
        RoseView(rays: rays, marks: marks).draw(on: &canvas, in: region, capabilities: .full)
        let outside = (0..<canvas.cells.count).filter {
          canvas.cells[$0] != .blank
            && !(region.columns.contains($0 % (width + 4)) && region.rows.contains($0 / (width + 4)))
        }
        #expect(outside.isEmpty, "\(width)×\(height)")
      }
    }
  }
}
