import Coordinates
import Datasets
import Networks
import Screen
import Testing
import Training

@testable import Explorer

/// A person compares a learned decoder with an exact one.
@Suite struct ComparisonSessionTests {
  /// A model that has learnt nothing, of the kind that the one in use is not.
  private static func model(
    _ schema: CoordinateSchema = .article, _ decoder: DecoderKind = .warp, seed: UInt64 = 4,
    data: String = "tiny"
  ) -> TypedModel {
    let architecture = NetworkArchitecture(schema: schema, hidden: [12], decoder: decoder)
    let tensors = TypedAutoencoder(architecture, seed: seed).tensors.map {
      NamedTensor(name: $0.name, shape: $0.shape, values: $0.values.map { 3 * $0 })
    }
    var model = TypedModel(architecture: architecture, weights: tensors, details: ModelDetails())
    model.details.data = data
    return model
  }

  private static func named(_ model: TypedModel = model(), _ name: String = "exact-model") -> NamedModel {
    NamedModel(name: name, model: model)
  }

  /// The page with both models.
  private func onPage(
    _ model: TypedModel? = nil, _ other: TypedModel = model(), size: Size = Size(width: 100, height: 30),
    _ capabilities: Capabilities = .full
  ) throws -> ExplorerState {
    var state = try TinyExplorer.open(model, size: size, capabilities: capabilities)
    try state.press("C")
    _ = state.react(.found(Self.named(other), number: state.searchNumber))
    return state
  }

  private func found(_ state: ExplorerState) -> String? {
    if case .found(let model) = state.pages[ComparisonPage.self].otherModel { model.name } else { nil }
  }

  // MARK: The other model

  @Test func picturesOfTheComparisonAreOfferedAsAFile() throws {
    var state = try onPage()
    try state.press("E")
    #expect(state.screen.contains("▸learned, exact, truth"))
  }

  @Test func theOtherModelIsRequestedOnce() throws {
    var state = try TinyExplorer.open()
    #expect(try state.press("n h").isEmpty)
    #expect(try state.press("C") == [state.search(state.session.modelInUse.model)])
    #expect(state.screen.contains("searching for a model"))
    #expect(try state.press("n l C C").isEmpty)
    _ = state.react(.found(Self.named(), number: state.searchNumber))
    #expect(found(state) == "exact-model")
    #expect(state.pages[ComparisonPage.self].comparison.count == 2)
    #expect(state.screen.contains("same sample, learned and exact decoder"))
    #expect(try state.press("Escape").isEmpty)
    #expect(state.pages[ComparisonPage.self].comparison.isEmpty)
    #expect(try state.press("C").isEmpty)
    #expect(state.pages[ComparisonPage.self].comparison.count == 2)
  }

  @Test func anAnswerToAnotherQuestionIsIgnored() throws {
    var state = try TinyExplorer.open()
    try state.press("C")
    let asked = try #require(state.searchNumber)
    for number in [0, asked - 1, asked + 100] {
      _ = state.react(.found(Self.named(), number: number))
      #expect(found(state) == nil)
    }
    _ = state.react(.found(Self.named(), number: asked))
    _ = state.react(.found(nil, number: asked))
    #expect(found(state) == "exact-model")
  }

  @Test func withoutAnotherModelAMessageIsShown() throws {
    var state = try TinyExplorer.open()
    try state.press("C")
    _ = state.react(.found(nil, number: state.searchNumber))
    #expect(state.screen.contains("no model with the other decoder kind"))
    #expect(state.pages[ComparisonPage.self].comparison.isEmpty)
    // It is not looked for again until another model is in use.
    #expect(try state.press("n Escape C").isEmpty)
  }

  @Test func theUserChoosesTheOtherModel() throws {
    var state = try TinyExplorer.open()
    try state.press("C")
    let asked = try #require(state.searchNumber)
    #expect(try state.press("Enter") == [.list(.otherModels)])
    let entries = ["one", "two"].map { LibraryEntry(title: $0, reference: "/m/\($0)") }
    _ = state.react(.listed(.models, entries))
    #expect(state.screen.contains("searching…"))
    _ = state.react(.listed(.otherModels, entries))
    #expect(try state.press("Down Enter") == [.open(.otherModels, entries[1])])
    _ = state.react(.otherModelChosen(Self.named(Self.model(seed: 6), "two")))
    #expect(found(state) == "two")
    let before = state.pages[ComparisonPage.self].comparison
    // The answer of the search before comes too late.
    _ = state.react(.found(Self.named(), number: asked))
    #expect(found(state) == "two" && state.pages[ComparisonPage.self].comparison == before)
    // Another choice is another picture.
    _ = state.react(.otherModelChosen(Self.named(Self.model(seed: 9), "two")))
    #expect(
      state.pages[ComparisonPage.self].comparison[0] == before[0]
        && state.pages[ComparisonPage.self].comparison[1].pixels != before[1].pixels)
  }

  @Test func aNewModelRequestsItsOtherModel() throws {
    var state = try onPage()
    let model = try TinyExplorer.model(seed: 8)
    let effects = state.react(.opened(try ModelInUse(name: "other", model: model)))
    #expect(effects.contains(state.search(model)))
    #expect(state.pages[ComparisonPage.self].comparison.isEmpty && found(state) == nil)
    _ = state.react(.found(Self.named(), number: try #require(state.searchNumber) - 1))
    #expect(found(state) == nil)
    _ = state.react(.found(Self.named(), number: state.searchNumber))
    #expect(state.pages[ComparisonPage.self].comparison.map(\.name) == ["other", "exact-model"])
  }

  @Test func newWeightsAreCompared() throws {
    var state = try onPage()
    try state.press("t Enter")
    _ = state.react(.trainingStarted)
    let before = state.pages[ComparisonPage.self].comparison
    let effects = try state.react(.weights(TinyExplorer.model(seed: 8)))
    #expect(effects.isEmpty)
    #expect(state.pages[ComparisonPage.self].comparison[0].pixels != before[0].pixels)
    #expect(state.pages[ComparisonPage.self].comparison[0].name == "being trained")
    #expect(state.pages[ComparisonPage.self].comparison[1] == before[1])
    // Without the run the model before it is back, and what it is compared with is looked for anew.
    #expect(try state.press("X y").contains(state.search(try TinyExplorer.model())))
  }

  // MARK: Figures

  private func expectFigures(
    _ picture: DecoderPicture, of model: TypedModel, values: [Double], turned: [[Double]],
    _ state: ExplorerState
  ) throws {
    let inference = Inference(try TypedAutoencoder(model.architecture, tensors: model.weights))
    let latents = inference.encode(try #require(state.session.pictures.input)).latents
    let image = try #require(state.session.shownImage)
    func error(_ own: [Double], truth: [Double]) -> Double {
      let drawn = inference.decode(LatentPoint(values: own, latents: latents))
      let turned = state.session.transformer.image(image.index, of: image.images, values: truth)
      return zip(drawn, turned).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) } / 784
    }
    #expect(
      zip(picture.pixels, inference.decode(LatentPoint(values: values, latents: latents)))
        .allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(abs(picture.error - error(values, truth: state.session.sliders.values)) < 1e-6)
    #expect(picture.around.count == turned.count)
    for (found, values) in zip(picture.around, turned) {
      #expect(abs(found - error(values, truth: values)) < 1e-6)
    }
    if let mean = picture.meanAround {
      #expect(abs(mean - picture.around.reduce(0, +) / Double(turned.count)) < 1e-9)
    }
  }

  @Test func errorsUseEachModelsOwnEncoder() throws {
    var state = try onPage()
    try state.press("n ] h*7")
    let turned = (0..<36).map { [Angle(degrees: 10 * Double($0)).radians] }
    #expect(state.pages[ComparisonPage.self].comparison.map(\.kind) == [.learned, .warp])
    #expect(state.pages[ComparisonPage.self].comparison.map(\.isOwn) == [true, false])
    let values = state.session.sliders.values
    #expect(state.text(0) == "-20°")
    try expectFigures(
      state.pages[ComparisonPage.self].comparison[0], of: try TinyExplorer.model(), values: values,
      turned: turned, state)
    try expectFigures(
      state.pages[ComparisonPage.self].comparison[1], of: Self.model(), values: values, turned: turned, state)
    // The model in use is measured as everywhere else, as long as its latents are where it read them.
    #expect(
      abs(state.pages[ComparisonPage.self].comparison[0].error - (state.session.readouts.squaredError ?? 0))
        < 1e-7)
    #expect(
      abs(
        state.pages[ComparisonPage.self].comparison[0].similarity - (state.session.readouts.similarity ?? 0))
        < 1e-6)
    for picture in state.pages[ComparisonPage.self].comparison {
      #expect(state.screen.contains("error \(NumberText.significant(picture.error))"))
      #expect(state.screen.contains("mean \(NumberText.significant(picture.meanAround ?? 0))"))
    }
    #expect(state.screen.contains("full turn from 0°"))
  }

  /// Moved latents apply to the model in use; the other model's latents are those of its own encoder.
  @Test func movedLatentsApplyToTheModelInUse() throws {
    var state = try onPage(size: Size(width: 100, height: 30))
    let before = state.pages[ComparisonPage.self].comparison
    #expect(state.screen.contains("latents encoded by each"))
    try state.press("Down h*9")
    #expect(state.pages[ComparisonPage.self].comparison[1] == before[1])
    #expect(state.pages[ComparisonPage.self].comparison[0].pixels == state.session.pictures.decoded)
    #expect(state.pages[ComparisonPage.self].comparison[0].pixels != before[0].pixels)
    #expect(state.screen.contains("as set"))
    try state.press("b")
    #expect(state.pages[ComparisonPage.self].comparison == before)
  }

  @Test func theLearnedDecoderIsFirst() throws {
    let state = try onPage(Self.model(), try TinyExplorer.model())
    #expect(state.pages[ComparisonPage.self].comparison.map(\.kind) == [.learned, .warp])
    #expect(state.pages[ComparisonPage.self].comparison.map(\.isOwn) == [false, true])
    // Names may be the same.
    var same = try TinyExplorer.open(name: "exact-model")
    try same.press("C")
    _ = same.react(.found(Self.named(), number: same.searchNumber))
    #expect(same.pages[ComparisonPage.self].comparison.map(\.isOwn) == [true, false])
  }

  // MARK: Coordinates

  private static let four = CoordinateSchema(
    typed: [.shiftX(pixels: 4), .rotation, .shiftY(pixels: 3), .scale(from: 0.7, to: 1.3)], freeCount: 3)
  private static let turned = CoordinateSchema(typed: [.limitedRotation(degrees: 40)], freeCount: 2)

  @Test func valuesAreMatchedByCoordinate() throws {
    var state = try onPage(Self.model(Self.four, .learned), Self.model(.article))
    try state.press("h*2 Down l*9")
    #expect(state.session.sliders.values == [-1, Angle(degrees: 45).radians, 0, 1])
    let turned = (0..<36).map { [-1, Angle(degrees: 10 * Double($0)).radians, 0, 1] }
    try expectFigures(
      state.pages[ComparisonPage.self].comparison[0], of: Self.model(Self.four, .learned),
      values: state.session.sliders.values, turned: turned,
      state)
    let other = Inference(
      try TypedAutoencoder(Self.model().architecture, tensors: Self.model().weights))
    let latents = other.encode(try #require(state.session.pictures.input)).latents
    let drawn = other.decode(LatentPoint(values: [Angle(degrees: 45).radians], latents: latents))
    #expect(
      zip(state.pages[ComparisonPage.self].comparison[1].pixels, drawn).allSatisfy { abs($0 - $1) < 1e-6 })
    // It does not know the shift; at 0 there is nothing to know.
    #expect(state.screen.contains("exact-model has no x"))
    try state.press("Up l*2")
    #expect(!state.screen.contains("has no"))
    try state.press("Up l")
    #expect(state.screen.contains("exact-model has no s") == (state.session.sliders.values[3] != 1))
  }

  @Test func aModelOfMoreCoordinatesKeepsTheOthersNeutral() throws {
    var state = try onPage(nil, Self.model(Self.four, .warp))
    try state.press("h*3")
    let values = [0, state.session.sliders.values[0], 0, 1]
    let other = Inference(
      try TypedAutoencoder(
        Self.model(Self.four, .warp).architecture, tensors: Self.model(Self.four, .warp).weights))
    let latents = other.encode(try #require(state.session.pictures.input)).latents
    let drawn = other.decode(LatentPoint(values: values, latents: latents))
    #expect(
      zip(state.pages[ComparisonPage.self].comparison[1].pixels, drawn).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(!state.screen.contains("has no"))
  }

  /// A full turn goes beyond a limited one's ends.
  @Test func anAngleOutsideTheOthersRangeIsNamed() throws {
    var state = try onPage(nil, Self.model(Self.turned))
    try state.press("l*8")
    #expect(!state.screen.contains("has no"))
    try state.press("l")
    #expect(state.text(0) == "45°")
    #expect(state.screen.contains("exact-model has no θ 45°"))
    let limited = try onPage(Self.model(Self.turned, .learned), Self.model(.article))
    #expect(limited.screen.contains("from -40° to 40°"))
    let turned = (0..<36).map { [Angle(degrees: -40 + 80 * Double($0) / 35).radians] }
    try expectFigures(
      limited.pages[ComparisonPage.self].comparison[1], of: Self.model(.article), values: [0], turned: turned,
      limited)
  }

  @Test func withoutARotationNothingIsTurned() throws {
    let shifts = CoordinateSchema(typed: [.shiftX(pixels: 4)], freeCount: 2)
    let none = CoordinateSchema(typed: [], freeCount: 2)
    for schema in [shifts, none] {
      var state = try onPage(Self.model(schema, .learned), Self.model(schema))
      try state.press("h")
      #expect(state.pages[ComparisonPage.self].comparison.count == 2)
      #expect(
        state.pages[ComparisonPage.self].comparison.allSatisfy { $0.around.isEmpty && $0.meanAround == nil })
      #expect(!state.screen.contains("every angle"))
      #expect(
        state.screen.contains(
          "error \(NumberText.significant(state.pages[ComparisonPage.self].comparison[1].error))"))
    }
  }

  // MARK: Images and screens

  @Test func storedLatentPointsCannotBeCompared() throws {
    var state = try TinyExplorer.openReadings()
    try state.press("C")
    _ = state.react(.found(Self.named(), number: state.searchNumber))
    #expect(state.pages[ComparisonPage.self].comparison.isEmpty)
    #expect(state.screen.contains("comparing needs the image"))
    // A drawing can.
    try state.press("D \(DrawingSessionTests.letter) C")
    #expect(state.pages[ComparisonPage.self].comparison.count == 2)
    let turned = (0..<36).map { [Angle(degrees: 10 * Double($0)).radians] }
    try expectFigures(
      state.pages[ComparisonPage.self].comparison[1], of: Self.model(), values: [0], turned: turned, state)
    #expect(state.screen.contains("exact-model trained on tiny"))
  }

  @Test func smallScreensHaveNoComparison() throws {
    var state = try TinyExplorer.open(size: Size(width: 29, height: 24))
    #expect(try state.press("C").isEmpty)
    #expect(state.message == "the screen is too small")
    var shrunk = try onPage()
    _ = shrunk.react(.resized(Size(width: 100, height: 17)))
    #expect(shrunk.focus == .sliders && shrunk.pages[ComparisonPage.self].comparison.isEmpty)
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 100, height: 30), Size(width: 160, height: 50)])
  func snapshotsOfThePage(size: Size) throws {
    for (name, capabilities) in CanvasTests.modes {
      var state = try onPage(size: size, capabilities)
      try state.press("h*7")
      try CanvasSnapshot.check(
        state.drawn(size), capabilities, name: "decoders-\(size.width)x\(size.height)-\(name)")
    }
  }
}
