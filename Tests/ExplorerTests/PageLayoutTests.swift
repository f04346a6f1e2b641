import Primitives
import Screen
import Testing

@testable import Explorer

/// The parts of pages lie in their region and not on each other, at any size.
@Suite struct PageLayoutTests {
  static let shapes = [
    ImageShape.mnist, ImageShape(width: 64, height: 64, channels: 3), ImageShape(width: 8, height: 8),
    ImageShape(width: 64, height: 32), ImageShape(width: 16, height: 128),
  ]

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

  @Test(arguments: shapes) func theDrawingAreaAndItsPictures(shape: ImageShape) {
    for width in 0...170 {
      for height in 0...60 {
        let region = Rectangle(column: 3, row: 2, width: width, height: height)
        let layout = DrawingLayout(region, shape)
        let neighbours = (0..<DrawingPage.mostNeighbours).compactMap(layout.neighbour)
        let pictures = [layout.input, layout.decoded, layout.heading].compactMap { $0 }
        expectSound([layout.tools, layout.frame] + pictures + neighbours, in: region, "sketch")
        expectSound([layout.sheet], in: layout.frame, "sheet")
        guard width >= 30, height >= 14, shape == .mnist else { continue }
        // Where there is a page, its sheet is square: a cell is twice as high as wide.
        #expect(layout.sheet.width == 2 * layout.sheet.height && layout.sheet.width >= 22, "\(region)")
      }
    }
  }

  @Test func theDrawingAreaAndNeighboursFitUsualScreens() {
    for (width, height) in [(80, 21), (100, 27), (160, 47)] {
      let layout = DrawingLayout(Rectangle(column: 0, row: 1, width: width, height: height), .mnist)
      #expect(layout.input != nil && layout.decoded != nil && layout.neighbour(2) != nil)
    }
  }

  /// Every pixel's middle is drawn in the cell that is pressed for it.
  @Test(arguments: [(80, 21), (100, 27), (160, 47), (200, 60)], shapes)
  func cellsAndPlacesAgree(size: (Int, Int), shape: ImageShape) {
    let (width, height) = size
    let layout = DrawingLayout(Rectangle(column: 4, row: 1, width: width, height: height), shape)
    for index in 0..<min(shape.width, shape.height) {
      let cell = layout.cell(column: index, row: index)
      #expect(layout.sheet.columns.contains(cell.column) && layout.sheet.rows.contains(cell.row))
      let place = layout.place(of: MouseEvent(.press, column: cell.column, row: cell.row))
      // As near as half a cell.
      let half = Double(shape.width) / 2 / Double(layout.sheet.width)
      #expect(abs(place.x - Double(index) - 0.5) <= half + 1e-9)
      let halfRow = Double(shape.height) / 2 / Double(layout.sheet.height)
      #expect(abs(place.y - Double(index) - 0.5) <= halfRow + 1e-9)
    }
  }

  @Test(arguments: shapes) func theTimelineAndItsPictures(shape: ImageShape) {
    for width in 0...170 {
      for height in 0...60 {
        let region = Rectangle(column: 3, row: 2, width: width, height: height)
        let layout = HistoryLayout(region, shape)
        let frames = (0..<layout.frameCount).map(layout.frame)
        let parts = [layout.heading, layout.scrubber, layout.slider] + layout.pictures
        expectSound(parts + [layout.words].compactMap { $0 } + frames, in: region, "time")
      }
    }
    for (width, height) in [(80, 21), (100, 27), (160, 47)] where shape.width == shape.height {
      let layout = HistoryLayout(Rectangle(column: 0, row: 1, width: width, height: height), shape)
      #expect(
        layout.pictures.count >= 2 && layout.frameCount >= (shape == .mnist ? 5 : 4), "\(width)×\(height)")
    }
  }
}
