import Screen
import Testing

@testable import Explorer

/// The parts of pages lie in their region and not on each other, at any size.
@Suite struct PageLayoutTests {
  private func expectSound(_ parts: [Rectangle], in region: Rectangle, _ name: String) {
    let shown = parts.filter { !$0.isEmpty }
    for (index, part) in shown.enumerated() {
      if part.intersection(region) != part {
        Issue.record("\(name): \(part) leaves \(region)")
      }
      for other in shown[(index + 1)...] where !part.intersection(other).isEmpty {
        Issue.record("\(name): \(part) lies on \(other) in \(region)")
      }
    }
  }

  @Test func theDrawingAreaAndItsPictures() {
    for width in 0...170 {
      for height in 0...60 {
        let region = Rectangle(column: 3, row: 2, width: width, height: height)
        let layout = DrawingLayout(region)
        let neighbours = (0..<DrawingPage.mostNeighbours).compactMap(layout.neighbour)
        let pictures = [layout.input, layout.decoded, layout.heading].compactMap { $0 }
        expectSound([layout.tools, layout.frame] + pictures + neighbours, in: region, "sketch")
        expectSound([layout.sheet], in: layout.frame, "sheet")
        guard width >= 30, height >= 14 else { continue }
        // Where there is a page, its sheet is square: a cell is twice as high as wide.
        #expect(layout.sheet.width == 2 * layout.sheet.height && layout.sheet.width >= 22, "\(region)")
      }
    }
  }

  @Test func theDrawingAreaAndNeighboursFitUsualScreens() {
    for (width, height) in [(80, 21), (100, 27), (160, 47)] {
      let layout = DrawingLayout(Rectangle(column: 0, row: 1, width: width, height: height))
      #expect(layout.input != nil && layout.decoded != nil && layout.neighbour(2) != nil)
    }
  }

  /// Every pixel's middle is drawn in the cell that is pressed for it.
  @Test(arguments: [(80, 21), (100, 27), (160, 47), (200, 60)])
  func cellsAndPlacesAgree(width: Int, height: Int) {
    let layout = DrawingLayout(Rectangle(column: 4, row: 1, width: width, height: height))
    for index in 0..<28 {
      let cell = layout.cell(column: index, row: index)
      #expect(layout.sheet.columns.contains(cell.column) && layout.sheet.rows.contains(cell.row))
      let place = layout.place(of: MouseEvent(.press, column: cell.column, row: cell.row))
      // As near as half a cell.
      #expect(abs(place.x - Double(index) - 0.5) <= 14 / Double(layout.sheet.width) + 1e-9)
      #expect(abs(place.y - Double(index) - 0.5) <= 14 / Double(layout.sheet.height) + 1e-9)
    }
  }

  @Test func theTimelineAndItsPictures() {
    for width in 0...170 {
      for height in 0...60 {
        let region = Rectangle(column: 3, row: 2, width: width, height: height)
        let layout = HistoryLayout(region)
        let frames = (0..<layout.frameCount).map(layout.frame)
        let parts = [layout.heading, layout.scrubber, layout.slider] + layout.pictures
        expectSound(parts + [layout.words].compactMap { $0 } + frames, in: region, "time")
      }
    }
    for (width, height) in [(80, 21), (100, 27), (160, 47)] {
      let layout = HistoryLayout(Rectangle(column: 0, row: 1, width: width, height: height))
      #expect(layout.pictures.count >= 2 && layout.frameCount >= 5, "\(width)×\(height)")
    }
  }
}
