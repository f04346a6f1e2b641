import Coordinates
import Networks
import Screen
import Testing
import Training

@testable import Explorer

/// The line that a teacher pastes.
@Suite struct StateTextTests {
  private func roundTrip(_ text: StateText, location: SourceLocation = #_sourceLocation) throws {
    #expect(try StateText(parsing: text.description) == text, sourceLocation: location)
  }

  @Test func everythingIsWrittenAndReadAgain() throws {
    var text = StateText()
    try roundTrip(text)
    #expect(text.description.isEmpty)
    text.model = "mnist"
    text.data = "/data/my digits"
    text.sample = 12
    text.filter = 7
    text.values = [.rotation: 45, .shiftX: -1.25, .scale: 1.1]
    text.inputs = [.rotation: 30, .shiftY: 0.5]
    text.latents = [1.25, -0.3, 1e-20, 3e38, 0]
    text.selected = "z2"
    text.place = .panel(.pictures)
    text.view = .rose
    text.isEnlarged = true
    text.isInverted = true
    text.gammaStep = -3
    #expect(
      text.description
        == "model=mnist data=/data/my%20digits sample=12 class=7 rotation=45 shift-x=-1.25 scale=1.1"
        + " z=1.25,-0.3,1e-20,3e+38,0.0 input.rotation=30 input.shift-y=0.5 select=z2 focus=pictures view=rose"
        + " enlarged=yes inverted=yes gamma=-3")
    try roundTrip(text)
  }

  @Test(arguments: [
    "plain", "two words", "it's", "\"quoted\"", "100 %", "%20", "a=b", "tab\tand\nline", "größe/模型/🙂",
    "\u{301}mark first", "mark after space \u{301}", "\u{600}prepended\u{600}", "\u{1B}[31m", "\u{9B}31m",
    "right\u{202E}to left", "e\u{301}", "line\u{2028}separator", "\u{7F}", "\r\n",
  ]) func namesOfAnyKindSurvive(name: String) throws {
    var text = StateText()
    text.model = name
    text.data = name
    text.sample = 1
    let line = text.description
    #expect(Array(try StateText(parsing: line).model?.utf8 ?? "".utf8) == Array(name.utf8))
    try roundTrip(text)
    // A shell takes it as one word between single quotation marks, and a terminal shows it as it is.
    #expect(!line.contains("'"))
    #expect(!line.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
    #expect(!line.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{2028}" })
  }

  @Test func itemsComeInAnyOrderAndBetweenAnySpaces() throws {
    let text = try StateText(parsing: "  view=rose\t\tsample=3\r\n rotation=-90 \n inverted=no")
    #expect(text.view == .rose)
    #expect(text.sample == 3)
    #expect(text.values == [.rotation: -90])
    #expect(!text.isInverted)
  }

  @Test(arguments: [
    "sample", "=3", "sample=", "sample=-1", "sample=1.5", "sample=1000000000", "sample=99999999999999999999",
    "sample=NaN", "class=x", "color=red", "Sample=1", "rotation=north", "rotation=nan", "rotation=inf",
    "rotation=1e7", "rotation=1e999", "input.rotation=", "input.=3", "input.z=1", "input.rotation=-inf",
    "z=", "z=1,,2", "z=1,", "z=,", "z=1,nan", "z=inf", "z=1e99", "z=a", "select=z0", "select=z", "select=y",
    "select=z-1", "focus=input", "view=side", "enlarged=maybe", "inverted=1", "gamma=5", "gamma=-5",
    "gamma=1.5", "gamma=99999999999999999999", "model=%", "model=%2", "model=%ZZ", "model=%FF", "model=%C3",
    "model=a%", "--state",
  ]) func unknownItemsAreNamed(item: String) {
    for text in [item, "\(item) view=rose"] {
      #expect(throws: StateTextError.notUnderstood(item)) { try StateText(parsing: text) }
    }
    #expect(StateTextError.notUnderstood(item).description.hasPrefix("'\(item)' is not part of a state"))
  }

  @Test(arguments: [
    ("sample=abc", ": sample takes a whole number from 0 up"),
    ("gamma=9", ": gamma takes a whole number from -4 to 4"),
    ("view=side", ": view takes truth, difference or rose"),
    ("input.scale=big", ": input.scale takes a number of at most 1000000"),
    ("enlarged=1", ": enlarged takes yes or no"),
    ("color=red", "; S in the explorer shows one. Its parts: model, "),
  ]) func errorsListTheKnownItems(item: String, hint: String) {
    let text = StateTextError.notUnderstood(item).description
    #expect(text.hasPrefix("'\(item)' is not part of a state\(hint)"), "\(text)")
  }

  @Test func repeatedItemsAreRefused() {
    #expect(throws: StateTextError.repeated("sample")) { try StateText(parsing: "sample=1 sample=1") }
    #expect(throws: StateTextError.repeated("input.rotation")) {
      try StateText(parsing: "input.rotation=1 rotation=1 input.rotation=2")
    }
    #expect(StateTextError.repeated("sample").description == "'sample' is given twice")
  }

  @Test func controlCharactersAreRefusedAndEscaped() throws {
    let long = String(repeating: "z=1,", count: 30_000)
    #expect(throws: StateTextError.tooLong) { try StateText(parsing: long) }
    #expect(StateTextError.tooLong.description == "the state is too long")
    let most = CoordinateSchema.maximumFreeCount
    let many = "z=" + Array(repeating: "1", count: most + 1).joined(separator: ",")
    #expect(throws: StateTextError.notUnderstood(many)) { try StateText(parsing: many) }
    let enough = "z=" + Array(repeating: "1", count: most).joined(separator: ",")
    #expect(try StateText(parsing: enough).latents?.count == most)
    let steering = StateTextError.notUnderstood("\u{1B}[2J").description
    #expect(!steering.contains("\u{1B}"))
    #expect(!StateTextError.repeated("\u{9B}2J").description.unicodeScalars.contains("\u{9B}"))
  }

  @Test func aStateIsRestored() throws {
    var state = try TinyExplorer.open()
    try state.press("c Down*2 Enter ] ] Right*3 Down L Down Left Tab v i } } z")
    var other = try TinyExplorer.open()
    other.apply(try StateText(parsing: state.stateText.description))
    _ = other.settle(other.sendQueries())
    #expect(other.message == nil)
    #expect(other.stateText == state.stateText)
    #expect(other.session.sample == 1)
    #expect(other.session.selection.list.numbers == [1, 4])
    #expect(other.text(0) == "45°")
    #expect(other.session.sliders.latents == state.session.sliders.latents)
    #expect(other.session.pictures == state.session.pictures)
    #expect(other.session.readouts == state.session.readouts)
    #expect(other.drawn() == state.drawn())
  }

  @Test func aTextSetsTheNamedItems() throws {
    var state = try TinyExplorer.open()
    state.apply(
      try StateText(
        parsing: "sample=4 rotation=-90 z=1,2,3,4,5 input.rotation=30 select=z3 focus=training gamma=2"))
    #expect(state.session.sample == 4)
    #expect(state.text(0) == "-90°")
    #expect(state.session.sliders.latents == [1, 2, 3, 4, 5])
    #expect(state.session.inputValues[0] == 30 * .pi / 180)
    #expect(state.session.selected == 3)
    #expect(state.focus == .training)
    #expect(state.session.display.gammaStep == 2)
    #expect(
      state.session.pictures.decoded == state.session.modelInUse.inference.decode(state.session.sliders))
    // Without a word about the sliders, they go to the input.
    state.apply(try StateText(parsing: "input.rotation=60 select=rotation"))
    #expect(state.text(0) == "60°")
    #expect(state.session.sliders.latents == state.session.encoded.latents)
    #expect(state.session.selected == 0)
  }

  @Test func coordinatesThatTheModelLacksAreNamed() throws {
    var state = try TinyExplorer.open()
    state.apply(
      try StateText(
        parsing: "sample=6 shift-x=2 scale=1 input.shift-y=1 z=1,2 select=z9 class=5 view=difference"))
    #expect(
      state.message == "not found: sample 6, scale, shift-x, shift-y, 2 latents, z9, class 5")
    #expect(state.session.sample == 0)
    #expect(state.session.sliders.latents == state.session.encoded.latents)
    #expect(state.session.selection.list.filter == nil)
    // The rest is done.
    #expect(state.session.display.view == .difference)
    #expect(state.screen.contains("not found: sample 6"))
  }

  @Test func boundedValuesStayInTheirRange() throws {
    let schema = CoordinateSchema(
      typed: [.shiftX(pixels: 6), .scale(from: 0.5, to: 2), .shear(limit: 0.5)], freeCount: 1)
    let architecture = NetworkArchitecture(schema: schema, hidden: [8])
    let model = TypedModel(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: 1).tensors,
      details: ModelDetails())
    var state = try TinyExplorer.open(model)
    state.apply(try StateText(parsing: "shift-x=900 scale=-3 shear=0.25 input.scale=0 input.shear=-9 z=3e38"))
    #expect(state.session.sliders.values == [6, 0.5, 0.25])
    #expect(Array(state.session.inputValues[1...]) == [0.5, -0.5])
    #expect(!state.screen.isEmpty)
    try roundTrip(state.stateText)
  }

  @Test func theKeyShowsTheLine() throws {
    var state = ExplorerState(
      model: try ModelInUse(name: "tiny", reference: "my models/it's", model: try TinyExplorer.model()),
      dataset: TinyExplorer.dataset, dataReference: "tiny", size: Size(width: 80, height: 24),
      capabilities: .full)
    try state.press("n Right*9")
    #expect(state.shownState == nil)
    try state.press("S")
    #expect(state.shownState != nil)
    #expect(state.overlay == .state)
    #expect(state.screen.contains("latent-explorer --state 'model=my%20models/it%27s data=tiny sample=1"))
    #expect(state.stateText.values == [.rotation: 45])
    #expect(!state.screen.contains("is not saved"))
    try state.press("x")
    #expect(state.overlay == nil)
    #expect(state.message == nil)
    #expect(state.shownState != nil)
  }

  /// Naming the images at hand would bring them back instead of the readings.
  @Test func storedLatentPointsAreRestored() throws {
    var state = ExplorerState(
      model: try ModelInUse(name: "tiny", model: try TinyExplorer.model(readings: 4, data: "mnist")),
      dataset: TinyExplorer.dataset, dataReference: "tiny", size: Size(width: 80, height: 24),
      capabilities: .full)
    #expect(state.stateText.data == nil)
    try state.press("d")
    #expect(state.stateText.data == "tiny")
  }

  @Test func anUnsavedModelIsNamed() throws {
    var state = try TinyExplorer.open()
    try state.press("S")
    #expect(state.screen.contains("The model in use is not saved: w saves it."))
    #expect(!state.stateText.description.contains("model="))
  }
}
