import Screen
import Testing
import Training

@testable import Explorer

/// Every cell can be pressed, dragged from and released, whatever is shown.
@Suite struct MouseEverywhereTests {
  private static let overlays = ["", "?", "? x", "t", "t Right", "c", "g 1", "4", "S", "m"]

  private func opened(_ size: Size, _ keys: String) throws -> ExplorerState {
    var state = try CanvasTests.busy()
    _ = state.update(.resized(size))
    try state.press(keys)
    if keys == "m" {
      _ = state.update(.listed(.models, (1...30).map { LibraryEntry(title: "model \($0)", reference: "") }))
    }
    return state
  }

  private func events(_ column: Int, _ row: Int) -> [ExplorerEvent] {
    [
      MouseEvent(.press, column: column, row: row), MouseEvent(.drag, column: column + 1, row: row),
      MouseEvent(.drag, column: row, row: column), MouseEvent(.release, column: column, row: row),
    ].map { .mouse($0) }
  }

  private func expectSound(_ state: ExplorerState, _ column: Int, _ row: Int) {
    let isSound =
      state.dragTarget == nil && (0..<state.session.sliderCount).contains(state.session.selected)
      && (0..<TinyExplorer.imageCount).contains(state.session.sample)
      && abs(state.session.sliders.values[0]) <= 2 * Double.pi
      && state.session.sliders.latents.allSatisfy(\.isFinite)
    #expect(isSound, "column \(column), row \(row) of \(state.size)")
  }

  /// Each list anew for each cell in it, and for a few beside it.
  @Test(arguments: overlays.dropFirst(), [(80, 24), (100, 30), (160, 50), (30, 18), (20, 9), (7, 3)])
  func inEveryOverlay(keys: String, size: (Int, Int)) throws {
    let state = try opened(Size(width: size.0, height: size.1), keys)
    let list = try #require(state.overlayList(width: size.0))
    let screen = Rectangle(column: 0, row: 0, width: size.0, height: size.1)
    let region = list.region(in: screen)
    for row in -1...size.1 {
      for column in -1...size.0 {
        let isInside = region.columns.contains(column) && region.rows.contains(row)
        // One line does the same from its left to its right end.
        guard column - region.column < 3 || column % 23 == 0 else { continue }
        guard isInside || (column + row) % 5 == 0 else { continue }
        var copy = state
        _ = copy.update(events(column, row))
        expectSound(copy, column, row)
        #expect(isInside || copy.overlay == nil)
      }
    }
  }

  @Test(arguments: [(80, 24), (100, 30), (160, 50), (44, 19), (30, 18), (20, 9), (7, 3), (1, 1), (0, 0)])
  func onThePanels(size: (Int, Int)) throws {
    for view in ["", "v", "Tab z", "Tab*2 z", "z"] {
      var state = try opened(Size(width: size.0, height: size.1), view)
      for row in -1...size.1 {
        // What many events change is measured once.
        _ = state.update((-1...size.0).flatMap { events($0, row) })
        expectSound(state, 0, row)
      }
    }
  }

  /// On each page, here and there: every stroke is framed and read.
  @Test(arguments: [(80, 24), (30, 18), (160, 50)])
  func onThePages(size: (Int, Int)) throws {
    for page in try CanvasSizeTests.pages(try CanvasTests.busy()) {
      var state = page
      _ = state.update(.resized(Size(width: size.0, height: size.1)))
      for row in stride(from: -1, through: size.1, by: 3) {
        for column in stride(from: (row + 1) % 5 - 1, through: size.0, by: size.0 / 5) {
          var copy = state
          _ = copy.update(events(column, row))
          expectSound(copy, column, row)
        }
      }
    }
  }

  @Test(arguments: [(80, 24), (160, 50), (30, 18), (7, 3)])
  func theWheelAnywhere(size: (Int, Int)) throws {
    for keys in Self.overlays {
      var state = try opened(Size(width: size.0, height: size.1), keys)
      for row in 0..<size.1 {
        let events = stride(from: 0, to: size.0, by: 3).map {
          ExplorerEvent.mouse(MouseEvent($0 % 2 == 0 ? .wheelUp : .wheelDown, column: $0, row: row))
        }
        _ = state.update(events)
        expectSound(state, 0, row)
      }
    }
  }
}
