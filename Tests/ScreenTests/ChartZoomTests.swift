import Testing

@testable import Screen

@Suite struct ChartZoomTests {
  private let limits = 0.0...1000

  @Test func zoomingHalvesAndDoublesAroundTheMiddle() {
    var zoom = ChartZoom()
    zoom.zoomIn(within: limits)
    #expect(zoom.visible == 250...750)
    zoom.zoomIn(within: limits)
    #expect(zoom.visible == 375...625)
    zoom.zoomOut(within: limits)
    #expect(zoom.visible == 250...750)
    zoom.zoomOut(within: limits)
    #expect(zoom.visible == nil)
    zoom.zoomOut(within: limits)
    #expect(zoom.visible == nil)
  }

  @Test func theCursorStaysWhereItIs() {
    var zoom = ChartZoom()
    zoom.moveCursor(to: 200, within: limits)
    zoom.zoomIn(within: limits)
    #expect(zoom.visible == 100...600)
    zoom.zoomIn(within: limits)
    #expect(zoom.visible == 150...400)
    zoom.moveCursor(to: 399.6, within: limits)
    #expect(zoom.cursor == 400)
    zoom.zoomOut(within: limits)
    #expect(zoom.visible == 0...500)
  }

  @Test func aZoomStaysWithinTheLimitsAndIsNeverTooNarrow() {
    var zoom = ChartZoom()
    zoom.moveCursor(to: 1000, within: limits)
    for _ in 0..<20 { zoom.zoomIn(within: limits) }
    #expect(zoom.visible == 992...1000)
    zoom.reset()
    #expect(zoom == ChartZoom())
  }

  @Test func theCursorIsKeptInViewAndWithinTheLimits() {
    var zoom = ChartZoom()
    zoom.zoomIn(within: limits)
    zoom.moveCursor(to: 800.2, within: limits)
    #expect(zoom.cursor == 800)
    #expect(zoom.visible == 300...800)
    zoom.moveCursor(to: -50, within: limits)
    #expect(zoom.cursor == 0)
    #expect(zoom.visible == 0...500)
    zoom.moveCursor(to: nil, within: limits)
    #expect(zoom.cursor == nil)
    #expect(zoom.visible == 0...500)
  }

  @Test func theCursorMovesByStepsFromTheEndThatItLeaves() {
    var zoom = ChartZoom()
    zoom.moveCursor(by: -10, within: limits)
    #expect(zoom.cursor == 1000)
    zoom.moveCursor(by: -10, within: limits)
    #expect(zoom.cursor == 990)
    zoom.moveCursor(by: 0.1, within: limits)
    #expect(zoom.cursor == 991)
    zoom.reset()
    zoom.moveCursor(by: 5, within: limits)
    #expect(zoom.cursor == 0)
  }

  @Test func limitsMayGrowShrinkOrBeNarrow() {
    var zoom = ChartZoom()
    zoom.zoomIn(within: 0...8)
    #expect(zoom.visible == nil)
    zoom.zoomIn(within: 3...3)
    #expect(zoom.visible == nil)
    zoom.zoomIn(within: limits)
    zoom.zoomOut(within: 0...4000)
    #expect(zoom.visible == 0...1000)
  }

  @Test func nonFiniteValuesChangeNothing() {
    var zoom = ChartZoom()
    zoom.zoomIn(within: limits)
    zoom.moveCursor(to: 500, within: limits)
    let before = zoom
    zoom.moveCursor(to: .nan, within: limits)
    zoom.moveCursor(by: .infinity, within: limits)
    zoom.zoomIn(within: -Double.infinity...Double.infinity)
    zoom.moveCursor(to: 3, within: 0...Double.infinity)
    #expect(zoom == before)
  }
}
