import Networks
import Screen
import Testing
import Training

@testable import Explorer

/// A person goes from panel to panel and looks at them in other ways.
@Suite struct PanelSessionTests {
  private func footer(_ state: ExplorerState) -> String {
    String(state.screen.split(separator: "\n", omittingEmptySubsequences: false)[state.size.height - 1])
  }

  @Test func tabFocusesThePanelsInTurn() throws {
    var state = try TinyExplorer.open()
    let forward = try (0..<4).map { _ in
      try state.press("Tab")
      return state.focus
    }
    #expect(forward == [.pictures, .training, .sliders, .pictures])
    let backward = try (0..<3).map { _ in
      try state.press("Shift+Tab")
      return state.focus
    }
    #expect(backward == [.sliders, .training, .pictures])
  }

  @Test func panelsThatAreNotShownAreLeftOut() throws {
    var state = try TinyExplorer.open(size: Size(width: 79, height: 24))
    try state.press("Tab Tab")
    #expect(state.focus == .sliders)
    state = try TinyExplorer.open(size: Size(width: 20, height: 9))
    try state.press("Tab")
    #expect(state.focus == .sliders)
  }

  /// Keys never act on a panel that a smaller screen has shed.
  @Test func aHiddenPanelLosesTheFocus() throws {
    var state = try TinyExplorer.open()
    try state.press("Tab*2")
    _ = state.react(.resized(Size(width: 70, height: 22)))
    #expect(state.focus == .sliders)
    try state.press("Right")
    #expect(state.text(0) == "5°")
    try state.press("Tab")
    _ = state.react(.resized(Size(width: 20, height: 9)))
    #expect(state.focus == .sliders)
    // A panel that has the screen for itself is shown at every size.
    _ = state.react(.resized(Size(width: 80, height: 24)))
    try state.press("Tab*2 z")
    _ = state.react(.resized(Size(width: 70, height: 22)))
    #expect(state.focus == .training)
  }

  @Test func theFooterShowsTheKeysOfTheFocusedPanel() throws {
    var state = try TinyExplorer.open()
    #expect(footer(state).hasPrefix("← → move  ↑ ↓ select  "))
    try state.press("Tab")
    #expect(footer(state).hasPrefix("← → sample  ↑ ↓ ten  v view  "))
    try state.press("Tab")
    #expect(footer(state).hasPrefix("← → cursor  + - zoom  0 whole  t train  "))
    for size in [Size(width: 80, height: 24), Size(width: 160, height: 50), Size(width: 44, height: 19)] {
      _ = state.react(.resized(size))
      #expect(footer(state).hasSuffix("? actions  q quit"), "\(size)")
      #expect(footer(state).count <= size.width)
    }
  }

  @Test(arguments: [(Panel.sliders, 0), (.pictures, 1), (.training, 2)])
  func anEnlargedPanelIsRestored(panel: Panel, tabs: Int) throws {
    var state = try TinyExplorer.open()
    if tabs > 0 { try state.press("Tab*\(tabs)") }
    let before = state.drawn()
    try state.press("z")
    #expect(state.isEnlarged)
    #expect(state.screen.contains("sliders ·") == (panel == .sliders))
    #expect(state.screen.contains("decoded") == (panel == .pictures))
    #expect(state.screen.contains("t trains this network") == (panel == .training))
    try state.press("z")
    #expect(state.drawn() == before)
  }

  /// Tab shows the next panel alone while one is.
  @Test func tabEnlargesTheNextPanel() throws {
    var state = try TinyExplorer.open()
    try state.press("z Tab")
    #expect(state.focus == .pictures)
    #expect(state.screen.contains("decoded"))
    #expect(!state.screen.contains("sliders ·"))
    try state.press("Tab Tab")
    #expect(state.focus == .sliders)
  }

  @Test func theLastPictureIsSwitched() throws {
    var state = try TinyExplorer.open()
    let captions = ["truth · SSIM", "|difference| · SSIM", "rose · best"]
    for round in 0..<4 {
      for (index, caption) in captions.enumerated() {
        #expect(state.screen.contains(caption) == (index == round % 3), "\(caption) after \(round)")
      }
      try state.press("v")
    }
  }

  @Test func theDifferenceIsThatOfDecodedAndTruth() throws {
    var state = try TinyExplorer.open(capabilities: Capabilities(colors: .none, unicode: true))
    try state.press("v")
    let layout = state.layout
    let region = try #require(layout.region(of: .difference)).split(top: 1).rest
    let truth = try #require(state.session.pictures.truth)
    var expected = Canvas(size: state.size)
    ImageView(
      ScreenImage(intensities: zip(state.session.pictures.decoded, truth).map { abs($0 - $1) }, width: 28)
    ).draw(on: &expected, in: region, capabilities: state.session.capabilities)
    let canvas = state.drawn()
    for row in region.rows {
      for column in region.columns { #expect(canvas[column, row] == expected[column, row]) }
    }
  }

  @Test func inversionSwapsInkAndBackground() throws {
    var state = try TinyExplorer.open(capabilities: Capabilities(colors: .none, unicode: true))
    let region = try #require(state.layout.region(of: .input))
    func count(_ glyph: Character) -> Int {
      let canvas = state.drawn()
      return region.rows.dropFirst().reduce(0) { sum, row in
        sum + region.columns.filter { canvas[$0, row].glyph == glyph }.count
      }
    }
    let full = count("█")
    #expect(full > 0 && count(" ") > 3 * full)
    try state.press("i")
    #expect(count(" ") < count("█"))
    try state.press("i")
    #expect(count("█") == full)
  }

  @Test func gammaEndsAtBothEnds() throws {
    var state = try TinyExplorer.open()
    #expect(state.session.display.gamma == 1)
    var gammas: [Float] = []
    for _ in 0..<6 {
      try state.press("}")
      gammas.append(state.session.display.gamma)
    }
    #expect(gammas == [0.8, 0.63, 0.5, 0.4, 0.4, 0.4])
    #expect(state.message == "gamma 0.40")
    let brightest = state.drawn()
    try state.press("{*20")
    #expect(state.session.display.gamma == 2.5)
    #expect(state.message == "gamma 2.50")
    #expect(state.session.display.gammaStep == Session.Display.gammaSteps.lowerBound)
    #expect(state.drawn() != brightest)
  }

  @Test func oneSliderIsReset() throws {
    var state = try TinyExplorer.open()
    try state.press("Right*3 Down L Down L")
    let moved = state.session.sliders
    try state.press("b")
    #expect(state.session.sliders.latents[1] == state.session.encoded.latents[1])
    #expect(state.session.sliders.latents[0] == moved.latents[0])
    #expect(state.session.sliders.values == moved.values)
    #expect(
      state.session.pictures.decoded == state.session.modelInUse.inference.decode(state.session.sliders))
    try state.press("u")
    #expect(state.session.sliders == moved)
    try state.press("Up*2 b")
    #expect(state.session.sliders.values == state.session.encoded.values)
  }

  @Test(arguments: [true, false]) func firstStartsShowHints(showsHints: Bool) throws {
    var state = ExplorerState(
      model: try ModelInUse(name: "tiny", model: try TinyExplorer.model()), dataset: TinyExplorer.dataset,
      size: Size(width: 80, height: 24), capabilities: .full, showsHints: showsHints)
    for hint in ["A few things to try", "← → turn the image, ↑ ↓ select", "? lists, searches and runs"] {
      #expect(state.screen.contains(hint) == showsHints)
    }
    #expect(state.screen.contains("t trains this network") != showsHints)
    try state.press("t Enter")
    #expect(!state.screen.contains("A few things to try"))
  }

  /// A value beyond the 1st or the 99th percentile has an exclamation mark.
  @Test func farValuesAreFlagged() throws {
    var model = try TinyExplorer.model()
    model.details.statistics = (0..<5).map { _ in
      LatentStatistics(of: (0...100).map { Float($0) / 100 })
    }
    var state = try TinyExplorer.open(model)
    state.session.sliders.latents = [0.5, 0.5, 0.5, 0.5, 0.5]
    try state.press("Down 0 . 9 9 Enter")
    #expect(!state.screen.contains("!"))
    try state.press("1 Enter")
    #expect(state.screen.contains("1.00!"))
    try state.press("0 Enter")
    #expect(state.screen.contains("0.00!"))
    // Typed coordinates have their ends instead.
    try state.press("b 0 . 5 Enter Up 3 5 9 Enter")
    #expect(!state.screen.contains("!"))
  }

  private func bars(_ state: ExplorerState) -> Int {
    state.screen.filter { "▂▃▄▅▆▇█".contains($0) }.count
  }

  @Test func aSurveyDrawsHistograms() throws {
    var state = try TinyExplorer.open(capabilities: .full)
    #expect(state.session.survey.histograms.allSatisfy { $0.isEmpty })
    let before = bars(state)
    let readings = (0..<50).map { index in
      EncoderOutput(
        index: index, label: 0, values: [Double(index) / 8], latents: Array(repeating: 0.1, count: 5))
    }
    let survey = SliderSurvey(of: readings)
    _ = state.start()
    let asked = try #require(state.surveyNumber)
    for number in [asked - 1, asked + 1] {
      _ = state.react(.answered(survey, number: number))
      #expect(bars(state) == before)
      #expect(state.session.survey.current == nil)
    }
    _ = state.react(.answered(survey, number: asked))
    #expect(state.session.survey.current == survey)
    #expect(bars(state) > before)
    #expect(state.session.survey.histograms[0].max() == 1)
    // Another model knows nothing of it.
    let other = try ModelInUse(name: "other", model: try TinyExplorer.model(seed: 5))
    #expect(state.react(.opened(other)) == [state.survey(.images(other.model))])
    #expect(bars(state) == before)
    _ = state.react(.answered(survey, number: asked))
    #expect(bars(state) == before)
  }

  /// Stored readings are a survey by themselves.
  @Test func storedLatentPointsNeedNoSurvey() throws {
    var state = try TinyExplorer.openReadings()
    #expect(state.start().isEmpty)
    #expect(state.session.survey.histograms.contains { !$0.isEmpty })
  }
}
