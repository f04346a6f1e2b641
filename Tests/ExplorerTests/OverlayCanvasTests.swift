import Evaluation
import Networks
import Screen
import Testing
import Training

@testable import Explorer

/// Snapshots of lists, enlarged panels, views and hints, with styles.
@Suite struct OverlayCanvasTests {
  private static let plain = Capabilities(colors: .eight, unicode: true)

  @Test(arguments: [
    ("actions-search", "? s a m p l e"), ("actions-none", "? x y z"), ("recipe", "t Right Down*3"),
    ("recipe-joint", "t Down*4 Right"), ("classes", "c Down*2"), ("state", "n Right*3 S"), ("value", "4 5"),
  ])
  func lists(name: String, keys: String) throws {
    var state = try CanvasTests.busy(Self.plain)
    try state.press(keys)
    try CanvasSnapshot.check(state.drawn(), Self.plain, name: name)
  }

  @Test(arguments: [(80, 24), (100, 30), (160, 50)]) func figures(width: Int, height: Int) throws {
    var state = try CanvasTests.busy(Self.plain)
    _ = state.react(.resized(Size(width: width, height: height)))
    state.show(try Self.survey())
    try state.press("E Down*2")
    try CanvasSnapshot.check(state.drawn(), Self.plain, name: "figures-\(width)x\(height)")
  }

  @Test(arguments: [("sliders", "z"), ("pictures", "Tab z"), ("training", "Tab*2 z")])
  func enlargedPanels(name: String, keys: String) throws {
    var state = try CanvasTests.busy(Self.plain)
    try state.press(keys)
    state.show(try Self.survey())
    try CanvasSnapshot.check(state.drawn(), Self.plain, name: "enlarged-\(name)")
  }

  /// The tiny model's encoder outputs for its images.
  private static func survey() throws -> SliderSurvey {
    SliderSurvey(of: try TinyExplorer.model(readings: TinyExplorer.imageCount).details.encoderOutputs)
  }

  @Test(arguments: [("difference", "v"), ("rose", "v*2")], [0, 2])
  func views(view: (name: String, keys: String), mode: Int) throws {
    let (modeName, capabilities) = CanvasTests.modes[mode]
    for size in [Size(width: 80, height: 24), Size(width: 100, height: 30), Size(width: 160, height: 50)] {
      var state = try CanvasTests.busy(capabilities)
      try state.press(view.keys)
      try CanvasSnapshot.check(
        state.drawn(size), capabilities,
        name: "\(view.name)-\(size.width)x\(size.height)-\(modeName)")
    }
  }

  @Test func roseInASCII() throws {
    var state = try CanvasTests.busy(.ascii)
    try state.press("v*2 i")
    try CanvasSnapshot.check(state.drawn(), .ascii, name: "rose-80x24-ascii")
  }

  @Test(arguments: [(80, 24), (160, 50)]) func hints(width: Int, height: Int) throws {
    var state = ExplorerState(
      model: try ModelInUse(name: "tiny-model", model: try TinyExplorer.model()),
      dataset: TinyExplorer.dataset, size: Size(width: width, height: height), capabilities: Self.plain,
      showsHints: true)
    state.show(try Self.survey())
    try CanvasSnapshot.check(state.drawn(), Self.plain, name: "hints-\(width)x\(height)")
  }

  /// A filtered, ranked list and a cursor in the chart.
  @Test func everythingInUse() throws {
    var state = try CanvasTests.busy(Self.plain)
    try state.press("c Down Enter e Down Enter Tab*2 Home Right*10 + s")
    _ = state.react(
      .answered(ErrorRanking(errors: [1.2, 0.1, 0.4, 1.5, 0.3, 0.5]), number: state.rankingNumber))
    try state.press("Right")
    try CanvasSnapshot.check(
      state.drawn(Size(width: 120, height: 40)), Self.plain, name: "filtered-120x40")
  }
}
