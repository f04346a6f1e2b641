import Evaluation
import Primitives
import Screen
import Testing
import Training

@testable import Explorer

/// Snapshots of the whole screen, with styles.
@Suite struct CanvasTests {
  static let modes: [(name: String, Capabilities)] = [
    ("256", .full), ("8", Capabilities(colors: .eight, unicode: true)),
    ("none", Capabilities(colors: .none, unicode: true)), ("ascii", .ascii),
  ]

  /// All panels at work: a turned input, moved sliders, marks elsewhere, a chart with two phases.
  static func busy(_ capabilities: Capabilities = .full) throws -> ExplorerState {
    var state = try TinyExplorer.open(capabilities: capabilities)
    try state.press("n t Enter")
    let reports = (0..<40).map { step in
      TinyExplorer.report(
        0.3 / Double(step + 3), phase: step / 25, epoch: step / 10, batch: step % 10,
        heldOut: step % 10 == 9 ? 0.35 / Double(step + 3) : nil)
    }
    _ = state.react(TinyExplorer.news(.running, TrainingPosition(phase: 1, epoch: 1), reports: reports))
    try state.press("] Right*4 Down Right*5 Down H")
    return state
  }

  @Test(
    arguments: modes.indices,
    [Size(width: 80, height: 24), Size(width: 100, height: 30), Size(width: 160, height: 50)])
  func allPanels(mode: Int, size: Size) throws {
    let (name, capabilities) = Self.modes[mode]
    let canvas = try Self.busy(capabilities).drawn(size)
    try CanvasSnapshot.check(canvas, capabilities, name: "panels-\(size.width)x\(size.height)-\(name)")
  }

  @Test(arguments: [
    ("opening", ""), ("help", "?"), ("go-to", "g 4"), ("train-menu", "t Down"), ("message", "x"),
  ])
  func overlays(name: String, keys: String) throws {
    let capabilities = Capabilities(colors: .eight, unicode: true)
    var state = try TinyExplorer.open(capabilities: capabilities)
    try state.press(keys)
    try CanvasSnapshot.check(state.drawn(), capabilities, name: name)
  }

  @Test func listOfModels() throws {
    let capabilities = Capabilities(colors: .eight, unicode: true)
    var state = try TinyExplorer.open(capabilities: capabilities)
    try state.press("m")
    let entries = (1...40).map { LibraryEntry(title: "model \($0)", reference: "\($0)") }
    _ = state.react(.listed(.models, entries))
    try state.press("Down*29")
    try CanvasSnapshot.check(state.drawn(), capabilities, name: "models")
  }

  @Test func latentPointsWithoutImages() throws {
    let capabilities = Capabilities(colors: .none, unicode: true)
    try CanvasSnapshot.check(
      try TinyExplorer.openReadings(capabilities: capabilities).drawn(), capabilities, name: "readings")
  }
}

/// Screens of every size.
@Suite struct CanvasSizeTests {
  private static func states(_ capabilities: Capabilities) throws -> [ExplorerState] {
    let busy = try CanvasTests.busy(capabilities)
    func with(_ keys: String) throws -> ExplorerState {
      var state = busy
      try state.press(keys)
      return state
    }
    var models = try with("m")
    _ = models.react(.listed(.models, (1...9).map { LibraryEntry(title: "model \($0)", reference: "") }))
    try models.press("End")
    return [
      busy, try with("?"), try with("g 1 2"), models, try with("t Down"), try with("g 9 Enter"),
      try TinyExplorer.openReadings(capabilities: capabilities),
    ]
  }

  /// The pages that have the screen for themselves, with all that they show.
  static func pages(_ busy: ExplorerState) throws -> [ExplorerState] {
    var state = busy
    _ = state.react(.resized(Size(width: 160, height: 50)))
    let readings = try state.session.modelInUse.model.encoderOutputs(of: TinyExplorer.images, count: 100)
    state.show(SliderSurvey(of: readings))
    var update = TrainingUpdate()
    update.status = .running
    update.position = TrainingPosition(phase: 1, epoch: 1)
    update.weightSnapshots = HistorySessionTests.snapshots
    _ = state.react(.training(update))
    return try ["F", "M", "D \(DrawingSessionTests.letter)", "T", "C"].map { keys in
      var page = state
      for effect in try page.press(keys) {
        guard case .query(let call) = effect else { continue }
        if let query = call.query as? SnapshotFrameQuery {
          _ = page.settle(try page.answer((query, call.number)))
        } else if call.query is SnapshotEvaluationQuery {
          let figures = try QuickEvaluation(of: TinyExplorer.model(), on: TinyExplorer.images, count: 1)
          _ = page.react(.answered(figures, number: call.number))
        } else if call.query is OtherModelQuery {
          let model = NamedModel(name: "other", model: try TinyExplorer.model(seed: 9))
          _ = page.react(.found(model, number: call.number))
        }
      }
      return page
    }
  }

  /// Drawing must neither trap nor depend on what was drawn before.
  @Test(arguments: CanvasTests.modes.indices)
  func everySmallSizeInEveryOverlay(mode: Int) throws {
    let states = try Self.states(CanvasTests.modes[mode].1)
    for (index, state) in states.enumerated() {
      for width in 1...40 {
        for height in 1...20 {
          let canvas = state.drawn(Size(width: width, height: height))
          guard (width + height) % states.count == index else { continue }
          #expect(canvas == state.drawn(Size(width: width, height: height)), "\(width)×\(height)")
        }
      }
    }
  }

  /// From sizes without pages on.
  @Test(arguments: CanvasTests.modes.indices)
  func everySmallSizeOfEveryPage(mode: Int) throws {
    for state in try Self.pages(try CanvasTests.busy(CanvasTests.modes[mode].1)) {
      for width in 28...44 {
        for height in 16...24 {
          let canvas = state.drawn(Size(width: width, height: height))
          guard (width + height) % 7 == 0 else { continue }
          #expect(canvas == state.drawn(Size(width: width, height: height)), "\(width)×\(height)")
        }
      }
    }
  }

  @Test(arguments: CanvasTests.modes.indices)
  func oddSizes(mode: Int) throws {
    let sizes = [
      (0, 0), (0, 9), (9, 0), (300, 1), (1, 200), (300, 100), (129, 34), (131, 33), (130, 36), (65, 200),
    ]
    let capabilities = CanvasTests.modes[mode].1
    let pages = try Self.pages(try CanvasTests.busy(capabilities))
    for state in try Self.states(capabilities) + pages {
      for (width, height) in sizes {
        let size = Size(width: width, height: height)
        let canvas = state.drawn(size)
        #expect(canvas.size == size)
        #expect(canvas == state.drawn(size))
      }
    }
  }

  @Test func theSelectedValueIsOnScreenFromTwelveColumnsUp() throws {
    var state = try CanvasTests.busy()
    try state.press("Up*2")
    for _ in 0..<3 {
      let text = state.text(state.session.selected)
      for width in [12, 13, 14, 16, 20, 27, 39, 40, 66, 80, 130] {
        for height in [1, 2, 3, 4, 5, 7, 9, 12, 24, 36] {
          let screen = ScreenText.plain(state.drawn(Size(width: width, height: height)))
          #expect(screen.contains(text), "\(text) at \(width)×\(height)")
        }
      }
      try state.press("Down*2")
    }
  }

  /// Panels lie on the screen and not on each other.
  @Test(arguments: PageLayoutTests.shapes) func panelsDoNotOverlap(shape: ImageShape) {
    for width in 0...170 {
      for height in 0...60 {
        let wishes = ExplorerLayout.LayoutInput(
          sliderCount: 6, shape: shape, view: .rose,
          enlarged: (width + height) % 5 == 0 ? .panel(.pictures) : nil)
        let layout = ExplorerLayout(size: Size(width: width, height: height), wishes)
        let screen = Rectangle(column: 0, row: 0, width: width, height: height)
        let panels =
          [layout.title, layout.status, layout.footer]
          + [layout.sliders, layout.training, layout.text, layout.readouts].compactMap { $0 }
          + layout.slots.map(\.region)
        let shown = panels.filter { !$0.isEmpty }
        guard shown.allSatisfy({ $0.intersection(screen) == $0 }) else {
          Issue.record("a panel lies outside of \(width)×\(height): \(layout)")
          continue
        }
        for (index, panel) in shown.enumerated() {
          for other in shown[(index + 1)...] where !panel.intersection(other).isEmpty {
            Issue.record("\(panel) lies on \(other) at \(width)×\(height)")
          }
        }
        if width > 0, height > 0 {
          #expect(layout.panels.contains(.sliders) || wishes.enlarged != nil, "\(width)×\(height)")
        }
      }
    }
  }

  private func layout(_ width: Int, _ height: Int, view: PictureView = .truth) -> ExplorerLayout {
    ExplorerLayout(
      size: Size(width: width, height: height),
      ExplorerLayout.LayoutInput(sliderCount: 17, shape: .mnist, view: view))
  }

  @Test func everyPanelIsShownOnUsualSizes() {
    for (width, height) in [(80, 24), (100, 30), (120, 30), (160, 50)] {
      let full = layout(width, height)
      for picture in [ExplorerLayout.Picture.input, .decoded, .truth] {
        #expect(full.region(of: picture) != nil, "\(width)×\(height)")
      }
      #expect(full.panels == [.sliders, .pictures, .training])
      #expect(full.sliders.map { $0.height >= 6 } == true)
    }
    #expect(layout(80, 24, view: .difference).region(of: .difference) != nil)
    #expect(layout(80, 24, view: .rose).region(of: .rose) != nil)
    #expect(layout(120, 30).region(of: .difference) != nil)
    let large = layout(160, 50)
    for picture in [ExplorerLayout.Picture.difference, .rose] { #expect(large.region(of: picture) != nil) }
    #expect(large.readouts != nil)
    #expect(large.sliders.map { $0.height >= 18 } == true)
  }

  /// First the chart goes, then the input, then all sliders but the selected one, then all pictures.
  @Test func panelsAreHiddenAsTheScreenShrinks() {
    for (width, height) in [(79, 24), (80, 23)] {
      #expect(layout(width, height).training == nil)
      #expect(layout(width, height).region(of: .input) != nil)
    }
    for (width, height) in [(65, 24), (80, 20)] {
      #expect(layout(width, height).region(of: .input) == nil)
      #expect(layout(width, height).region(of: .truth) != nil)
      #expect(!layout(width, height).showsOneSlider)
    }
    for (width, height) in [(43, 24), (80, 18), (30, 18)] {
      #expect(layout(width, height).showsOneSlider)
      #expect(layout(width, height).region(of: .decoded) != nil)
    }
    for (width, height) in [(29, 24), (80, 17), (1, 1)] {
      #expect(layout(width, height).text != nil)
      #expect(layout(width, height).slots.isEmpty)
    }
  }

  @Test func anEnlargedPanelFillsTheScreen() {
    for panel in Panel.allCases {
      let layout = ExplorerLayout(
        size: Size(width: 80, height: 24),
        ExplorerLayout.LayoutInput(sliderCount: 17, shape: .mnist, enlarged: .panel(panel)))
      #expect(layout.panels == [panel])
    }
  }
}
