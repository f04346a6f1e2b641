import Coordinates
import Networks
import Screen
import Testing

@testable import Explorer
@testable import Training

/// Computations for the screen that run in the background.
@Suite struct AnalysisSessionTests {
  private struct NotAsked: Error {}

  /// The query for readouts, which must be the only effect.
  private func only(_ effects: [ExplorerEffect]) throws -> (query: ReadoutQuery, number: Int) {
    #expect(effects.count == 1)
    return try effects.only(ReadoutQuery.self)
  }

  private func key(_ name: String, _ state: inout ExplorerState) throws -> [ExplorerEffect] {
    try KeyScript.parse(name).flatMap { state.update(.key($0)) }
  }

  /// Answers a query; returns the effects.
  private func answer(
    _ asked: (query: some Query, number: Int), _ state: inout ExplorerState
  ) throws -> [ExplorerEffect] {
    try state.answer(asked)
  }

  private func strip(_ effects: [ExplorerEffect]) throws -> (query: FilmstripQuery, number: Int) {
    guard let asked = effects.queries(FilmstripQuery.self).first else { throw NotAsked() }
    return asked
  }

  // MARK: Readouts

  @Test func keysRequestAnalysesInTheBackground() throws {
    var state = try TinyExplorer.open()
    let before = state.session.readouts
    let asked = try only(try key("Right", &state))
    // What is shown of the same sample stays until there is something newer.
    #expect(state.session.readouts.cycle == before.cycle && state.session.readouts.rose == before.rose)
    #expect(state.session.readouts.squaredError != before.squaredError)
    #expect(try answer(asked, &state).isEmpty)
    #expect(state.session.readouts.cycle != before.cycle && state.session.readouts.equivariance != nil)
    #expect(state.update(.resized(Size(width: 90, height: 30))).isEmpty)
  }

  @Test func heldKeysLeaveOneRequest() throws {
    var state = try TinyExplorer.open()
    let first = try only(try key("Right*30", &state))
    // Another number's answer is none.
    for wrong in [first.number - 1, first.number + 1] {
      #expect(try answer((first.query, wrong), &state).isEmpty)
    }
    let last = try only(try answer(first, &state))
    #expect(last.number > first.number)
    #expect(last.query.sliders == state.session.sliders)
    #expect(try answer(last, &state).isEmpty)
    var other = try TinyExplorer.open()
    try other.press("Right*30")
    #expect(state.session.readouts == other.session.readouts)
  }

  @Test func figuresOfAnotherSampleAreAwaited() throws {
    var state = try TinyExplorer.open()
    let late = try only(try key("Right", &state))
    #expect(try key("n", &state).isEmpty)
    #expect(
      state.session.readouts.cycle == nil && state.session.readouts.rose.isEmpty
        && state.session.readouts.sensitivities.isEmpty)
    #expect(state.session.readouts.squaredError != nil)
    // What comes of the sample before is not shown.
    let next = try only(try answer(late, &state))
    #expect(state.session.readouts.cycle == nil)
    #expect(try answer(next, &state).isEmpty)
    #expect(state.session.readouts.cycle != nil)
  }

  /// A failure is shown once; the next key requests it again.
  @Test func aFailedAnalysisIsNotAwaited() throws {
    var state = try TinyExplorer.open()
    let asked = try only(try key("Right", &state))
    let effects = state.update(
      .answered(
        QueryCall(number: asked.number, query: asked.query).failure("the tensor decoder.0.bias is missing")))
    #expect(effects.isEmpty)
    #expect(state.message == "the tensor decoder.0.bias is missing")
    let next = try only(try key("Right", &state))
    #expect(next.number > asked.number)
    #expect(try answer(next, &state).isEmpty)
    #expect(state.session.readouts.cycle != nil)
  }

  @Test func newWeightsRequestAnalysesAndKeepTheShownOnes() throws {
    var state = try TinyExplorer.open()
    try state.press("t Enter")
    let before = state.session.readouts
    let asked = try only(state.update(.weights(TinyExplorer.model(seed: 9))))
    #expect(state.session.readouts.cycle == before.cycle && before.cycle != nil)
    #expect(try answer(asked, &state).isEmpty)
    #expect(state.session.readouts.cycle != before.cycle)
  }

  @Test func storedLatentPointsAreSurveyedInTheBackground() throws {
    var state = try TinyExplorer.open(try TinyExplorer.model(readings: 4), dataset: TinyExplorer.dataset)
    let effects = try key("d", &state)
    #expect(state.session.survey.current == nil && state.session.survey.histograms.allSatisfy { $0.isEmpty })
    let readings = state.session.modelInUse.model.details.encoderOutputs
    #expect(effects.contains(state.survey(.stored(readings))))
    state.show(SliderSurvey(of: readings))
    #expect(state.session.survey.histograms.contains { !$0.isEmpty })
  }

  /// With very many sliders, only those near the selected one have histograms.
  @Test func onlySlidersNearTheSelectedOneHaveHistograms() throws {
    let schema = CoordinateSchema(typed: [.rotation], freeCount: 80)
    let architecture = NetworkArchitecture(schema: schema, hidden: [8])
    let model = TypedModel(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: 4).tensors,
      details: ModelDetails())
    var state = try TinyExplorer.open(model)
    let readings = try model.encoderOutputs(of: TinyExplorer.images, count: 6)
    state.show(SliderSurvey(of: readings))
    #expect(
      state.session.survey.histograms.indices.filter { !state.session.survey.histograms[$0].isEmpty }
        == Array(0..<48))
    try state.press("Up")
    #expect(
      state.session.survey.histograms.indices.filter { !state.session.survey.histograms[$0].isEmpty }
        == Array(33..<81))
  }

  // MARK: Pages

  @Test func theFilmstripOfAnotherSampleOrSliderIsDropped() throws {
    var state = try TinyExplorer.open()
    let first = try strip(try key("F", &state))
    #expect(state.pages[FilmstripPage.self].frames.isEmpty)
    #expect(try answer(first, &state).isEmpty)
    let shown = state.pages[FilmstripPage.self].frames
    #expect(!shown.isEmpty)
    // A slider that moves leaves the strip of a moment before.
    let moved = try strip(try key("Right", &state))
    #expect(state.pages[FilmstripPage.self].frames == shown)
    _ = try answer(moved, &state)
    #expect(state.pages[FilmstripPage.self].frames == shown)
    for change in ["n", "Down"] {
      let asked = try strip(try key(change, &state))
      #expect(state.pages[FilmstripPage.self].frames.isEmpty)
      _ = try answer(asked, &state)
      #expect(!state.pages[FilmstripPage.self].frames.isEmpty)
    }
    // What comes after the page was left is dropped, and asked for anew.
    let late = try strip(try key("p", &state))
    #expect(throws: NotAsked.self) { try strip(try key("Escape F", &state)) }
    let again = try strip(try answer(late, &state))
    #expect(state.pages[FilmstripPage.self].frames.isEmpty)
    _ = try answer(again, &state)
    #expect(!state.pages[FilmstripPage.self].frames.isEmpty)
  }

  /// A filmstrip that was drawn for a larger screen is shown as far as it fits.
  @Test func aFilmstripOfALargerScreenIsCutToThePage() throws {
    var state = try TinyExplorer.open(size: Size(width: 100, height: 30))
    try state.press("F")
    let count = state.pages[FilmstripPage.self].frames.count
    _ = state.update(.resized(Size(width: 60, height: 20)))
    let region = try #require(state.layout.page?.region)
    let shown = state.pages[FilmstripPage.self].shownFrames(in: region, .mnist)
    #expect(state.pages[FilmstripPage.self].frames.count == count && shown.count < count && !shown.isEmpty)
    for (place, _) in shown { #expect(place.intersection(region) == place) }
  }

  @Test func snapshotPicturesOfAnotherSampleAreDropped() throws {
    var state = try CanvasSizeTests.pages(try CanvasTests.busy())[3]
    #expect(state.route == .history)
    let frames = state.pages[HistoryPage.self].frames
    #expect(!frames.isEmpty)
    try state.press("h")
    #expect(state.pages[HistoryPage.self].frames == frames)
    _ = state.update(.answered(frames, number: state.framesNumber))
    let effects = try state.press("n")
    #expect(state.pages[HistoryPage.self].frames.isEmpty)
    #expect(!state.screen.contains("snapshot · error"))
    let asked = try effects.only(SnapshotFrameQuery.self)
    // What was ordered for the sample before comes too late.
    try state.press("n")
    _ = try state.answer(asked)
    #expect(state.pages[HistoryPage.self].frames.isEmpty)
  }

  @Test func theSelectedSliderIsDraggedOnThePagesThatShowIt() throws {
    let pages = try CanvasSizeTests.pages(try CanvasTests.busy())
    for var state in [pages[3], pages[4]] {
      for size in [Size(width: 80, height: 24), Size(width: 100, height: 30), Size(width: 160, height: 50)] {
        _ = state.react(.resized(size))
        let page = try #require(state.layout.page)
        let line = try #require(state.pages[page.id].sliderLine(in: page.region, state.session))
        let track = state.session.track(of: state.session.selected, in: line)
        #expect(state.drawn()[track.column - 1, line.row].glyph == "├")
        // Moves of one slider in a row are taken back as one: this ends the row.
        try state.press("b")
        let value = state.session.sliders.value(ofSlider: state.session.selected)
        state.mouse(.press, track.column + track.width / 4, line.row)
        let quarter = state.session.sliders.value(ofSlider: state.session.selected)
        state.mouse(.drag, track.column + 3 * track.width / 4, line.row + 5)
        let threeQuarters = state.session.sliders.value(ofSlider: state.session.selected)
        state.mouse(.release, track.column, line.row)
        #expect(quarter < threeQuarters)
        #expect(state.route == page.id && state.dragTarget == nil)
        try state.press("u")
        #expect(state.session.sliders.value(ofSlider: state.session.selected) == value)
        // The wheel moves it too.
        state.mouse(.wheelUp, track.column, line.row)
        #expect(state.session.sliders.value(ofSlider: state.session.selected) != value)
        try state.press("u")
      }
    }
  }

  // MARK: Networks

  @Test func networksAreKeptAndTakeNewWeights() throws {
    let models = try [3, 9, 3, 5].map { try TinyExplorer.model(seed: $0) }
    let warp = NetworkArchitecture(schema: .article, hidden: [12], decoder: .warp)
    let other = TypedModel(
      architecture: warp, weights: TypedAutoencoder(warp, seed: 2).tensors, details: ModelDetails())
    var networks = NetworkCache()
    let reading = LatentPoint(values: [0.4], latents: [0.1, -0.2, 0.3, 0.5, -0.4])
    for model in models {
      for one in [model, other] {
        let expected = try ModelInUse(name: "", model: one).inference.decode(reading)
        #expect(try networks.inference(of: one).decode(reading) == expected)
      }
    }
    let kept = try networks.inference(of: other)
    _ = try networks.inference(of: models[0])
    #expect(try networks.inference(of: other) === kept)
  }
}
