import Coordinates
import Networks
import Screen
import Testing
import Training

@testable import Explorer

/// A person asks for help, goes to a sample, opens a model, quits.
@Suite struct OverlaySessionTests {
  private let entries = ["mnist", "digits", "mine"].map { LibraryEntry(title: $0, reference: "./\($0)") }

  @Test func aNumberOpensItsSample() throws {
    var state = try TinyExplorer.open()
    try state.press("Right*3 g")
    #expect(state.overlay == .goTo(digits: ""))
    #expect(state.screen.contains("sample 0 to 5"))
    try state.press("x 1 Backspace 4 Enter")
    #expect(state.overlay == nil)
    #expect(state.session.sample == 4)
    #expect(state.text(0) == "15°")
  }

  @Test func aNumberBeyondTheLastSampleIsRefused() throws {
    var state = try TinyExplorer.open()
    try state.press("n g 6 Enter")
    #expect(state.session.sample == 1)
    #expect(state.message == "samples are numbered from 0 to 5")
    #expect(state.screen.contains("samples are numbered from 0 to 5"))
    try state.press("g 9*30 Enter")
    #expect(state.session.sample == 1)
    try state.press("g Enter")
    #expect(state.session.sample == 1)
    #expect(state.message == nil)
    try state.press("g 3 Escape")
    #expect(state.overlay == nil)
    #expect(state.session.sample == 1)
  }

  /// `?` lists every action with its keys; typing narrows the list down, Enter does what is selected.
  @Test func actionsAreSearchedAndPerformed() throws {
    var state = try TinyExplorer.open()
    try state.press("? n e x t Space s a m")
    #expect(state.overlay == .actions(query: "next sam", selected: 0))
    #expect(state.screen.contains("actions: next sam▏"))
    #expect(state.screen.contains("▸→  "))
    #expect(try state.press("Enter").isEmpty)
    #expect(state.overlay == nil)
    #expect(state.session.sample == 1)
    #expect(try state.press("? q u i t Enter") == [.quit])
    try state.press("? x y z z y")
    #expect(state.screen.contains("no action matches"))
    #expect(try state.press("Enter").isEmpty)
    try state.press("Backspace*5 Escape")
    #expect(state.overlay == nil)
  }

  /// Every action can be found by scrolling, on small screens too.
  @Test(arguments: [24, 18, 12]) func everyActionCanBeReached(height: Int) throws {
    var state = try TinyExplorer.open(size: Size(width: 80, height: height))
    try state.press("?")
    var unseen = KeyBinding.entries
    for _ in KeyBinding.entries {
      let line = state.screen.split(separator: "\n").first { $0.contains("┃▸") } ?? ""
      unseen.removeAll {
        line.contains("▸" + $0.keys + " ") && line.contains(" " + $0.title + " ")
          && ($0.place.isEmpty || line.contains($0.place))
      }
      try state.press("Down")
    }
    #expect(unseen.isEmpty, "\(unseen)")
  }

  @Test func modelsAreLookedUpAndChosen() throws {
    var state = try TinyExplorer.open()
    try state.press("Right*9 n")
    #expect(try state.press("m") == [.list(.models)])
    #expect(state.overlay == .library(.models, nil, selected: 0))
    #expect(state.screen.contains("searching"))
    // Nothing can be chosen yet.
    #expect(try state.press("Enter").isEmpty)
    #expect(state.react(.listed(.models, entries)).isEmpty)
    #expect(state.screen.contains("▸mnist"))
    #expect(try state.press("Up Down Down").isEmpty)
    #expect(state.screen.contains("▸digits"))
    #expect(try state.press("Enter") == [.open(.models, entries[1])])
    #expect(state.overlay == nil)

    let other = try ModelInUse(name: "digits", model: try TinyExplorer.model(seed: 5))
    #expect(state.react(.opened(other)) == [state.survey(.images(other.model))])
    #expect(state.text(0) == "45°")
    #expect(state.session.sample == 1)
    #expect(
      state.session.sliders.latents == other.inference.encode(state.session.pictures.input ?? []).latents)
    #expect(state.session.pictures.decoded == other.inference.decode(state.session.sliders))
    #expect(state.message == "model: digits")
    #expect(state.screen.contains("model digits"))
  }

  @Test func homeAndEndChooseInLists() throws {
    var state = try TinyExplorer.open()
    try state.press("m")
    _ = state.react(.listed(.models, entries))
    #expect(try state.press("End Space") == [.open(.models, entries[2])])
    try state.press("m")
    _ = state.react(.listed(.models, entries))
    #expect(try state.press("End Home Enter") == [.open(.models, entries[0])])
  }

  @Test func lateAndEmptyListsAreHandled() throws {
    var state = try TinyExplorer.open()
    try state.press("m Escape")
    _ = state.react(.listed(.models, entries))
    #expect(state.overlay == nil)
    try state.press("m")
    _ = state.react(.listed(.models, []))
    #expect(state.screen.contains("no models"))
    #expect(try state.press("Up Down Enter Space").isEmpty)
  }

  @Test func aModelWithOtherCoordinatesTakesNeutralValues() throws {
    var state = try TinyExplorer.open()
    try state.press("] Right Up")
    #expect(state.session.selected == 5)
    let schema = CoordinateSchema(typed: [.rotation], freeCount: 2)
    let architecture = NetworkArchitecture(schema: schema, hidden: [8])
    let tensors = TypedAutoencoder(architecture, seed: 1).tensors
    let model = TypedModel(architecture: architecture, weights: tensors, details: .init())
    _ = state.react(.opened(try ModelInUse(name: "small", model: model)))
    #expect(state.text(0) == "0°")
    #expect(state.session.inputValues == [0])
    #expect(state.session.selected == 2)
    #expect(state.session.sliders.latents.count == 2)
  }

  @Test func quitRedrawSaveAndUnknownKeys() throws {
    var state = try TinyExplorer.open()
    #expect(try state.press("q") == [.quit])
    #expect(try state.press("Ctrl+L") == [.redraw])
    #expect(try state.press("? Ctrl+L") == [.redraw])
    try state.press("Escape")
    #expect(try state.press("w") == [.save(state.session.modelInUse.model)])
    let before = (state.session.sliders, state.drawn())
    #expect(try state.press("Z F1 Tab Shift+Tab Escape Ctrl+A PageUp Insert Enter é").isEmpty)
    #expect(state.session.sliders == before.0)
    #expect(state.drawn() == before.1)
  }

  @Test func messagesLastUntilTheNextKey() throws {
    var state = try TinyExplorer.open()
    _ = state.react(.message("wrote it"))
    #expect(state.screen.contains("wrote it"))
    _ = state.react(.resized(Size(width: 90, height: 30)))
    #expect(state.size == Size(width: 90, height: 30))
    #expect(state.screen.contains("wrote it"))
    try state.press("Right")
    #expect(!state.screen.contains("wrote it"))
  }

  /// Every key of the table does something, and means one thing in each panel.
  @Test(arguments: Place.all) func theKeyTableIsConsistent(place: Place) {
    let bindings = KeyBinding.all.filter { $0.place == place || $0.place == nil }
    let own = KeyBinding.all.filter { $0.place == place }.flatMap(\.keys)
    for (key, action, _) in own { #expect(KeyBinding.action(for: key, in: place) == action) }
    let everywhere = KeyBinding.all.filter { $0.place == nil }.flatMap(\.keys)
    #expect(Set(everywhere.map(\.key)).count == everywhere.count)
    #expect(Set(own.map(\.key)).count == own.count)
    // On the sheet the pen's keys go before those that mean something everywhere.
    if place != .page(.drawing) { #expect(Set(own.map(\.key)).isDisjoint(with: everywhere.map(\.key))) }
    for binding in bindings { #expect(KeyBinding.table.contains { $0.help == binding.help }) }
  }
}
