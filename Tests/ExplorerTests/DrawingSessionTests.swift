import Datasets
import Evaluation
import Networks
import Screen
import Testing

@testable import Explorer
@testable import Training

/// A person draws.
@Suite struct DrawingSessionTests {
  /// An explorer on its sheet, with a survey of all images.
  static func onSheet(
    size: Size = Size(width: 80, height: 24), _ capabilities: Capabilities = .full, hasSurvey: Bool = true
  ) throws -> ExplorerState {
    var state = try TinyExplorer.open(size: size, capabilities: capabilities)
    if hasSurvey {
      let readings = try state.session.modelInUse.model.encoderOutputs(of: TinyExplorer.images, count: 100)
      state.show(SliderSurvey(of: readings))
    }
    try state.press("D")
    return state
  }

  /// Keys that draw an L.
  static let letter = "Left*5 Up*8 Space Down*14 Right*9 Space"

  private func layout(_ state: ExplorerState) throws -> DrawingLayout {
    let page = try #require(state.layout.page)
    #expect(page.id == .drawing)
    return DrawingLayout(page.region)
  }

  private func stroke(
    _ places: [(x: Double, y: Double)], radius: Double = 0.9, on sheet: Drawing = Drawing()
  ) -> Drawing {
    var sketch = sheet
    for (start, end) in zip(places, places.dropFirst() + places.suffix(1)) {
      sketch.draw(from: start, to: end, with: Drawing.Brush(radius: radius))
    }
    return sketch
  }

  private func expectSame(_ a: Drawing, _ b: Drawing, sourceLocation: SourceLocation = #_sourceLocation) {
    let difference = zip(a.intensities, b.intensities).map { abs($0 - $1) }.max() ?? 0
    #expect(difference < 1e-5, sourceLocation: sourceLocation)
  }

  /// Expects that input, encoder's values and pictures are those of the drawing.
  private func expectRead(_ state: ExplorerState, sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(state.session.showsDrawing, sourceLocation: sourceLocation)
    let input = try #require(state.session.pictures.input, sourceLocation: sourceLocation)
    let framed = state.pages[DrawingPage.self].board.drawing.framed()
    #expect(
      zip(input, framed.bytes).allSatisfy { abs($0 - Float($1) / 255) < 1e-5 },
      sourceLocation: sourceLocation)
    #expect(
      state.session.encoded == state.session.modelInUse.inference.encode(input),
      sourceLocation: sourceLocation)
    #expect(state.session.sliders.latents == state.session.encoded.latents, sourceLocation: sourceLocation)
    #expect(
      state.session.pictures.decoded == state.session.modelInUse.inference.decode(state.session.sliders),
      sourceLocation: sourceLocation)
  }

  // MARK: Mouse

  @Test(arguments: [(80, 24), (100, 30), (160, 50), (30, 18)])
  func draggingDrawsWhereTheMouseIs(width: Int, height: Int) throws {
    var state = try Self.onSheet(size: Size(width: width, height: height))
    let sheet = try layout(state).sheet
    let cells = [(0.2, 0.3), (0.5, 0.3), (0.5, 0.8)].map {
      (sheet.column + Int($0 * Double(sheet.width)), sheet.row + Int($1 * Double(sheet.height)))
    }
    state.mouse(.press, cells[0].0, cells[0].1)
    #expect(state.dragTarget == .page(.drawing))
    for cell in cells.dropFirst() { state.mouse(.drag, cell.0, cell.1) }
    state.mouse(.release, cells[2].0, cells[2].1)
    // A cell's middle, by what share of the sheet lies before it.
    let places = cells.map { column, row in
      (
        x: 28 * (Double(column - sheet.column) + 0.5) / Double(sheet.width),
        y: 28 * (Double(row - sheet.row) + 0.5) / Double(sheet.height)
      )
    }
    expectSame(state.pages[DrawingPage.self].board.drawing, stroke(places))
    #expect(
      state.pages[DrawingPage.self].board.column == Int(places[2].x)
        && state.pages[DrawingPage.self].board.row == Int(places[2].y))
    #expect(state.dragTarget == nil)
    try expectRead(state)
    #expect(state.screen.contains("your drawing"))
  }

  @Test func aStrokeGoesOverTheEdgeAndEndsThere() throws {
    var state = try Self.onSheet()
    let sheet = try layout(state).sheet
    state.mouse(.press, sheet.column + 4, sheet.row + 5)
    state.mouse(.drag, sheet.column - 9, sheet.row + 5)
    let drawn = state.pages[DrawingPage.self].board.drawing
    // To the left edge, and not around it.
    #expect(drawn.intensities[Int(5.5 * 28 / 18) * 28] > 0.9)
    #expect(state.pages[DrawingPage.self].board.column == 0)
    state.mouse(.drag, 500, 400)
    #expect(state.pages[DrawingPage.self].board.column == 27 && state.pages[DrawingPage.self].board.row == 27)
    state.mouse(.release, 500, 400)
    let after = state.pages[DrawingPage.self].board.drawing
    #expect(after != drawn)
    // Nothing is held any more.
    state.mouse(.drag, sheet.column + 9, sheet.row + 9)
    #expect(state.pages[DrawingPage.self].board.drawing == after)
    // The next stroke does not begin where the last one ended.
    state.mouse(.press, sheet.column + 20, sheet.row + 1)
    state.mouse(.release, sheet.column + 20, sheet.row + 1)
    expectSame(
      state.pages[DrawingPage.self].board.drawing, stroke([(x: 20.5 * 28 / 36, y: 1.5 * 28 / 18)], on: after))
  }

  @Test func aPressOutsideTheDrawingAreaDrawsNothing() throws {
    var state = try Self.onSheet()
    let layout = try layout(state)
    for (column, row) in [
      (layout.frame.column, layout.frame.row), (layout.frame.columns.upperBound, layout.sheet.row), (0, 0),
      (3, state.size.height - 1),
    ] {
      state.mouse(.press, column, row)
      state.mouse(.drag, layout.sheet.column + 5, layout.sheet.row + 5)
      state.mouse(.release, layout.sheet.column + 5, layout.sheet.row + 5)
    }
    #expect(state.pages[DrawingPage.self].board.drawing.isEmpty)
    #expect(!state.session.showsDrawing)
  }

  /// A key may open another page while the mouse is held.
  @Test(arguments: ["M", "T", "F", "C", "Escape"])
  func aDragFromOutsideDrawsNothing(key: String) throws {
    var state = try Self.onSheet()
    let sheet = try layout(state).sheet
    state.mouse(.press, sheet.column + 4, sheet.row + 5)
    try state.press(key)
    let before = (state.pages[DrawingPage.self].board, state.session.sliders)
    state.mouse(.drag, sheet.column + 14, sheet.row + 9)
    #expect(state.pages[DrawingPage.self].board == before.0 && state.session.sliders == before.1)
    state.mouse(.release, sheet.column + 14, sheet.row + 9)
    #expect(state.dragTarget == nil)
    try state.press("D Right")
    #expect(state.pages[DrawingPage.self].board.drawing == before.0.drawing)
  }

  // MARK: Keys

  @Test func thePenDrawsWhereItIsDown() throws {
    var state = try Self.onSheet()
    try state.press("Left*2 Down")
    #expect(state.pages[DrawingPage.self].board.drawing.isEmpty && !state.session.showsDrawing)
    #expect((state.pages[DrawingPage.self].board.column, state.pages[DrawingPage.self].board.row) == (12, 15))
    try state.press("Space")
    expectSame(state.pages[DrawingPage.self].board.drawing, stroke([(12.5, 15.5)]))
    #expect(state.screen.contains("pen down: arrows draw"))
    try state.press("Right*5 Up*3")
    expectSame(
      state.pages[DrawingPage.self].board.drawing, stroke([(12.5, 15.5), (17.5, 15.5), (17.5, 12.5)]))
    try expectRead(state)
    let drawn = state.pages[DrawingPage.self].board.drawing
    try state.press("Space Right*5 Down")
    #expect(state.pages[DrawingPage.self].board.drawing == drawn)
    #expect(state.screen.contains("drag, or Space and arrows"))
  }

  @Test func thePenStopsAtTheEdges() throws {
    var state = try Self.onSheet()
    try state.press("Left*40 Up*40")
    #expect((state.pages[DrawingPage.self].board.column, state.pages[DrawingPage.self].board.row) == (0, 0))
    try state.press("Right*40 Down*40")
    #expect((state.pages[DrawingPage.self].board.column, state.pages[DrawingPage.self].board.row) == (27, 27))
  }

  @Test func brushAndEraserHaveSizes() throws {
    var state = try Self.onSheet()
    #expect(state.screen.contains("brush, size 2 of 4"))
    try state.press("+*9")
    #expect(state.screen.contains("brush, size 4 of 4"))
    try state.press("Space Space")
    expectSame(state.pages[DrawingPage.self].board.drawing, stroke([(14.5, 14.5)], radius: 2.2))
    let thick = state.pages[DrawingPage.self].board.drawing
    try state.press("-*9")
    #expect(state.screen.contains("brush, size 1 of 4"))
    try state.press("e Space Space")
    #expect(state.screen.contains("eraser, size 1 of 4"))
    #expect(state.pages[DrawingPage.self].board.drawing.intensities[14 * 28 + 14] < 0.5)
    #expect(
      zip(state.pages[DrawingPage.self].board.drawing.intensities, thick.intensities).allSatisfy { $0 <= $1 })
  }

  /// Ink that an eraser leaves at its edges is not a drawing.
  @Test func traceAmountsOfInkAreNoDrawing() throws {
    var state = try Self.onSheet()
    let sample = state.session.pictures
    try state.press(Self.letter)
    _ = state.react(.drawingOpened(Drawing(bytes: Array(repeating: 20, count: 784))))
    #expect(!state.session.showsDrawing && state.session.pictures == sample)
    try state.press("D D")
    #expect(!state.session.showsDrawing)
  }

  // MARK: Taking back

  @Test func strokesAreUndoneAndRedone() throws {
    var state = try Self.onSheet()
    try state.press("u")
    #expect(state.message == "nothing to undo")
    var sheets = [state.pages[DrawingPage.self].board.drawing]
    for keys in ["Space Right*3 Space", "Down*4 Space Left*6 Space", "N", "Up*9 Space Space"] {
      try state.press(keys)
      sheets.append(state.pages[DrawingPage.self].board.drawing)
    }
    #expect(Set(sheets.map(\.bytes)).count == 4)
    for sheet in sheets.dropLast().reversed() {
      try state.press("u")
      #expect(state.pages[DrawingPage.self].board.drawing == sheet)
      #expect(state.pages[DrawingPage.self].board.framed == sheet.framed())
      #expect(state.session.showsDrawing == !sheet.isEmpty)
    }
    try state.press("u")
    #expect(state.message == "nothing to undo")
    for sheet in sheets.dropFirst() {
      try state.press("U")
      #expect(state.pages[DrawingPage.self].board.drawing == sheet)
    }
    try state.press("U")
    #expect(state.message == "nothing to redo")
    try state.press("u u Space")
    try state.press("U")
    #expect(state.message == "nothing to redo")
    try expectRead(state)
  }

  /// Strokes without an effect are not undone.
  @Test func onlyChangesAreUndone() throws {
    var state = try Self.onSheet()
    try state.press("Space Right*3 Space")
    let drawn = state.pages[DrawingPage.self].board.drawing
    // The eraser over paper, the same stroke again.
    try state.press("e Up*9 Space Space Down*9 e Space Space")
    #expect(state.pages[DrawingPage.self].board.drawing == drawn)
    try state.press("u")
    #expect(state.pages[DrawingPage.self].board.drawing.isEmpty)
    try state.press("u")
    #expect(state.message == "nothing to undo")
  }

  @Test func anEmptyDrawingShowsTheSampleAgain() throws {
    var state = try Self.onSheet()
    let before = (state.session.pictures, state.session.encoded)
    try state.press(Self.letter)
    #expect(state.session.pictures.input != before.0.input)
    try state.press("N")
    #expect(state.session.pictures == before.0 && state.session.encoded == before.1)
    #expect(state.screen.contains("draw: encoded as you draw"))
    try state.press("u")
    try expectRead(state)
  }

  // MARK: Back and forth

  @Test(arguments: ["n", "p", "d"]) func sampleKeysReplaceTheDrawing(key: String) throws {
    var state = try Self.onSheet()
    try state.press("Escape n n D")
    let before = (state.session.pictures, state.session.sample)
    try state.press(Self.letter + " Escape")
    #expect(state.screen.contains("n or d: back to sample 2"))
    #expect(state.session.showsDrawing)
    try state.press(key)
    #expect(!state.session.showsDrawing)
    #expect(state.session.pictures == before.0 && state.session.sample == before.1)
    // The drawing is where it was.
    try state.press("D")
    try expectRead(state)
    #expect(try state.press("n n").isEmpty)
    #expect(state.session.sample == 3)
  }

  @Test func drawingsTurnLikeSamples() throws {
    var state = try Self.onSheet()
    try state.press(Self.letter + " ] ]")
    #expect(abs(state.session.inputValues[0] - Double.pi / 6) < 1e-9)
    #expect(state.session.sliders.values == state.session.inputValues)
    let upright = state.pages[DrawingPage.self].board.framed.images
    let turned = state.session.transformer.image(0, of: upright, values: state.session.inputValues)
    #expect(state.session.pictures.input == turned && state.session.pictures.truth == turned)
    #expect(state.session.encoded == state.session.modelInUse.inference.encode(turned))
    #expect(state.screen.contains(" · turned by 30°"))
    try state.press("[*2")
    #expect(abs(state.session.inputValues[0]) < 1e-9)
    #expect(!state.screen.contains("turned by"))
    // Nobody knows how it was meant to stand.
    try state.press("Escape")
    #expect(!state.screen.contains(" off "))
  }

  // MARK: Neighbours

  private func survey(_ count: Int) -> [EncoderOutput] {
    (0..<count).map { index in
      EncoderOutput(
        index: index % 6, label: index % 3, values: [0],
        latents: (0..<5).map { Float((index * (7 + 3 * $0) + $0) % 23) / 4 - 3 })
    }
  }

  @Test func neighboursAreTheNearestSamples() throws {
    var state = try Self.onSheet(hasSurvey: false)
    try state.press(Self.letter)
    #expect(state.pages[DrawingPage.self].neighbours.isEmpty)
    #expect(state.screen.contains("encoding samples"))
    let readings = survey(40)
    state.show(SliderSurvey(of: readings))
    let statistics = state.session.modelInUse.model.details.statistics
    #expect(Set(statistics.map(\.deviation)).count > 1)
    func distance(_ position: Int) -> Double {
      zip(readings[position].latents, state.session.encoded.latents).enumerated().reduce(0) {
        let step = Double($1.element.0 - $1.element.1) / statistics[$1.offset].deviation
        return $0 + step * step
      }
    }
    #expect(state.pages[DrawingPage.self].neighbours.count == 12)
    let found = state.pages[DrawingPage.self].neighbours.map { distance($0.position) }
    #expect(found == found.sorted())
    let others = Set(readings.indices).subtracting(state.pages[DrawingPage.self].neighbours.map(\.position))
    #expect(others.count == 28)
    let farthest = try #require(found.last)
    #expect(others.allSatisfy { distance($0) >= farthest - 1e-4 * farthest })
    for neighbour in state.pages[DrawingPage.self].neighbours {
      #expect(neighbour.number == readings[neighbour.position].index)
      #expect(neighbour.label == readings[neighbour.position].label)
      #expect(neighbour.pixels == TinyExplorer.pixels(neighbour.number).map { Float($0) / 255 })
    }
    #expect(state.screen.contains("nearest samples"))
    // Another drawing has others.
    let before = state.pages[DrawingPage.self].neighbours
    try state.press("N Space Right*9 Space")
    #expect(
      state.pages[DrawingPage.self].neighbours != before
        && state.pages[DrawingPage.self].neighbours.count == 12)
    try state.press("Escape")
    #expect(state.pages[DrawingPage.self].neighbours.isEmpty)
  }

  @Test func aNeighbourIsOpenedByAClick() throws {
    var state = try Self.onSheet(size: Size(width: 100, height: 30))
    try state.press(Self.letter)
    let index = try #require(
      state.pages[DrawingPage.self].neighbours.firstIndex { $0.number != state.session.sample })
    let place = try #require(try layout(state).neighbour(index))
    let neighbour = state.pages[DrawingPage.self].neighbours[index]
    state.click(place.column + 2, place.row + 1)
    #expect(state.session.sample == neighbour.number && !state.session.showsDrawing)
    #expect(state.focus == .sliders)
    let name = state.session.samples.className(neighbour.label)
    #expect(state.message == "sample \(neighbour.number), class \(name); D goes back to your drawing")
    try state.press("D")
    try expectRead(state)
  }

  // MARK: Files

  @Test func aDrawingIsWrittenAndOpened() throws {
    var state = try Self.onSheet()
    #expect(try state.press("W").isEmpty)
    #expect(state.message == "the drawing is empty")
    try state.press(Self.letter)
    let first = state.pages[DrawingPage.self].board.drawing
    #expect(try state.press("W") == [.saveDrawing(first)])
    #expect(try state.press("o") == [.list(.drawings)])
    _ = state.react(.listed(.drawings, []))
    #expect(state.screen.contains("no drawings: W saves one"))
    let entries = ["drawing-1", "drawing-2"].map { LibraryEntry(title: $0, reference: "/d/\($0)") }
    _ = state.react(.listed(.drawings, entries))
    #expect(try state.press("Down Enter") == [.open(.drawings, entries[1])])
    let other = stroke([(5, 5), (20, 20)])
    _ = state.react(.drawingOpened(other))
    #expect(state.pages[DrawingPage.self].board.drawing == other)
    try expectRead(state)
    try state.press("u")
    #expect(state.pages[DrawingPage.self].board.drawing == first)
  }

  @Test func anOpenedDrawingIsShownOnAnyPage() throws {
    var state = try TinyExplorer.open()
    _ = state.react(.drawingOpened(stroke([(5, 5), (20, 20)])))
    #expect(state.route == .drawing)
    try expectRead(state)
  }

  // MARK: Other models and samples

  @Test func drawingsAreEncodedWithStoredLatentPointsToo() throws {
    var state = try TinyExplorer.openReadings()
    try state.press("D " + Self.letter)
    try expectRead(state)
    #expect(state.session.pictures.truth != nil)
    #expect(state.pages[DrawingPage.self].neighbours.count == 4)
    for neighbour in state.pages[DrawingPage.self].neighbours {
      let stored = try TinyExplorer.model(readings: 4).details.encoderOutputs[neighbour.position]
      let drawn = state.session.modelInUse.inference.decode(LatentPoint(values: [0], latents: stored.latents))
      #expect(neighbour.pixels == drawn)
    }
    let place = try #require(try layout(state).neighbour(0))
    let nearest = state.pages[DrawingPage.self].neighbours[0].position
    try state.press("]")
    state.click(place.column, place.row)
    #expect(state.session.sample == nearest)
    #expect(state.session.pictures.input == nil && state.session.pictures.truth == nil)
    // The stored readings are of upright images.
    #expect(state.session.inputValues == [0])
  }

  @Test func anotherModelEncodesTheDrawing() throws {
    var state = try Self.onSheet()
    try state.press(Self.letter)
    let before = (state.pages[DrawingPage.self].board.drawing, state.session.encoded)
    _ = state.react(.opened(try ModelInUse(name: "other", model: try TinyExplorer.model(seed: 5))))
    #expect(state.pages[DrawingPage.self].board.drawing == before.0 && state.session.encoded != before.1)
    try expectRead(state)
    #expect(state.pages[DrawingPage.self].neighbours.isEmpty)
    // Also one that comes with readings instead of images.
    let model = try TinyExplorer.model(seed: 7, readings: 4, data: "mnist")
    _ = state.react(.opened(try ModelInUse(name: "third", model: model)))
    if case .images = state.session.samples { Issue.record("the readings should be in use") }
    try expectRead(state)
  }

  /// New weights redraw what is decoded, and the sliders only where they follow.
  @Test func newWeightsEncodeTheDrawing() throws {
    var state = try Self.onSheet()
    try state.press(Self.letter + " t Enter")
    _ = state.react(.trainingStarted)
    #expect(state.session.sliderPanel.followsTraining)
    _ = try state.react(.weights(TinyExplorer.model(seed: 8)))
    try expectRead(state)
    // What a phase did, it did to the drawing too, and to each stroke of it.
    _ = state.react(HistorySessionTests.news(Array(HistorySessionTests.snapshots.prefix(3))))
    let summary = try #require(state.session.training?.phaseSummary)
    try state.press("Up*6 Space Space")
    #expect(state.session.training?.phaseSummary?.step == summary.step)
    #expect(state.session.training?.phaseSummary != summary)
  }

  @Test func trainingWithStoredLatentPointsKeepsTheDrawing() throws {
    var state = try TinyExplorer.openReadings(dataset: TinyExplorer.dataset)
    try state.press("D " + Self.letter + " t Enter")
    _ = state.react(.trainingStarted)
    try expectRead(state)
    _ = try state.react(.weights(TinyExplorer.model(seed: 8)))
    try expectRead(state)
  }

  @Test func aRankingKeepsTheDrawing() throws {
    var state = try TinyExplorer.open()
    try state.press("e Enter D " + Self.letter)
    _ = state.react(.answered(ErrorRanking(errors: [0, 1, 2, 3, 4, 5]), number: state.rankingNumber))
    try expectRead(state)
    #expect(state.session.selection.list.numbers == [5, 4, 3, 2, 1, 0])
    #expect(state.session.sample == 0)
  }

  // MARK: Screens

  @Test func smallScreensHaveNoDrawingArea() throws {
    var state = try Self.onSheet(size: Size(width: 29, height: 24))
    #expect(state.focus == .sliders)
    #expect(state.message == "the screen is too small")
    try state.press("Space Right")
    #expect(state.pages[DrawingPage.self].board.drawing.isEmpty && state.text(0) == "5°")
    var other = try Self.onSheet()
    try other.press(Self.letter + " Space")
    _ = other.react(.resized(Size(width: 80, height: 17)))
    #expect(other.focus == .sliders)
    try expectRead(other)
    let drawn = other.pages[DrawingPage.self].board.drawing
    try other.press("Right*3")
    #expect(other.pages[DrawingPage.self].board.drawing == drawn)
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 100, height: 30), Size(width: 160, height: 50)])
  func snapshotsOfThePage(size: Size) throws {
    for (name, capabilities) in CanvasTests.modes {
      var state = try Self.onSheet(size: size, capabilities)
      try state.press(Self.letter + " Up*3")
      try CanvasSnapshot.check(
        state.drawn(size), capabilities, name: "sketch-\(size.width)x\(size.height)-\(name)")
    }
  }

  /// An unsaved drawing is lost only after confirmation; a new drawing is upright.
  @Test func unsavedDrawingsAreLostOnlyAfterConfirmation() throws {
    var state = try Self.onSheet()
    try state.press(Self.letter)
    #expect(try state.press("Escape q").isEmpty)
    #expect(state.message == "your drawing is not saved: W on its page saves it, q again quits")
    #expect(try state.press("q") == [.quit])
    try state.press("D ] W")
    #expect(try state.press("q") == [.quit])
    // A new sheet takes nothing of the turn along.
    try state.press("N")
    #expect(
      state.session.inputValues == state.session.schema.neutralValues
        && state.session.sliders.values == state.session.inputValues)
    let sample = state.session.pictures.input
    try state.press("Escape")
    #expect(state.session.pictures.input == sample)
    #expect(try state.press("q") == [.quit])
  }
}
