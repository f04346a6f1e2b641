import Datasets
import Evaluation
import Networks
import Screen
import Testing

@testable import Explorer
@testable import Training

extension DrawingSessionTests {
  func survey(_ count: Int) -> [EncoderOutput] {
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
    let name = state.session.samples.className(try #require(neighbour.label))
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
    let summary = try #require(state.session.phaseSummary)
    try state.press("Up*6 Space Space")
    #expect(state.session.phaseSummary?.step == summary.step)
    #expect(state.session.phaseSummary != summary)
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
