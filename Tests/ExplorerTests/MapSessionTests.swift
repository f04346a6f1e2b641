import Networks
import Screen
import Testing
import Training

@testable import Explorer

/// A person walks over the map of many samples.
@Suite struct MapSessionTests {
  /// An explorer on its map, with a survey of all images.
  private func onMap(size: Size = Size(width: 100, height: 30), _ capabilities: Capabilities = .full) throws
    -> ExplorerState
  {
    var state = try TinyExplorer.open(size: size, capabilities: capabilities)
    let readings = try state.session.modelInUse.model.encoderOutputs(of: TinyExplorer.images, count: 100)
    state.show(SliderSurvey(of: readings))
    try state.press("M")
    return state
  }

  @Test func samplesAreDrawnAtTheirPositionWithTheirClass() throws {
    let state = try onMap()
    let view = try #require(state.pages[MapPage.self].view(state.session))
    let survey = try #require(state.session.survey.current)
    #expect(view.points.count == TinyExplorer.imageCount)
    for (point, reading) in zip(view.points, survey.outputs) {
      let place = survey.components.project(reading.latents)
      #expect(point.x == place[0] && point.y == place[1])
      #expect(point.kind == reading.label)
    }
    let here = survey.components.project(state.session.sliders.latents)
    #expect(view.current?.x == here[0] && view.current?.y == here[1])
    #expect(view.kindNames == ["ell", "two", "2"])
    #expect(state.screen.contains("component 1"))
  }

  /// Samples that are all alike have no variance of which a direction could explain a part.
  @Test func equalSamplesHaveUndefinedFractions() throws {
    var state = try TinyExplorer.open(size: Size(width: 100, height: 30))
    let one = try state.session.modelInUse.model.encoderOutputs(of: TinyExplorer.images, count: 1)
    let survey = SliderSurvey(of: Array(repeating: one[0], count: 7))
    state.show(survey)
    try state.press("M")
    #expect(state.screen.contains("component 1 · undefined"))
  }

  @Test func arrowKeysMoveTheSlidersAlongTheComponents() throws {
    var state = try onMap()
    let survey = try #require(state.session.survey.current)
    let (before, values) = (state.session.sliders, state.session.sliders.values)
    let start = survey.components.project(before.latents)
    try state.press("Right*3")
    let place = survey.components.project(state.session.sliders.latents)
    let view = try #require(state.pages[MapPage.self].view(state.session))
    let width = (view.points.map(\.x).max() ?? 0) - (view.points.map(\.x).min() ?? 0)
    #expect(abs(place[0] - start[0] - 3 * width / 40) < 1e-4)
    #expect(abs(place[1] - start[1]) < 1e-4)
    #expect(state.session.sliders.values == values)
    #expect(
      state.session.pictures.decoded == state.session.modelInUse.inference.decode(state.session.sliders))
    #expect(state.pages[MapPage.self].trail.count == 3)
    try state.press("Up Down Left*3 u")
    #expect(state.session.sliders == before)
  }

  @Test func discardingARunKeepsThePlane() throws {
    var state = try onMap()
    try state.press("P Escape t Enter X M")
    #expect(state.session.training == nil && state.pages[MapPage.self].plane == .sliders(0, 1))
  }

  @Test func theNearestSampleIsOpened() throws {
    var state = try onMap()
    let survey = try #require(state.session.survey.current)
    // At the place of sample 4 there is no nearer one.
    let there = survey.components.project(survey.outputs[4].latents)
    try state.press("Right")
    var sliders = state.session.sliders
    sliders.latents = survey.components.row(at: there, from: sliders.latents)
    state.session.moveSliders(to: sliders)
    try state.press("Enter")
    #expect(state.session.sample == 4)
    #expect(state.session.sliders.latents == state.session.encoded.latents)
    #expect(state.pages[MapPage.self].trail.isEmpty)
    try state.press("Escape")
    #expect(state.focus == .sliders)
  }

  @Test func twoSlidersSpanAMap() throws {
    var state = try onMap()
    try state.press("Escape Down M P")
    #expect(state.pages[MapPage.self].plane == .sliders(1, 2))
    let before = state.session.sliders
    try state.press("Right Up")
    #expect(state.session.sliders.latents[0] > before.latents[0])
    #expect(state.session.sliders.latents[1] > before.latents[1])
    #expect(state.session.sliders.latents[2...] == before.latents[2...])
    #expect(state.screen.contains("z1"))
    try state.press("P")
    #expect(state.pages[MapPage.self].plane == .components)
  }

  @Test func aClickMovesTheSliders() throws {
    var state = try onMap()
    let region = try #require(state.layout.page?.region)
    let map = MapPage.mapRegion(region, .mnist)
    let (column, row) = (map.column + map.width / 2, map.row + map.height / 3)
    let place = try #require(
      state.pages[MapPage.self].view(state.session)?.place(atColumn: column, row: row, in: map))
    _ = state.react(.mouse(MouseEvent(.press, column: column, row: row)))
    let current = try #require(state.pages[MapPage.self].view(state.session)?.current)
    #expect(abs(current.x - place.x) < 1e-3 && abs(current.y - place.y) < 1e-3)
  }

  @Test func withoutASurveyTheMapWaits() throws {
    var state = try TinyExplorer.open()
    try state.press("M Right Enter")
    #expect(state.screen.contains("encoding samples"))
    #expect(state.message == nil)
  }

  @Test func anotherModelHasAnotherMap() throws {
    var state = try onMap()
    try state.press("P Right")
    _ = state.react(.opened(try ModelInUse(name: "other", model: try TinyExplorer.model(seed: 5))))
    #expect(state.pages[MapPage.self].plane == .components)
    #expect(state.pages[MapPage.self].trail.isEmpty)
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 100, height: 30), Size(width: 160, height: 50)])
  func snapshotsOfThePage(size: Size) throws {
    for (name, capabilities) in CanvasTests.modes {
      var state = try onMap(size: size, capabilities)
      try state.press("Right*5 Up*3")
      try CanvasSnapshot.check(
        state.drawn(size), capabilities, name: "map-\(size.width)x\(size.height)-\(name)")
    }
  }
}

/// Samples of another kind have another survey.
@Suite struct SurveyOfSamplesTests {
  @Test func switchingSamplesAsksForASurveyOfThem() throws {
    var state = try TinyExplorer.open(
      try TinyExplorer.model(readings: 4, data: "mnist"), dataset: TinyExplorer.dataset)
    #expect(state.session.survey.current?.outputs.count == 4)
    #expect(try state.press("d") == [state.survey(.images(state.session.modelInUse.model))])
    #expect(state.session.survey.current == nil)
    #expect(try state.press("d").isEmpty)
    #expect(state.session.survey.current?.outputs.count == 4)
  }

  /// A survey of the first images is replaced by one of all of them.
  @Test func readingAllImagesAsksForASurveyOfThem() throws {
    var state = try TinyExplorer.open()
    state.show(SliderSurvey(of: try TinyExplorer.model(readings: 4).details.encoderOutputs))
    #expect(state.session.survey.current != nil)
    let effects = state.react(.imagesRead(TinyExplorer.dataset))
    #expect(effects == [state.survey(.images(state.session.modelInUse.model))])
    #expect(state.session.survey.current == nil)
  }
}
