import Coordinates
import Datasets
import Evaluation
import Networks
import Screen
import Testing

@testable import Explorer
@testable import Training

extension HistorySessionTests {
  @Test func keysStepThroughTheSnapshots() throws {
    var state = try onPage()
    #expect(state.pages[HistoryPage.self].index(state.session) == 5)
    #expect(state.screen.contains("6/6: phase 3, epoch 11 · teach the encoder"))
    try state.press("Left")
    #expect(state.pages[HistoryPage.self].index(state.session) == 4)
    #expect(state.screen.contains("5/6: the end of phase 2 · teach the decoder"))
    try state.press("Left*9")
    #expect(state.pages[HistoryPage.self].index(state.session) == 0)
    #expect(state.screen.contains("1/6: the start of phase 1 · autoencode"))
    try state.press("Right Right")
    #expect(state.pages[HistoryPage.self].index(state.session) == 2)
    try state.press("End")
    #expect(state.pages[HistoryPage.self].index(state.session) == 5)
    try state.press("Home")
    #expect(state.pages[HistoryPage.self].index(state.session) == 0)
    try state.press("Right*99")
    #expect(state.pages[HistoryPage.self].index(state.session) == 5)
    // Leafing changes nothing that is in use.
    #expect(state.session.modelTitle == "tiny-model")
  }

  @Test func theNewestSnapshotIsFollowedAndOthersStay() throws {
    var state = try onPage()
    _ = state.react(Self.news([Self.makeSnapshot(600)]))
    #expect(state.pages[HistoryPage.self].index(state.session) == 6)
    try state.press("Left Left")
    _ = state.react(Self.news([Self.makeSnapshot(650, ended: 2)]))
    #expect(state.pages[HistoryPage.self].index(state.session) == 4)
  }

  @Test func draggingTheTimelineSelectsSnapshots() throws {
    var state = try onPage()
    let page = try #require(state.layout.page)
    let scrubber = HistoryLayout(page.region, .mnist).scrubber
    for index in [2, 0, 4, 1, 5, 3] {
      let column = state.session.column(ofStep: Self.snapshots[index].step, in: scrubber)
      // 650 steps on the whole line.
      let fraction = Double(Self.snapshots[index].step) / 650
      #expect(abs(Double(column - scrubber.column) - fraction * Double(scrubber.width - 1)) <= 0.5)
      state.click(column, scrubber.row)
      #expect(state.pages[HistoryPage.self].index(state.session) == index && state.dragTarget == nil)
    }
    // The nearest mark counts, also beyond the line's ends and beside it.
    state.mouse(.press, scrubber.column + scrubber.width / 5 + 2, scrubber.row)
    #expect(state.pages[HistoryPage.self].index(state.session) == 1 && state.dragTarget == .page(.history))
    state.mouse(.drag, -5, scrubber.row + 7)
    #expect(state.pages[HistoryPage.self].index(state.session) == 0)
    state.mouse(.drag, 500, 0)
    #expect(state.pages[HistoryPage.self].index(state.session) == 5)
    state.mouse(.release, 500, 0)
    state.mouse(.drag, scrubber.column, scrubber.row)
    #expect(state.pages[HistoryPage.self].index(state.session) == 5)
  }

  /// A key may open another page while the mouse is held.
  @Test func aDragFromElsewhereSelectsNothing() throws {
    var state = try onPage()
    let page = try #require(state.layout.page)
    let scrubber = HistoryLayout(page.region, .mnist).scrubber
    state.mouse(.press, scrubber.columns.upperBound - 1, scrubber.row)
    let before = state.pages[HistoryPage.self].index(state.session)
    try state.press("M")
    state.mouse(.drag, scrubber.column, scrubber.row)
    #expect(state.pages[HistoryPage.self].index(state.session) == before)
  }

  @Test(arguments: [(100, 30), (160, 50), (80, 24), (30, 18)])
  func aClickOnThePicturesSelectsTheSnapshot(width: Int, height: Int) throws {
    let state = try onPage(size: Size(width: width, height: height))
    let page = try #require(state.layout.page)
    let shown = state.pages[HistoryPage.self].shownSnapshots(
      in: HistoryLayout(page.region, .mnist), state.session)
    #expect(shown.isEmpty == (height == 18))
    #expect(shown.map(\.index) == Array((6 - shown.count)..<6))
    for (place, index) in shown {
      var copy = state
      copy.click(place.column + place.width - 1, place.row + place.height - 1)
      #expect(copy.pages[HistoryPage.self].index(copy.session) == index)
    }
  }

  // MARK: Taking a moment's weights

  @Test func duringTrainingNoWeightsAreRestored() throws {
    for status in [TrainingStatus.running, .paused] {
      var state = try onPage()
      _ = state.react(Self.news([], status))
      #expect(try state.press("Left Enter").isEmpty)
      #expect(state.message == "training is running: x stops it, then Enter uses these weights")
    }
  }

  @Test func afterTheRunSnapshotsAreRestored() throws {
    var state = try onPage()
    _ = try state.react(.weights(TinyExplorer.model(seed: 556)))
    _ = state.react(Self.news([], .finished))
    try state.press("Left*3")
    let snapshot = Self.snapshots[2]
    #expect(try state.press("Enter") == [.recall(snapshot.snapshot)])
    // Until they have come the title is about those in use.
    #expect(state.session.modelTitle == "trained")
    _ = try state.react(.weights(TinyExplorer.model(seed: 251)))
    #expect(state.message == "in use: weights of the end of phase 1; End, Enter: the last ones")
    #expect(state.session.modelInUse.model.weights == snapshot.snapshot.weights)
    #expect(state.session.modelTitle == "trained, end of 1")
    var panels = state
    try panels.press("Escape")
    let screen = ScreenText.plain(panels.drawn(Size(width: 160, height: 50)))
    #expect(screen.contains("in use: the end of phase 1 · finished"))
    #expect(
      state.session.encoded
        == state.session.modelInUse.inference.encode(try #require(state.session.pictures.input)))
    // The moment's picture is what is decoded now, but for the latents: these are held.
    let effects = try state.press("Backspace h l")
    try answer(effects, &state)
    #expect(try state.press("End Enter") == [.recall(Self.snapshots[5].snapshot)])
    _ = try state.react(.weights(TinyExplorer.model(seed: 556)))
    #expect(state.session.modelTitle == "trained" && state.session.training?.restored == nil)
    // Back to the model before all that.
    try state.press("X y")
    #expect(state.session.modelTitle == "tiny-model")
    #expect(state.session.snapshots.isEmpty)
    #expect(state.screen.contains("no run yet: t trains"))
  }

  /// Restored weights do not change the summary of the last phase.
  @Test func restoredWeightsHaveNoPhaseSummary() throws {
    var state = try training()
    _ = state.react(Self.news([Self.makeSnapshot(650, ended: 2)], .finished))
    _ = try state.react(.weights(TinyExplorer.model(seed: 651)))
    let summary = try #require(state.session.phaseSummary)
    #expect(summary.phase == 2)
    try state.press("f f T Home Enter")
    _ = try state.react(.weights(TinyExplorer.model(seed: 1)))
    // No phase has led to them.
    #expect(state.session.phaseSummary == nil)
    #expect(state.message == "in use: weights of the start of phase 1; End, Enter: the last ones")
    try state.press("End Enter")
    _ = try state.react(.weights(TinyExplorer.model(seed: 651)))
    #expect(state.session.phaseSummary == summary)
  }

  // MARK: Words

  @Test func phaseSummariesAreShown() throws {
    var state = try onPage(size: Size(width: 160, height: 50))
    try state.press("Left")
    func text(_ step: Int) -> String { NumberText.significant(0.05 - Double(step) / 20_000) }
    #expect(state.screen.contains("since phase 2 began:"))
    #expect(state.screen.contains("steering \(text(250)) → \(text(450))"))
    #expect(state.screen.contains("angle error 24° → 19°"))
    try state.press("Home")
    #expect(!state.screen.contains("began:"))
    #expect(state.screen.contains("steering error \(text(0))"))
    let small = try onPage(size: Size(width: 80, height: 24))
    #expect(small.screen.contains("since it began: steering") || small.screen.contains("since phase 3 began"))
  }

  @Test func withoutARunThereAreNoSnapshots() throws {
    var state = try TinyExplorer.open()
    #expect(try state.press("T Left Right Home End Enter").isEmpty)
    #expect(state.screen.contains("no run yet: t trains"))
    state.click(20, 2)
    #expect(state.dragTarget == nil)
    try state.press("Escape")
    #expect(state.focus == .sliders)
    var small = try TinyExplorer.open(size: Size(width: 29, height: 24))
    #expect(try small.press("T").isEmpty)
    #expect(small.message == "the screen is too small")
  }

  /// With stored readings there are no images to film; a run brings some.
  @Test func storedLatentPointsAreReplacedByImages() throws {
    var state = try TinyExplorer.openReadings(dataset: TinyExplorer.dataset)
    try state.press("T")
    try state.press("t Enter")
    _ = state.react(.trainingStarted)
    let order = try film(state.react(Self.news([Self.makeSnapshot(0)]))).query
    #expect(order.input == TinyExplorer.pixels(0).map { Float($0) / 255 })
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 100, height: 30), Size(width: 160, height: 50)])
  func snapshotsOfThePage(size: Size) throws {
    for (name, capabilities) in CanvasTests.modes {
      var state = try onPage(size: size, capabilities)
      try answer(try state.press("l*5 Left"), &state)
      try CanvasSnapshot.check(
        state.drawn(size), capabilities, name: "time-\(size.width)x\(size.height)-\(name)")
    }
  }
}
