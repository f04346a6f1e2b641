import Coordinates
import Networks
import Screen
import Testing
import Training

@testable import Explorer

/// A person asks for help, goes to a sample, opens a model, quits.
@Suite struct OverlaySessionTests {
  private let entries = ["mnist", "digits", "mine"].map { ModelEntry(title: $0, reference: "./\($0)") }

  @Test func aNumberGoesToItsSample() throws {
    var state = try TinyExplorer.open()
    try state.press("Right*3 g")
    #expect(state.overlay == .goTo(digits: ""))
    #expect(state.screen.contains("sample 0 to 5"))
    try state.press("x 1 Backspace 4 Enter")
    #expect(state.overlay == nil)
    #expect(state.sample == 4)
    #expect(state.text(0) == "15°")
  }

  @Test func aNumberBeyondTheLastSampleIsRefused() throws {
    var state = try TinyExplorer.open()
    try state.press("n g 6 Enter")
    #expect(state.sample == 1)
    #expect(state.message == "samples are numbered from 0 to 5")
    #expect(state.screen.contains("samples are numbered from 0 to 5"))
    try state.press("g 9*30 Enter")
    #expect(state.sample == 1)
    try state.press("g Enter")
    #expect(state.sample == 1)
    #expect(state.message == nil)
    try state.press("g 3 Escape")
    #expect(state.overlay == nil)
    #expect(state.sample == 1)
  }

  @Test(arguments: ["x", "Left", "Space", "Escape", "?", "Enter", "q", "F5"])
  func anyKeyClosesTheHelp(key: String) throws {
    var state = try TinyExplorer.open(size: Size(width: 80, height: 30))
    try state.press("?")
    #expect(state.overlay == .help(first: 0))
    #expect(state.screen.contains("any key closes"))
    for binding in KeyBinding.all { #expect(state.screen.contains(binding.help), "\(binding.title)") }
    #expect(try state.press(key).isEmpty)
    #expect(state.overlay == nil)
    #expect(state.text(0) == "0°")
  }

  /// Where not all of it fits, help scrolls, and every line can be reached.
  @Test(arguments: [24, 12, 6]) func helpScrolls(height: Int) throws {
    var state = try TinyExplorer.open(size: Size(width: 80, height: height))
    try state.press("? Up")
    #expect(state.screen.contains("scroll, any other key closes"))
    #expect(state.screen.contains(KeyBinding.all[0].help))
    #expect(!state.screen.contains("  quit "))
    var seen: Set<String> = []
    for _ in KeyBinding.all {
      for binding in KeyBinding.all where state.screen.contains(binding.help) { seen.insert(binding.title) }
      try state.press("Down")
    }
    #expect(seen.count == KeyBinding.all.count)
    let end = state.overlay
    try state.press("PageUp Home End")
    #expect(state.overlay == end)
    try state.press("x")
    #expect(state.overlay == nil)
  }

  @Test func modelsAreLookedUpAndChosen() throws {
    var state = try TinyExplorer.open()
    try state.press("Right*9 n")
    #expect(try state.press("m") == [.listModels])
    #expect(state.overlay == .models(nil, selected: 0))
    #expect(state.screen.contains("looking"))
    // Nothing can be chosen yet.
    #expect(try state.press("Enter").isEmpty)
    #expect(state.update(.models(entries)).isEmpty)
    #expect(state.screen.contains("▸mnist"))
    #expect(try state.press("Up Down Down").isEmpty)
    #expect(state.screen.contains("▸digits"))
    #expect(try state.press("Enter") == [.open(entries[1])])
    #expect(state.overlay == nil)

    let other = try ModelInUse(name: "digits", model: try TinyExplorer.model(seed: 5))
    #expect(state.update(.opened(other)).isEmpty)
    #expect(state.text(0) == "45°")
    #expect(state.sample == 1)
    #expect(state.sliders.latents == other.inference.read(state.pictures.input ?? []).latents)
    #expect(state.pictures.decoded == other.inference.decode(state.sliders))
    #expect(state.message == "model: digits")
    #expect(state.screen.contains("model digits"))
  }

  @Test func homeAndEndChooseInLists() throws {
    var state = try TinyExplorer.open()
    try state.press("m")
    _ = state.update(.models(entries))
    #expect(try state.press("End Space") == [.open(entries[2])])
    try state.press("m")
    _ = state.update(.models(entries))
    #expect(try state.press("End Home Enter") == [.open(entries[0])])
  }

  @Test func listsThatComeTooLateOrEmptyDoNoHarm() throws {
    var state = try TinyExplorer.open()
    try state.press("m Escape")
    _ = state.update(.models(entries))
    #expect(state.overlay == nil)
    try state.press("m")
    _ = state.update(.models([]))
    #expect(state.screen.contains("no models"))
    #expect(try state.press("Up Down Enter Space").isEmpty)
  }

  @Test func aModelWithOtherCoordinatesTakesNeutralValues() throws {
    var state = try TinyExplorer.open()
    try state.press("] Right Up")
    #expect(state.selected == 5)
    let schema = CoordinateSchema(typed: [.rotation], freeCount: 2)
    let architecture = NetworkArchitecture(schema: schema, hidden: [8])
    let tensors = TypedAutoencoder(architecture, seed: 1).tensors
    let model = TypedModel(architecture: architecture, weights: tensors, details: .init())
    _ = state.update(.opened(try ModelInUse(name: "small", model: model)))
    #expect(state.text(0) == "0°")
    #expect(state.inputValues == [0])
    #expect(state.selected == 2)
    #expect(state.sliders.latents.count == 2)
  }

  @Test func quitRedrawSaveAndUnknownKeys() throws {
    var state = try TinyExplorer.open()
    #expect(try state.press("q") == [.quit])
    #expect(try state.press("Ctrl+L") == [.redraw])
    #expect(try state.press("? Ctrl+L") == [.redraw])
    try state.press("Escape")
    #expect(try state.press("w") == [.save(state.current.model)])
    let before = (state.sliders, state.drawn())
    #expect(try state.press("z Z F1 Tab Shift+Tab Escape Ctrl+A PageUp Insert Enter é").isEmpty)
    #expect(state.sliders == before.0)
    #expect(state.drawn() == before.1)
  }

  @Test func messagesLastUntilTheNextKey() throws {
    var state = try TinyExplorer.open()
    _ = state.update(.message("wrote it"))
    #expect(state.screen.contains("wrote it"))
    _ = state.update(.resized(Size(width: 90, height: 30)))
    #expect(state.size == Size(width: 90, height: 30))
    #expect(state.screen.contains("wrote it"))
    try state.press("Right")
    #expect(!state.screen.contains("wrote it"))
  }

  /// Every key of the table does something, and no key stands in it twice.
  @Test func theKeyTableIsSound() {
    let keys = KeyBinding.all.flatMap(\.keys)
    #expect(Set(keys.map(\.key)).count == keys.count)
    for (key, action) in keys { #expect(KeyBinding.action(for: key) == action) }
    for binding in KeyBinding.all { #expect(KeyBinding.table.contains(binding.help)) }
  }
}
