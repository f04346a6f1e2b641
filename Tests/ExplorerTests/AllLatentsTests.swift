import Networks
import Screen
import Testing
import Training

@testable import Explorer

/// A person sees the effect of every slider at once.
@Suite struct AllLatentsTests {
  private func open(
    _ width: Int = 160, _ height: Int = 50, _ capabilities: Capabilities = .full
  ) throws -> ExplorerState {
    var state = try TinyExplorer.open(size: Size(width: width, height: height), capabilities: capabilities)
    try state.press("A")
    return state
  }

  private func layout(_ state: ExplorerState) throws -> LatentSheetLayout {
    LatentSheetLayout(try #require(state.layout.page?.region), state.session)
  }

  @Test func eachRowHasTheCurrentValueInTheMiddle() throws {
    var state = try open()
    try state.press("Escape Right*3 Down Right*2 A")
    for slider in 0..<state.session.sliderCount {
      let values = state.session.sheetValues(slider, count: 9)
      #expect(values.count == 9 && values[4] == state.session.sliders.value(ofSlider: slider))
      let scale = state.session.scales[slider]
      guard !scale.isCyclic else { continue }
      // A value beyond the range is an end of its row.
      #expect(abs(scale.shown(values[0]) - min(scale.range.lowerBound, scale.shown(values[4]))) < 1e-9)
      #expect(abs(scale.shown(values[8]) - max(scale.range.upperBound, scale.shown(values[4]))) < 1e-9)
      #expect(values == values.sorted())
    }
    // A circle is divided evenly: 40° apart, through 180°.
    let angles = state.session.sheetValues(0, count: 9).map { state.session.scales[0].shown($0) }
    for (angle, expected) in zip(angles, [-145.0, -105, -65, -25, 15, 55, 95, 135, 175]) {
      #expect(abs(angle - expected) < 1e-6)
    }
  }

  @Test func thePicturesAreDecodedAtTheirValues() throws {
    var state = try TinyExplorer.open(size: Size(width: 160, height: 50))
    let asked = try state.update(.key(.character("A"))).only(LatentSheetQuery.self)
    var networks = NetworkCache()
    let sheet = try asked.query.answer(TinyExplorer.context, &networks)
    #expect(sheet.rows.count == 5 && sheet.columns == 9)
    for (slider, row) in sheet.rows {
      for (value, pixels) in zip(state.session.sheetValues(slider, count: 9), row) {
        let decoded = state.session.modelInUse.inference.decode(
          state.session.sliders.setting(slider, to: value))
        #expect(zip(pixels, decoded).allSatisfy { abs($0 - $1) < 1e-6 })
      }
    }
  }

  @Test(arguments: [(80, 24, 5, 2), (100, 30, 5, 3), (160, 50, 9, 5), (130, 40, 7, 4), (30, 18, 5, 1)])
  func columnsAndRowsFollowTheRoom(width: Int, height: Int, columns: Int, rows: Int) throws {
    let state = try open(width, height)
    let layout = try layout(state)
    #expect(layout.columns == columns && layout.rows.count == rows)
    let region = try #require(state.layout.page?.region)
    for slider in layout.rows {
      for cell in 0..<columns {
        #expect(layout.cell(slider, cell).intersection(region) == layout.cell(slider, cell))
      }
    }
  }

  @Test func arrowsMarkACellAndEnterMovesTheSliderThere() throws {
    var state = try open()
    let before = state.session.sliders
    try state.press("Down*2 Right*2 Left")
    #expect(state.session.selected == 2 && state.session.sliders == before)
    let value = state.session.sheetValues(2, count: 9)[5]
    #expect(state.screen.contains("▸\(state.session.scales[2].text(value))◂"))
    try state.press("Enter")
    #expect(state.route == .allLatents)
    #expect(abs(state.session.sliders.value(ofSlider: 2) - value) < 1e-6)
    // The value is in the middle now, and marked.
    #expect(state.screen.contains("▸\(state.session.scales[2].text(value))◂"))
    #expect(state.session.sheetValues(2, count: 9)[4] == state.session.sliders.value(ofSlider: 2))
    try state.press("u")
    #expect(state.session.sliders == before)
    // The mark stops at the ends of the row.
    let first = state.session.sheetValues(2, count: 9)[0]
    try state.press("Left*20 Enter")
    #expect(abs(state.session.sliders.value(ofSlider: 2) - first) < 1e-5)
  }

  @Test func theMarkStaysOnANarrowerScreen() throws {
    var state = try open()
    try state.press("Right*4")
    _ = state.react(.resized(Size(width: 80, height: 24)))
    #expect(state.screen.contains("▸") && state.screen.contains("◂"))
  }

  @Test func theMiddleIsNoChange() throws {
    var state = try open()
    try state.press("Enter u")
    #expect(state.message == "nothing to undo")
  }

  @Test func rowsScrollToTheSelectedSlider() throws {
    var state = try open(80, 24)
    #expect(try layout(state).rows == 0..<2)
    try state.press("Down*5")
    #expect(try layout(state).rows == 4..<6 && state.screen.contains("sliders 5–6 of 6"))
    #expect(state.screen.contains("z5"))
  }

  @Test func aClickMovesTheSliderThere() throws {
    var state = try open()
    let cell = try layout(state).cell(3, 7)
    let value = state.session.sheetValues(3, count: 9)[7]
    state.click(cell.column + 2, cell.row + 2)
    #expect(state.session.selected == 3)
    #expect(abs(state.session.sliders.value(ofSlider: 3) - value) < 1e-6)
  }

  @Test func escapeReturnsToThePanel() throws {
    var state = try TinyExplorer.open(size: Size(width: 100, height: 30))
    try state.press("Tab A Escape")
    #expect(state.route == nil && state.focus == .pictures)
  }

  @Test func theSheetIsExported() throws {
    var state = try open()
    let effects = try state.press("E Enter")
    guard case .write(let request) = effects.first, case .sheet(let sheet) = request.content else {
      Issue.record("no sheet was written: \(effects)")
      return
    }
    #expect(sheet.columns == 9 && sheet.point == state.session.sliders)
    try state.press("Escape E")
    #expect(!state.screen.contains("all latents"))
  }

  @Test func aStateTextOpensIt() throws {
    var state = try TinyExplorer.open(size: Size(width: 100, height: 30))
    state.apply(try StateText(parsing: "focus=latents"))
    #expect(state.route == .allLatents)
    #expect("\(state.stateText)".contains("focus=latents"))
  }

  @Test(arguments: CanvasTests.modes.indices) func screens(mode: Int) throws {
    let (name, capabilities) = CanvasTests.modes[mode]
    for (width, height) in [(80, 24), (100, 30), (160, 50)] {
      var state = try open(width, height, capabilities)
      try state.press("Down Right")
      try CanvasSnapshot.check(
        state.drawn(), capabilities, name: "latents-\(width)x\(height)-\(name)")
    }
  }
}
