import Screen
import Testing
import Training

@testable import Explorer

/// A person has figures of what is shown written to files.
@Suite struct FigureSessionTests {
  /// The figure that a script of keys asks for.
  private func order(_ keys: String, _ state: inout ExplorerState) throws -> FigureRequest {
    let effects = try state.press(keys)
    guard case .write(let order)? = effects.last, state.overlay == nil else {
      Issue.record("\(keys): \(effects.count) effects")
      return FigureRequest(content: .pictures([]), isInverted: false)
    }
    return order
  }

  private func survey() throws -> SliderSurvey {
    SliderSurvey(of: try TinyExplorer.model(readings: TinyExplorer.imageCount).details.encoderOutputs)
  }

  @Test func theListHasTheAvailableFigures() throws {
    var state = try TinyExplorer.open()
    #expect(try state.press("E").isEmpty)
    for line in [
      "write to a file", "▸the decoded picture", "input, decoded, truth", "θ from end to end", "animation",
      "this screen as text",
    ] { #expect(state.screen.contains(line), "\(line)") }
    #expect(!state.screen.contains("map of"))
    state.show(try survey())
    #expect(state.screen.contains("map of 6 samples"))
    #expect(try state.press("Escape").isEmpty && state.overlay == nil)
    // Where only readings are at hand there is nothing beside what is decoded.
    var readings = try TinyExplorer.openReadings()
    try readings.press("E")
    #expect(readings.figures.map(\.kind) == [.picture, .strip, .animation, .map, .screen, .screenText])
  }

  @Test(arguments: [
    ("", "the decoded picture"), ("Tab", "the decoded picture"), ("F", "filmstrip: "),
    ("M", "map of 6 samples"),
    ("D", "the decoded picture"),
  ]) func theFigureOfThePageIsOffered(keys: String, title: String) throws {
    var state = try TinyExplorer.open()
    state.show(try survey())
    try state.press(keys)
    try state.press("E")
    #expect(state.screen.contains("▸\(title)"), "\(state.screen)")
  }

  @Test func picturesAreTheShownOnes() throws {
    var state = try TinyExplorer.open()
    try state.press("Right*9 i")
    let one = try order("E Enter", &state)
    let decoded = FigureRequest.Picture(
      label: "decoded", pixels: state.session.pictures.decoded, shape: .mnist)
    #expect(one == FigureRequest(content: .picture(decoded), isInverted: true))
    let row = try order("i E Down Enter", &state)
    let input = FigureRequest.Picture(
      label: "input", pixels: try #require(state.session.pictures.input), shape: .mnist)
    let truth = FigureRequest.Picture(
      label: "truth", pixels: try #require(state.session.pictures.truth), shape: .mnist)
    #expect(row == FigureRequest(content: .pictures([input, decoded, truth]), isInverted: false))
  }

  @Test func animationsFollowTheSelectedSliderOrThePath() throws {
    var state = try TinyExplorer.open()
    try state.press("Right*3 Down")
    let along = FigureRequest.Filmstrip.LatentPath.traversal(slider: 1, from: state.session.sliders)
    func film(_ path: FigureRequest.Filmstrip.LatentPath, label: String, count: Int?) -> FigureRequest {
      let film = FigureRequest.Filmstrip(
        model: state.session.modelInUse.model, path: path, label: label, count: count)
      return FigureRequest(content: .film(film), isInverted: false)
    }
    let label = state.session.samples.label(at: state.session.sample)
    #expect(try order("E Down*2 Enter", &state) == film(along, label: label, count: 12))
    #expect(try order("E Down*3 Enter", &state) == film(along, label: label, count: nil))
    // The strip in sight has as many pictures as there is room for.
    try state.press("F")
    #expect(
      try order("E Enter", &state)
        == film(along, label: label, count: state.pages[FilmstripPage.self].frames.count))
    #expect(
      state.pages[FilmstripPage.self].frames.count > 1 && state.pages[FilmstripPage.self].frames.count != 12)
    let start = state.session.sliders
    try state.press("F k n")
    let path = FigureRequest.Filmstrip.LatentPath.interpolation(from: start, to: state.session.sliders)
    #expect(start != state.session.sliders)
    #expect(try order("E Down*2 Enter", &state) == film(path, label: "", count: 12))
    try state.press("E")
    #expect(state.screen.contains("filmstrip: from sample"))
    #expect(try order("Down*3 Enter", &state) == film(path, label: "", count: nil))
  }

  @Test func theMapShowsTheEncodedSamples() throws {
    var state = try TinyExplorer.open()
    let survey = try survey()
    state.show(survey)
    let map = FigureRequest.Map(
      outputs: survey.outputs, origin: "tiny letters", classNames: ["ell", "two", "2"])
    #expect(try order("E Down*4 Enter", &state) == FigureRequest(content: .map(map), isInverted: false))
  }

  @Test(arguments: ["", "F", "M", "D", "z"]) func theScreenIsWrittenWithoutTheList(page: String) throws {
    var state = try TinyExplorer.open()
    try state.press(page)
    let canvas = state.drawn()
    for (keys, asText) in [("E End Up Enter", false), ("E End Enter", true)] {
      let order = try order(keys, &state)
      #expect(order.content == .screen(canvas, .full, asText: asText))
    }
    _ = state.react(.message("/figures/screen-1.svg: cannot write: No space left on device"))
    #expect(state.screen.contains("No space left on device"))
  }

  @Test func aClickWritesTheFigure() throws {
    var state = try TinyExplorer.open()
    try state.press("E")
    let lines = state.screen.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.contains("the decoded picture") })
    let effects = state.react(.mouse(MouseEvent(.press, column: 40, row: row)))
    guard case .write(let order)? = effects.first, case .picture = order.content else {
      Issue.record("nothing is written")
      return
    }
  }
}
