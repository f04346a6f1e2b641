import Datasets
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
      let readings = try state.current.model.encoderOutputs(of: TinyExplorer.images, count: 100)
      _ = state.react(.surveyed(SliderSurvey(of: readings), number: state.surveyGeneration))
    }
    try state.press("D")
    return state
  }

  /// Keys that draw an L.
  static let letter = "Left*5 Up*8 Space Down*14 Right*9 Space"

  private func layout(_ state: ExplorerState) throws -> DrawingLayout {
    let page = try #require(ExplorerLayout(state, size: state.size).page)
    #expect(page.panel == .sketch)
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

  /// That what is seen, read and drawn is that of the sheet.
  private func expectRead(_ state: ExplorerState, sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(state.showsDrawing, sourceLocation: sourceLocation)
    let input = try #require(state.pictures.input, sourceLocation: sourceLocation)
    let framed = state.drawingBoard.sketch.framed()
    #expect(
      zip(input, framed.bytes).allSatisfy { abs($0 - Float($1) / 255) < 1e-5 },
      sourceLocation: sourceLocation)
    #expect(state.reading == state.current.inference.encode(input), sourceLocation: sourceLocation)
    #expect(state.sliders.latents == state.reading.latents, sourceLocation: sourceLocation)
    #expect(
      state.pictures.decoded == state.current.inference.decode(state.sliders),
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
    #expect(state.dragTarget == .sketch)
    for cell in cells.dropFirst() { state.mouse(.drag, cell.0, cell.1) }
    state.mouse(.release, cells[2].0, cells[2].1)
    // A cell's middle, by what share of the sheet lies before it.
    let places = cells.map { column, row in
      (
        x: 28 * (Double(column - sheet.column) + 0.5) / Double(sheet.width),
        y: 28 * (Double(row - sheet.row) + 0.5) / Double(sheet.height)
      )
    }
    expectSame(state.drawingBoard.sketch, stroke(places))
    #expect(state.drawingBoard.column == Int(places[2].x) && state.drawingBoard.row == Int(places[2].y))
    #expect(state.dragTarget == nil)
    try expectRead(state)
    #expect(state.screen.contains("your drawing"))
  }

  @Test func aStrokeGoesOverTheEdgeAndEndsThere() throws {
    var state = try Self.onSheet()
    let sheet = try layout(state).sheet
    state.mouse(.press, sheet.column + 4, sheet.row + 5)
    state.mouse(.drag, sheet.column - 9, sheet.row + 5)
    let drawn = state.drawingBoard.sketch
    // To the left edge, and not around it.
    #expect(drawn.intensities[Int(5.5 * 28 / 18) * 28] > 0.9)
    #expect(state.drawingBoard.column == 0)
    state.mouse(.drag, 500, 400)
    #expect(state.drawingBoard.column == 27 && state.drawingBoard.row == 27)
    state.mouse(.release, 500, 400)
    let after = state.drawingBoard.sketch
    #expect(after != drawn)
    // Nothing is held any more.
    state.mouse(.drag, sheet.column + 9, sheet.row + 9)
    #expect(state.drawingBoard.sketch == after)
    // The next stroke does not begin where the last one ended.
    state.mouse(.press, sheet.column + 20, sheet.row + 1)
    state.mouse(.release, sheet.column + 20, sheet.row + 1)
    expectSame(
      state.drawingBoard.sketch, stroke([(x: 20.5 * 28 / 36, y: 1.5 * 28 / 18)], on: after))
  }

  @Test func aPressBesideTheSheetDrawsNothing() throws {
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
    #expect(state.drawingBoard.sketch.isEmpty)
    #expect(!state.showsDrawing)
  }

  /// A key may open another page while the mouse is held.
  @Test(arguments: ["M", "T", "F", "C", "Escape"])
  func whatIsDraggedElsewhereDrawsNothing(key: String) throws {
    var state = try Self.onSheet()
    let sheet = try layout(state).sheet
    state.mouse(.press, sheet.column + 4, sheet.row + 5)
    try state.press(key)
    let before = (state.drawingBoard, state.sliders)
    state.mouse(.drag, sheet.column + 14, sheet.row + 9)
    #expect(state.drawingBoard == before.0 && state.sliders == before.1)
    state.mouse(.release, sheet.column + 14, sheet.row + 9)
    #expect(state.dragTarget == nil)
    try state.press("D Right")
    #expect(state.drawingBoard.sketch == before.0.sketch)
  }

  // MARK: Keys

  @Test func thePenDrawsWhereItIsDown() throws {
    var state = try Self.onSheet()
    try state.press("Left*2 Down")
    #expect(state.drawingBoard.sketch.isEmpty && !state.showsDrawing)
    #expect((state.drawingBoard.column, state.drawingBoard.row) == (12, 15))
    try state.press("Space")
    expectSame(state.drawingBoard.sketch, stroke([(12.5, 15.5)]))
    #expect(state.screen.contains("pen down: arrows draw"))
    try state.press("Right*5 Up*3")
    expectSame(state.drawingBoard.sketch, stroke([(12.5, 15.5), (17.5, 15.5), (17.5, 12.5)]))
    try expectRead(state)
    let drawn = state.drawingBoard.sketch
    try state.press("Space Right*5 Down")
    #expect(state.drawingBoard.sketch == drawn)
    #expect(state.screen.contains("drag, or Space and arrows"))
  }

  @Test func thePenStopsAtTheEdges() throws {
    var state = try Self.onSheet()
    try state.press("Left*40 Up*40")
    #expect((state.drawingBoard.column, state.drawingBoard.row) == (0, 0))
    try state.press("Right*40 Down*40")
    #expect((state.drawingBoard.column, state.drawingBoard.row) == (27, 27))
  }

  @Test func brushAndEraserHaveSizes() throws {
    var state = try Self.onSheet()
    #expect(state.screen.contains("brush, size 2 of 4"))
    try state.press("+*9")
    #expect(state.screen.contains("brush, size 4 of 4"))
    try state.press("Space Space")
    expectSame(state.drawingBoard.sketch, stroke([(14.5, 14.5)], radius: 2.2))
    let thick = state.drawingBoard.sketch
    try state.press("-*9")
    #expect(state.screen.contains("brush, size 1 of 4"))
    try state.press("e Space Space")
    #expect(state.screen.contains("eraser, size 1 of 4"))
    #expect(state.drawingBoard.sketch.intensities[14 * 28 + 14] < 0.5)
    #expect(zip(state.drawingBoard.sketch.intensities, thick.intensities).allSatisfy { $0 <= $1 })
  }

  /// What an eraser leaves at its edges is no drawing.
  @Test func nextToNoInkIsNoDrawing() throws {
    var state = try Self.onSheet()
    let sample = state.pictures
    try state.press(Self.letter)
    _ = state.react(.drawingOpened(Drawing(bytes: Array(repeating: 20, count: 784))))
    #expect(!state.showsDrawing && state.pictures == sample)
    try state.press("D D")
    #expect(!state.showsDrawing)
  }

  // MARK: Taking back

  @Test func strokesAreTakenBackAndDoneAgain() throws {
    var state = try Self.onSheet()
    try state.press("u")
    #expect(state.message == "nothing to undo")
    var sheets = [state.drawingBoard.sketch]
    for keys in ["Space Right*3 Space", "Down*4 Space Left*6 Space", "N", "Up*9 Space Space"] {
      try state.press(keys)
      sheets.append(state.drawingBoard.sketch)
    }
    #expect(Set(sheets.map(\.bytes)).count == 4)
    for sheet in sheets.dropLast().reversed() {
      try state.press("u")
      #expect(state.drawingBoard.sketch == sheet)
      #expect(state.drawingBoard.framed == sheet.framed())
      #expect(state.showsDrawing == !sheet.isEmpty)
    }
    try state.press("u")
    #expect(state.message == "nothing to undo")
    for sheet in sheets.dropFirst() {
      try state.press("U")
      #expect(state.drawingBoard.sketch == sheet)
    }
    try state.press("U")
    #expect(state.message == "nothing to redo")
    try state.press("u u Space")
    try state.press("U")
    #expect(state.message == "nothing to redo")
    try expectRead(state)
  }

  /// What has changed nothing is not in the way.
  @Test func onlyWhatHasChangedSomethingIsTakenBack() throws {
    var state = try Self.onSheet()
    try state.press("Space Right*3 Space")
    let drawn = state.drawingBoard.sketch
    // The eraser over paper, the same stroke again.
    try state.press("e Up*9 Space Space Down*9 e Space Space")
    #expect(state.drawingBoard.sketch == drawn)
    try state.press("u")
    #expect(state.drawingBoard.sketch.isEmpty)
    try state.press("u")
    #expect(state.message == "nothing to undo")
  }

  @Test func anEmptySheetShowsTheSampleAgain() throws {
    var state = try Self.onSheet()
    let before = (state.pictures, state.reading)
    try state.press(Self.letter)
    #expect(state.pictures.input != before.0.input)
    try state.press("N")
    #expect(state.pictures == before.0 && state.reading == before.1)
    #expect(state.screen.contains("draw: encoded as you draw"))
    try state.press("u")
    try expectRead(state)
  }

  // MARK: Back and forth

  @Test(arguments: ["n", "p", "d"]) func theSamplesComeBack(key: String) throws {
    var state = try Self.onSheet()
    try state.press("Escape n n D")
    let before = (state.pictures, state.sample)
    try state.press(Self.letter + " Escape")
    #expect(state.screen.contains("n or d: back to sample 2"))
    #expect(state.showsDrawing)
    try state.press(key)
    #expect(!state.showsDrawing)
    #expect(state.pictures == before.0 && state.sample == before.1)
    // The drawing is where it was.
    try state.press("D")
    try expectRead(state)
    #expect(try state.press("n n").isEmpty)
    #expect(state.sample == 3)
  }

  @Test func aDrawingIsTurnedAsASampleIs() throws {
    var state = try Self.onSheet()
    try state.press(Self.letter + " ] ]")
    #expect(abs(state.inputValues[0] - Double.pi / 6) < 1e-9)
    #expect(state.sliders.values == state.inputValues)
    let upright = state.drawingBoard.framed.images
    let turned = state.transformer.image(0, of: upright, values: state.inputValues)
    #expect(state.pictures.input == turned && state.pictures.truth == turned)
    #expect(state.reading == state.current.inference.encode(turned))
    #expect(state.screen.contains(" · turned by 30°"))
    try state.press("[*2")
    #expect(abs(state.inputValues[0]) < 1e-9)
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

  @Test func theNeighboursAreTheNearest() throws {
    var state = try Self.onSheet(hasSurvey: false)
    try state.press(Self.letter)
    #expect(state.neighbours.isEmpty)
    #expect(state.screen.contains("encoding samples"))
    let readings = survey(40)
    _ = state.react(.surveyed(SliderSurvey(of: readings), number: state.surveyGeneration))
    let statistics = state.current.model.details.statistics
    #expect(Set(statistics.map(\.deviation)).count > 1)
    func distance(_ position: Int) -> Double {
      zip(readings[position].latents, state.reading.latents).enumerated().reduce(0) {
        let step = Double($1.element.0 - $1.element.1) / statistics[$1.offset].deviation
        return $0 + step * step
      }
    }
    #expect(state.neighbours.count == 12)
    let found = state.neighbours.map { distance($0.position) }
    #expect(found == found.sorted())
    let others = Set(readings.indices).subtracting(state.neighbours.map(\.position))
    #expect(others.count == 28)
    let farthest = try #require(found.last)
    #expect(others.allSatisfy { distance($0) >= farthest - 1e-4 * farthest })
    for neighbour in state.neighbours {
      #expect(neighbour.number == readings[neighbour.position].index)
      #expect(neighbour.label == readings[neighbour.position].label)
      #expect(neighbour.pixels == TinyExplorer.pixels(neighbour.number).map { Float($0) / 255 })
    }
    #expect(state.screen.contains("nearest samples"))
    // Another drawing has others.
    let before = state.neighbours
    try state.press("N Space Right*9 Space")
    #expect(state.neighbours != before && state.neighbours.count == 12)
    try state.press("Escape")
    #expect(state.neighbours.isEmpty)
  }

  @Test func aNeighbourIsOpenedByAClick() throws {
    var state = try Self.onSheet(size: Size(width: 100, height: 30))
    try state.press(Self.letter)
    let index = try #require(state.neighbours.firstIndex { $0.number != state.sample })
    let place = try #require(try layout(state).neighbour(index))
    let neighbour = state.neighbours[index]
    state.click(place.column + 2, place.row + 1)
    #expect(state.sample == neighbour.number && !state.showsDrawing)
    #expect(state.focus == .sliders)
    let name = state.samples.className(neighbour.label)
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
    let first = state.drawingBoard.sketch
    #expect(try state.press("W") == [.saveDrawing(first)])
    #expect(try state.press("o") == [.list(.sketches)])
    _ = state.react(.listed(.sketches, []))
    #expect(state.screen.contains("no drawings: W saves one"))
    let entries = ["drawing-1", "drawing-2"].map { LibraryEntry(title: $0, reference: "/d/\($0)") }
    _ = state.react(.listed(.sketches, entries))
    #expect(try state.press("Down Enter") == [.open(.sketches, entries[1])])
    let other = stroke([(5, 5), (20, 20)])
    _ = state.react(.drawingOpened(other))
    #expect(state.drawingBoard.sketch == other)
    try expectRead(state)
    try state.press("u")
    #expect(state.drawingBoard.sketch == first)
  }

  @Test func aDrawingThatArrivesElsewhereIsShown() throws {
    var state = try TinyExplorer.open()
    _ = state.react(.drawingOpened(stroke([(5, 5), (20, 20)])))
    #expect(state.focus == .sketch)
    try expectRead(state)
  }

  // MARK: Other models and samples

  @Test func withStoredReadingsADrawingIsReadToo() throws {
    var state = try TinyExplorer.openReadings()
    try state.press("D " + Self.letter)
    try expectRead(state)
    #expect(state.pictures.truth != nil)
    #expect(state.neighbours.count == 4)
    for neighbour in state.neighbours {
      let stored = try TinyExplorer.model(readings: 4).details.encoderOutputs[neighbour.position]
      let drawn = state.current.inference.decode(LatentPoint(values: [0], latents: stored.latents))
      #expect(neighbour.pixels == drawn)
    }
    let place = try #require(try layout(state).neighbour(0))
    let nearest = state.neighbours[0].position
    try state.press("]")
    state.click(place.column, place.row)
    #expect(state.sample == nearest)
    #expect(state.pictures.input == nil && state.pictures.truth == nil)
    // The stored readings are of upright images.
    #expect(state.inputValues == [0])
  }

  @Test func anotherModelReadsTheDrawing() throws {
    var state = try Self.onSheet()
    try state.press(Self.letter)
    let before = (state.drawingBoard.sketch, state.reading)
    _ = state.react(.opened(try ModelInUse(name: "other", model: try TinyExplorer.model(seed: 5))))
    #expect(state.drawingBoard.sketch == before.0 && state.reading != before.1)
    try expectRead(state)
    #expect(state.neighbours.isEmpty)
    // Also one that comes with readings instead of images.
    let model = try TinyExplorer.model(seed: 7, readings: 4, data: "mnist")
    _ = state.react(.opened(try ModelInUse(name: "third", model: model)))
    if case .images = state.samples { Issue.record("the readings should be in use") }
    try expectRead(state)
  }

  /// New weights redraw what is decoded, and the sliders only where they follow.
  @Test func weightsThatArriveReadTheDrawing() throws {
    var state = try Self.onSheet()
    try state.press(Self.letter + " t Enter")
    _ = state.react(.trainingStarted)
    #expect(state.follows)
    _ = try state.react(.weights(TinyExplorer.model(seed: 8)))
    try expectRead(state)
    // What a phase did, it did to the drawing too, and to each stroke of it.
    _ = state.react(HistorySessionTests.news(Array(HistorySessionTests.snapshots.prefix(3))))
    let summary = try #require(state.training?.phaseSummary)
    try state.press("Up*6 Space Space")
    #expect(state.training?.phaseSummary?.step == summary.step)
    #expect(state.training?.phaseSummary != summary)
  }

  @Test func trainingWithStoredReadingsLeavesTheDrawing() throws {
    var state = try TinyExplorer.openReadings(dataset: TinyExplorer.dataset)
    try state.press("D " + Self.letter + " t Enter")
    _ = state.react(.trainingStarted)
    try expectRead(state)
    _ = try state.react(.weights(TinyExplorer.model(seed: 8)))
    try expectRead(state)
  }

  @Test func aRankingThatArrivesLeavesTheDrawing() throws {
    var state = try TinyExplorer.open()
    try state.press("e Enter D " + Self.letter)
    _ = state.react(.ranked(ErrorRanking(errors: [0, 1, 2, 3, 4, 5]), number: 1))
    try expectRead(state)
    #expect(state.list.numbers == [5, 4, 3, 2, 1, 0])
    #expect(state.sample == 0)
  }

  // MARK: Screens

  @Test func smallScreensHaveNoSheet() throws {
    var state = try Self.onSheet(size: Size(width: 29, height: 24))
    #expect(state.focus == .sliders)
    #expect(state.message == "the screen is too small")
    try state.press("Space Right")
    #expect(state.drawingBoard.sketch.isEmpty && state.text(0) == "5°")
    var other = try Self.onSheet()
    try other.press(Self.letter + " Space")
    _ = other.react(.resized(Size(width: 80, height: 17)))
    #expect(other.focus == .sliders)
    try expectRead(other)
    let drawn = other.drawingBoard.sketch
    try other.press("Right*3")
    #expect(other.drawingBoard.sketch == drawn)
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 100, height: 30), Size(width: 160, height: 50)])
  func whatItLooksLike(size: Size) throws {
    for (name, capabilities) in CanvasTests.modes {
      var state = try Self.onSheet(size: size, capabilities)
      try state.press(Self.letter + " Up*3")
      try CanvasSnapshot.check(
        state.drawn(size), capabilities, name: "sketch-\(size.width)x\(size.height)-\(name)")
    }
  }

  /// A drawing that is in no file is lost only when asked twice; another sheet stands upright.
  @Test func aDrawingIsNotLostUnsaid() throws {
    var state = try Self.onSheet()
    try state.press(Self.letter)
    #expect(try state.press("Escape q").isEmpty)
    #expect(state.message == "your drawing is not saved: W on its page saves it, q again quits")
    #expect(try state.press("q") == [.quit])
    try state.press("D ] W")
    #expect(try state.press("q") == [.quit])
    // A new sheet takes nothing of the turn along.
    try state.press("N")
    #expect(state.inputValues == state.schema.neutralValues && state.sliders.values == state.inputValues)
    let sample = state.pictures.input
    try state.press("Escape")
    #expect(state.pictures.input == sample)
    #expect(try state.press("q") == [.quit])
  }
}
