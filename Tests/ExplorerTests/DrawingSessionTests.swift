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

  func layout(_ state: ExplorerState) throws -> DrawingLayout {
    let page = try #require(state.layout.page)
    #expect(page.id == .drawing)
    return DrawingLayout(page.region, .mnist)
  }

  func stroke(
    _ places: [(x: Double, y: Double)], radius: Double = 0.9, on sheet: Drawing = Drawing()
  ) -> Drawing {
    var sketch = sheet
    for (start, end) in zip(places, places.dropFirst() + places.suffix(1)) {
      sketch.draw(from: start, to: end, with: Drawing.Brush(radius: radius))
    }
    return sketch
  }

  func expectSame(_ a: Drawing, _ b: Drawing, sourceLocation: SourceLocation = #_sourceLocation) {
    let difference = zip(a.intensities, b.intensities).map { abs($0 - $1) }.max() ?? 0
    #expect(difference < 1e-5, sourceLocation: sourceLocation)
  }

  /// Expects that input, encoder's values and pictures are those of the drawing.
  func expectRead(_ state: ExplorerState, sourceLocation: SourceLocation = #_sourceLocation) throws {
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

  /// A page that closes without its key raises the pen as well.
  @Test func closingThePageRaisesThePen() throws {
    var state = try TinyExplorer.open(size: Size(width: 100, height: 30))
    try state.press("z D Space Right*2 Tab")
    #expect(state.route == nil && !state.pages[DrawingPage.self].board.isPenDown)
    try state.press("z D Space Right")
    _ = state.react(.resized(Size(width: 28, height: 16)))
    _ = state.react(.resized(Size(width: 100, height: 30)))
    #expect(state.route == nil && !state.pages[DrawingPage.self].board.isPenDown)
  }

}
