import Coordinates
import Networks
import Screen
import Testing
import Training

@testable import Explorer

extension ExplorerState {
  /// Does something with the mouse over a cell.
  @discardableResult
  mutating func mouse(_ kind: MouseEvent.Kind, _ column: Int, _ row: Int, isShifted: Bool = false)
    -> [ExplorerEffect]
  {
    react(.mouse(MouseEvent(kind, column: column, row: row, isShifted: isShifted)))
  }

  @discardableResult
  mutating func click(_ column: Int, _ row: Int) -> [ExplorerEffect] {
    mouse(.press, column, row) + mouse(.release, column, row)
  }
}

/// A person holds a mouse.
@Suite struct MouseSessionTests {
  /// The position of a slider's bar, without its ends.
  private struct Bar {
    var row: Int
    var first: Int
    var last: Int
  }

  private struct NotDrawn: Error {
    let text: String
  }

  private func rows(_ state: ExplorerState) -> [[Character]] {
    let canvas = state.drawn()
    return (0..<canvas.size.height).map { row in (0..<canvas.size.width).map { canvas[$0, row].glyph } }
  }

  private func bar(_ label: String, _ state: ExplorerState) throws -> Bar {
    for (row, glyphs) in rows(state).enumerated()
    where String(glyphs.dropFirst(2).prefix(3)).hasPrefix(label + " ") {
      if let left = glyphs.firstIndex(of: "├"), let right = glyphs.firstIndex(of: "┤") {
        return Bar(row: row, first: left + 1, last: right - 1)
      }
    }
    throw NotDrawn(text: label)
  }

  /// The first cell of some text.
  private func place(of text: String, _ state: ExplorerState) throws -> (column: Int, row: Int) {
    let wanted = Array(text)
    for (row, glyphs) in rows(state).enumerated() where glyphs.count >= wanted.count {
      for column in 0...glyphs.count - wanted.count
      where Array(glyphs[column..<column + wanted.count]) == wanted {
        return (column, row)
      }
    }
    throw NotDrawn(text: text)
  }

  private func click(_ text: String, _ state: inout ExplorerState) throws -> [ExplorerEffect] {
    let (column, row) = try place(of: text, state)
    return state.click(column, row)
  }

  // MARK: Sliders

  @Test func aClickSelectsAndMovesASlider() throws {
    var state = try TinyExplorer.open()
    let bar = try bar("z2", state)
    try state.press("Tab")
    state.mouse(.press, bar.first, bar.row)
    #expect(state.session.selected == 2)
    #expect(state.focus == .sliders)
    #expect(abs(Double(state.session.sliders.latents[1]) - state.session.scales[2].range.lowerBound) < 1e-6)
    #expect(
      state.session.pictures.decoded == state.session.modelInUse.inference.decode(state.session.sliders))
    state.mouse(.release, bar.first, bar.row)
    let angle = try self.bar("θ", state)
    state.click(angle.first + (angle.last - angle.first) / 2, angle.row)
    #expect(state.session.selected == 0)
    #expect(abs(state.session.sliders.values[0]) < 2 * .pi / Double(angle.last - angle.first))
    let glyphs = rows(state)[angle.row]
    #expect(glyphs[angle.first + (angle.last - angle.first) / 2] == "●")
  }

  @Test func aClickBesideTheBarOnlySelects() throws {
    var state = try TinyExplorer.open()
    let before = state.session.sliders
    let bar = try bar("z3", state)
    for column in [0, 2, bar.first - 1, bar.last + 1, bar.last + 5] {
      try state.press("Home Up")
      state.mouse(.press, column, bar.row)
      #expect(state.session.selected == 3, "column \(column)")
      state.mouse(.drag, bar.first, bar.row)
      #expect(state.session.sliders == before)
      state.mouse(.release, bar.first, bar.row)
    }
  }

  @Test func aDragStopsAtTheEnds() throws {
    var state = try TinyExplorer.open()
    let bar = try bar("z1", state)
    let range = state.session.scales[1].range
    state.mouse(.press, bar.first + 3, bar.row)
    state.mouse(.drag, 79, 2)
    #expect(abs(Double(state.session.sliders.latents[0]) - range.upperBound) < 1e-6)
    state.mouse(.drag, 0, 23)
    #expect(abs(Double(state.session.sliders.latents[0]) - range.lowerBound) < 1e-6)
    state.mouse(.drag, 5000, -7)
    #expect(abs(Double(state.session.sliders.latents[0]) - range.upperBound) < 1e-6)
    state.mouse(.release, 0, 0)
    let end = state.session.sliders
    state.mouse(.drag, bar.first, bar.row)
    #expect(state.session.sliders == end)
  }

  @Test func aDragIsUndoneAtOnce() throws {
    var state = try TinyExplorer.open()
    try state.press("Right*2")
    let start = state.session.sliders
    let bar = try bar("z1", state)
    state.mouse(.press, bar.first, bar.row)
    for column in bar.first...bar.last { state.mouse(.drag, column, bar.row) }
    state.mouse(.release, bar.last, bar.row)
    let end = state.session.sliders
    #expect(end != start)
    try state.press("u")
    #expect(state.session.sliders == start)
    #expect(state.text(0) == "10°")
    try state.press("U")
    #expect(state.session.sliders == end)
  }

  @Test func theWheelMovesASliderByStepsAndSelectsNothing() throws {
    var state = try TinyExplorer.open()
    let bar = try bar("θ", state)
    try state.press("Down*2")
    state.mouse(.wheelUp, bar.first + 3, bar.row)
    #expect(state.text(0) == "5°")
    state.mouse(.wheelDown, bar.first, bar.row)
    state.mouse(.wheelDown, 0, bar.row)
    #expect(state.text(0) == "-5°")
    state.mouse(.wheelUp, bar.first, bar.row, isShifted: true)
    #expect(state.text(0) == "45°")
    #expect(state.session.selected == 2)
  }

  /// A model with fewer sliders may come while one is held.
  @Test func aRemovedSliderEndsItsDrag() throws {
    var state = try TinyExplorer.open()
    let bar = try bar("z5", state)
    state.mouse(.press, bar.first, bar.row)
    let architecture = NetworkArchitecture(
      schema: CoordinateSchema(typed: [.rotation], freeCount: 1), hidden: [8])
    let model = TypedModel(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: 1).tensors,
      details: ModelDetails())
    _ = state.react(.opened(try ModelInUse(name: "small", model: model)))
    let before = state.session.sliders
    state.mouse(.drag, bar.last, bar.row)
    #expect(state.session.sliders == before)
  }

  // MARK: Pictures and chart

  @Test func aClickFocusesAPanel() throws {
    var state = try TinyExplorer.open()
    let start = state.session.sliders
    state.click(40, 8)
    #expect(state.focus == .pictures)
    state.click(60, 18)
    #expect(state.focus == .training)
    let (column, row) = try place(of: "sliders", state)
    state.click(column, row)
    #expect(state.focus == .sliders)
    #expect(state.session.sliders == start)
    #expect(state.session.selected == 0)
  }

  @Test func theWheelOverPicturesStepsThroughSamples() throws {
    var state = try TinyExplorer.open()
    state.mouse(.wheelDown, 5, 5)
    #expect(state.session.sample == 1)
    state.mouse(.wheelUp, 40, 8)
    state.mouse(.wheelUp, 70, 8)
    #expect(state.session.sample == 5)
  }

  private func learnt() throws -> ExplorerState {
    var state = try TinyExplorer.open(size: Size(width: 120, height: 40))
    try state.press("t Enter")
    let reports = (0..<200).map { TinyExplorer.report(1 / Double($0 + 1), epoch: $0 / 10, batch: $0 % 10) }
    _ = state.react(TinyExplorer.news(.running, TrainingPosition(epoch: 20), reports: reports))
    return state
  }

  @Test func theMouseSelectsAndZoomsInTheChart() throws {
    var state = try learnt()
    let region = try #require(state.layout.training)
    let row = region.rows.upperBound - 4
    state.mouse(.press, region.column + 12, row)
    let first = try #require(state.session.training?.zoom.cursor)
    #expect(state.focus == .training)
    state.mouse(.drag, region.column + 18, row)
    let second = try #require(state.session.training?.zoom.cursor)
    #expect(second > first)
    // There are no losses at the right end yet.
    state.mouse(.drag, 119, row)
    #expect(state.session.training?.zoom.cursor == 200)
    state.mouse(.release, 119, row)
    state.mouse(.drag, region.column + 12, row)
    #expect(state.session.training?.zoom.cursor == 200)
    state.mouse(.wheelUp, region.column + 12, row)
    let visible = try #require(state.session.training?.zoom.visible)
    #expect(abs(visible.upperBound - visible.lowerBound - 649 / 2) < 1)
    #expect(visible.contains(first))
    state.mouse(.wheelDown, region.column + 12, row)
    #expect(state.session.training?.zoom.visible == nil)
  }

  @Test func nothingHappensOnEmptyParts() throws {
    var state = try TinyExplorer.open()
    let before = (state.drawn(), state.focus)
    for (column, row) in [(3, 0), (3, 22), (3, 23), (79, 0), (500, 500), (-1, -1), (80, 10)] {
      for kind in [MouseEvent.Kind.press, .drag, .release, .wheelUp, .wheelDown] {
        #expect(state.mouse(kind, column, row).isEmpty)
      }
      #expect(state.drawn() == before.0, "\(column), \(row)")
    }
    #expect(state.focus == before.1)
  }

  @Test func aClickDismissesTheMessage() throws {
    var state = try TinyExplorer.open()
    _ = state.react(.message("wrote it"))
    state.mouse(.release, 3, 0)
    #expect(state.message != nil)
    state.mouse(.press, 3, 0)
    #expect(state.message == nil)
  }

  // MARK: Lists

  @Test func aClickPerformsAnAction() throws {
    var state = try TinyExplorer.open()
    try state.press("? n e x t")
    #expect(try click("next sample", &state).isEmpty)
    #expect(state.overlay == nil)
    #expect(state.session.sample == 1)
    try state.press("? End")
    #expect(try click("redraw the screen", &state) == [.redraw])
    try state.press("?")
    state.mouse(.wheelDown, 40, 10)
    state.mouse(.wheelDown, 40, 10)
    state.mouse(.wheelUp, 40, 10)
    #expect(state.overlay == .actions(query: "", selected: 1))
  }

  @Test func aClickOpensAModel() throws {
    var state = try TinyExplorer.open()
    let entries = (1...40).map { LibraryEntry(title: "model \($0)", reference: "\($0)") }
    try state.press("m")
    #expect(try click("searching", &state).isEmpty)
    _ = state.react(.listed(.models, entries))
    try state.press("End Up*12")
    #expect(try click("model 31 ", &state) == [.open(.models, entries[30])])
    #expect(state.overlay == nil)
  }

  @Test func aClickStartsTraining() throws {
    var state = try TinyExplorer.open()
    try state.press("t")
    guard case .train(let begun) = try click("continue in phase 2", &state).first else {
      Issue.record("no training")
      return
    }
    #expect(begun.position == TrainingPosition(phase: 1))
  }

  @Test func aClickShowsAClass() throws {
    var state = try TinyExplorer.open()
    try state.press("c")
    _ = try click("two: 2", &state)
    #expect(state.session.selection.list.numbers == [1, 4])
    #expect(state.overlay == nil)
  }

  /// A first click selects a line of the recipe, further ones change it.
  @Test func aClickChangesTheRecipe() throws {
    var state = try TinyExplorer.open()
    try state.press("t Right")
    #expect(try click("batch size", &state).isEmpty)
    #expect(state.screen.contains("‹ 128 ›"))
    #expect(try click("batch size", &state).isEmpty)
    #expect(state.screen.contains("‹ 256 ›"))
  }

  @Test(arguments: ["?", "m", "t", "t Right", "c", "g", "4", "S"])
  func aClickOutsideClosesAListAndOneOnItsFrameDoesNot(keys: String) throws {
    var state = try TinyExplorer.open()
    let before = state.drawn()
    try state.press(keys)
    let list = try #require(state.overlayList(width: 80))
    let region = list.region(in: Rectangle(column: 0, row: 0, width: 80, height: 24))
    let open = state.overlay
    #expect(state.click(region.column, region.row).isEmpty)
    #expect(state.click(region.column + 3, region.rows.upperBound - 1).isEmpty)
    #expect(state.click(region.column + 3, region.rows.upperBound - 2).isEmpty)
    #expect(state.overlay == open)
    let outside = (column: region.column - 1, row: region.row + 1)
    #expect(state.click(outside.column, outside.row).isEmpty)
    #expect(state.overlay == nil)
    #expect(state.drawn() == before)
  }
}
