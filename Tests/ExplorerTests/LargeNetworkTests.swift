import Coordinates
import Networks
import Screen
import Testing

@testable import Explorer
@testable import Training

/// A network that takes longer than a key may is looked through on another thread.
@Suite struct LargeNetworkTests {
  private struct NotAsked: Error {}

  private static func model(
    seed: UInt64,
    _ architecture: NetworkArchitecture = NetworkArchitecture(schema: .article, hidden: [1100, 300])
  ) -> TypedModel {
    TypedModel(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: seed).tensors,
      details: ModelDetails())
  }

  private static let first = model(seed: 1)
  private static let second = model(seed: 2)

  private func open() throws -> ExplorerState { try TinyExplorer.open(Self.first) }

  private func inferences(_ effects: [ExplorerEffect]) -> [(query: InferenceQuery, number: Int)] {
    effects.queries(InferenceQuery.self)
  }

  /// The only inference that is asked for.
  private func only(_ effects: [ExplorerEffect]) throws -> (query: InferenceQuery, number: Int) {
    try effects.only(InferenceQuery.self)
  }

  private func keys(_ script: String, _ state: inout ExplorerState) throws -> [ExplorerEffect] {
    state.update(try KeyScript.parse(script).map { .key($0) })
  }

  private func answer(
    _ asked: (query: InferenceQuery, number: Int), _ state: inout ExplorerState
  ) -> [ExplorerEffect] {
    state.update(.answered(asked.query.result(), number: asked.number))
  }

  /// Expects that the shown pictures are the network's for the input and the sliders.
  private func expectTrue(_ state: ExplorerState, _ location: SourceLocation = #_sourceLocation) throws {
    let input = try #require(state.session.pictures.input, sourceLocation: location)
    let truth = state.session.transformer.image(
      state.session.sample, of: TinyExplorer.images, values: state.session.sliders.values)
    #expect(
      state.session.encoded == state.session.modelInUse.inference.encode(input), sourceLocation: location)
    #expect(
      state.session.pictures.decoded == state.session.modelInUse.inference.decode(state.session.sliders),
      sourceLocation: location)
    #expect(state.session.pictures.truth == truth, sourceLocation: location)
    #expect(!state.session.inference.isPending && state.deferredEvents.isEmpty, sourceLocation: location)
  }

  @Test func onlyLargeNetworksInferInTheBackground() throws {
    #expect(try open().session.modelInUse.isLarge)
    for preset in Preset.all {
      let model = Self.model(seed: 1, preset.architecture)
      #expect(try !ModelInUse(name: "", model: model).isLarge, "\(preset.name)")
    }
    var small = try TinyExplorer.open()
    #expect(inferences(try keys("Right n ] Backspace", &small)).isEmpty)
  }

  @Test func theFirstPictureIsShownAtOnce() throws { try expectTrue(try open()) }

  @Test func aSliderMovesAtOnceAndThePicturesFollow() throws {
    var state = try open()
    let before = state.session.pictures
    let asked = try only(try keys("Right", &state))
    #expect(state.session.sliders.values[0] > 0)
    // Decoded picture and truth are of the same position, always.
    #expect(state.session.pictures == before)
    _ = answer(asked, &state)
    #expect(state.session.pictures.decoded != before.decoded && state.session.pictures.truth != before.truth)
    try expectTrue(state)
  }

  @Test func heldKeysLeaveOneRequest() throws {
    var state = try open()
    let first = try only(try keys("Right", &state))
    for _ in 0..<10 { #expect(inferences(try keys("Right", &state)).isEmpty) }
    let position = state.session.sliders
    #expect(state.session.sliders.values[0] > 10 * first.query.sliders.values[0])
    let last = try only(answer(first, &state))
    #expect(state.session.pictures.decoded == state.session.modelInUse.inference.decode(first.query.sliders))
    #expect(inferences(answer(last, &state)).isEmpty)
    #expect(state.session.sliders == position)
    try expectTrue(state)
  }

  /// Figures of pictures that are about to change would be of nothing.
  @Test func analysesFollowThePictures() throws {
    func studies(_ effects: [ExplorerEffect]) -> Int {
      effects.queries(ReadoutQuery.self).count + effects.queries(FilmstripQuery.self).count
    }
    var state = try open()
    let effects = try keys("Right", &state)
    #expect(studies(effects) == 0)
    #expect(studies(answer(try only(effects), &state)) == 1)
  }

  @Test func keysThatNeedTheEncodingWaitForIt() throws {
    var state = try open()
    let asked = try only(try keys("n", &state))
    // Back to the marks, which are not known yet; then a step further.
    #expect(try keys("Right*2 Backspace Right", &state).isEmpty)
    #expect(state.session.sample == 1 && state.deferredEvents.count == 4 && state.hasDeferredEvents)
    let next = try only(answer(asked, &state))
    #expect(state.deferredEvents.isEmpty)
    #expect(state.session.sliders.latents == state.session.encoded.latents)
    _ = answer(next, &state)
    try expectTrue(state)
    #expect(
      state.session.sliders.values[0] == state.session.scales[0].moved(state.session.encoded.values[0], by: 1)
    )
    _ = state.settle(try keys("Backspace", &state))
    #expect(state.session.sliders == state.session.encoded)
  }

  @Test func keysDoNotDependOnTheirTiming() throws {
    for script in ["n Right*3 Backspace L n*2 Down L b", "] n Right Down*2 R . , u u", "n k n*2 F b F ] T"] {
      var (one, other) = (try open(), try open())
      for key in try KeyScript.parse(script) { _ = one.react(.key(key)) }
      _ = other.settle(try keys(script, &other))
      try expectTrue(one)
      #expect(one.session.sliders == other.session.sliders && one.session.encoded == other.session.encoded)
      #expect(one.session.path.start == other.session.path.start)
      #expect((one.session.path.start != nil) == script.contains(" k "))
      #expect(one.session.pictures == other.session.pictures && one.screen == other.screen)
    }
  }

  @Test func figuresIncludeEarlierKeys() throws {
    var state = try open()
    let effects = try keys("Right*4 E Enter", &state)
    #expect(writes(effects).isEmpty)
    let order = try #require(writes(state.settle(effects)).first)
    guard case .picture(let picture) = order.content else { throw NotAsked() }
    #expect(picture.pixels == state.session.modelInUse.inference.decode(state.session.sliders))
    #expect(state.session.sliders.values[0] > 0)
  }

  @Test func newWeightsReplaceAnInference() throws {
    var state = try open()
    _ = state.react(.key(.character("t")))
    _ = state.react(.key(.enter))
    _ = state.react(.key(.character("f")))
    #expect(!state.session.sliderPanel.followsTraining)
    let late = try only(try keys("n", &state))
    let newer = try only(state.update(try .weights(Self.second)))
    // The marks of the sample are still to be followed.
    #expect(newer.query.movesLatents && newer.query.input == late.query.input)
    #expect(answer(late, &state).isEmpty)
    #expect(state.session.inference.request.awaitedNumber == newer.number)
    _ = answer(newer, &state)
    try expectTrue(state)
    #expect(state.session.sliders.latents == state.session.encoded.latents && state.session.sample == 1)
  }

  /// With other sliders than the one before, before it has read anything.
  @Test func anotherModelReplacesAnInference() throws {
    var state = try open()
    let late = try only(try keys("Right*3 n", &state))
    let schema = try CoordinateSchema(parsing: "rotation, shift-x:6, free:9")
    let other = Self.model(seed: 3, NetworkArchitecture(schema: schema, hidden: [1100, 300]))
    let newer = try only(state.update(.opened(try ModelInUse(name: "other", model: other))))
    #expect(state.screen.contains("other"))
    #expect(inferences(answer(late, &state)).isEmpty)
    #expect(state.session.sliders.latents.count == 9)
    _ = state.settle(answer(newer, &state))
    try expectTrue(state)
    let small = try ModelInUse(name: "small", model: try TinyExplorer.model())
    #expect(inferences(state.update(.opened(small))).isEmpty)
    try expectTrue(state)
  }

  // MARK: A small network that is taken for a large one

  private func openTiny(_ script: String) throws -> ExplorerState {
    var state = try TinyExplorer.open()
    try state.press(script)
    state.session.models.inUse.isLarge = true
    return state
  }

  private func writes(_ effects: [ExplorerEffect]) -> [FigureRequest] {
    effects.compactMap { if case .write(let order) = $0 { order } else { nil } }
  }

  @Test func clickedFiguresIncludeEarlierKeys() throws {
    var state = try openTiny("i")
    var effects = try keys("Right*4 E", &state)
    let list = try #require(state.overlayList(width: 80))
    let region = list.region(in: Rectangle(column: 0, row: 0, width: 80, height: 24))
    effects += state.update(.mouse(MouseEvent(.press, column: region.column + 4, row: region.row + 1)))
    #expect(writes(effects).isEmpty)
    let order = try #require(writes(state.settle(effects)).first)
    guard case .picture(let picture) = order.content else { throw NotAsked() }
    #expect(picture.pixels == state.session.modelInUse.inference.decode(state.session.sliders))
    #expect(state.session.sliders.values[0] > 0)
  }

  /// A click waiting for a model is dropped with that model.
  @Test func aSmallModelReplacesAnInferenceThatAClickAwaits() throws {
    var state = try openTiny("F")
    #expect(!state.pages[FilmstripPage.self].frames.isEmpty)
    let late = try only(try keys("]", &state))
    let region = try #require(state.layout.page?.region)
    let place = FilmstripPage.framePlace(7, in: region, .mnist)
    #expect(state.update(.mouse(MouseEvent(.press, column: place.column + 3, row: place.row + 2))).isEmpty)
    #expect(state.deferredEvents.count == 1)
    let schema = try CoordinateSchema(parsing: "rotation, shift-x:6, free:2")
    let small = Self.model(seed: 1, NetworkArchitecture(schema: schema, hidden: [16, 8]))
    _ = state.react(.opened(try ModelInUse(name: "small", model: small)))
    #expect(inferences(answer(late, &state)).isEmpty)
    #expect(
      state.session.sliders.values.count == 2
        && state.session.sliders.latents == state.session.encoded.latents)
    try expectTrue(state)
  }

  @Test func snapshotPicturesAreOfTheShownInput() throws {
    func films(_ effects: [ExplorerEffect]) -> [(query: SnapshotFrameQuery, number: Int)] {
      effects.queries(SnapshotFrameQuery.self)
    }
    var state = try openTiny("t Enter")
    _ = state.react([.trainingStarted, HistorySessionTests.news(HistorySessionTests.snapshots)])
    for script in ["T", "l", "n", "]"] {
      let effects = try keys(script, &state)
      if state.session.inference.isPending { #expect(films(effects).isEmpty, "\(script)") }
      let asked = try #require(films(state.settle(effects)).first, "\(script)")
      let order = asked.query
      #expect(
        order.truth == state.session.pictures.truth && order.input == state.session.pictures.input,
        "\(script)")
      #expect(
        order.values == state.session.sliders.values && order.inputValues == state.session.inputValues,
        "\(script)")
      _ = state.settle(try state.answer(asked))
    }
  }

  @Test func aRunThatBeginsAtOnceHasPicturesOfItsImages() throws {
    var state = ExplorerState(
      model: try ModelInUse(name: "tiny", model: try TinyExplorer.model(readings: 4, data: "mnist")),
      dataset: TinyExplorer.dataset, size: Size(width: 80, height: 24), capabilities: .full,
      startsTraining: true)
    guard case .encoderOutputs = state.session.samples else { throw NotAsked() }
    state.session.models.inUse.isLarge = true
    _ = state.settle(state.start())
    try expectTrue(state)
  }

  @Test func aStateTextIsAppliedAtOnce() throws {
    var state = try openTiny("i")
    state.apply(try StateText(parsing: "sample=2 rotation=40 z=1,-1,0.5,0,2 input.rotation=15"))
    #expect(state.session.sliders.latents == [1, -1, 0.5, 0, 2])
    try expectTrue(state)
  }

  /// A tick that comes while a sample is being read moves the sliders from what is read.
  @Test func playingContinuesWithTheNextSample() throws {
    var state = try openTiny("a")
    let asked = try only(try keys("n", &state))
    #expect(state.update(.tick(seconds: 0.1)).isEmpty)
    let held = state.session.sliders
    _ = state.settle(answer(asked, &state))
    #expect(
      state.session.sliders.values[0] > held.values[0]
        && state.session.sliders.latents == state.session.encoded.latents)
    try expectTrue(state)
  }
}
