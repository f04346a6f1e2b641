import Networks
import Screen
import Testing

@testable import Explorer
@testable import Training

/// A person trains, and wants to know which weights are in use and to lose none of them.
@Suite struct WeightsInUseTests {
  private typealias Times = HistorySessionTests

  private static let sizes = [
    Size(width: 80, height: 24), Size(width: 100, height: 30), Size(width: 160, height: 50),
  ]

  /// A run that learns; its newest weights are those of the moment at step 555.
  private func learning(size: Size = Size(width: 100, height: 30)) throws -> ExplorerState {
    var state = try TinyExplorer.open(size: size)
    try state.press("t Enter")
    _ = state.react(.trainingStarted)
    let losses = (0..<555).map {
      TinyExplorer.report(1 / Double($0 + 1), phase: $0 < 250 ? 0 : $0 < 450 ? 1 : 2)
    }
    _ = state.react(Times.news(Times.snapshots, reports: losses))
    _ = try state.react(.weights(TinyExplorer.model(seed: 556)))
    return state
  }

  private func ended(_ status: TrainingStatus = .stopped, size: Size = Size(width: 100, height: 30)) throws
    -> ExplorerState
  {
    var state = try learning(size: size)
    var update = TrainingUpdate()
    (update.status, update.position) = (status, Times.snapshots[5].snapshot.position)
    _ = state.react(.training(update))
    return state
  }

  /// The weights of a moment of an ended run, in use.
  private func restored(_ index: Int, _ state: inout ExplorerState) throws {
    try state.press("T Home" + (index == 0 ? "" : " Right*\(index)") + " Enter")
    _ = try state.react(.weights(TinyExplorer.model(seed: UInt64(Times.snapshots[index].step + 1))))
    try state.press("Escape")
  }

  private let others = [LibraryEntry(title: "other", reference: "other")]

  // MARK: Statements

  /// The report of a run's end and its last weights arrive in either order; the title is the same.
  @Test(arguments: [true, false]) func theTitleFollowsTheRun(weightsComeFirst: Bool) throws {
    var state = try learning()
    #expect(state.screen.contains("model being trained"))
    try state.press("x")
    let weights = try ExplorerEvent.weights(TinyExplorer.model(seed: 557))
    let news = Times.news([], .stopped)
    for event in weightsComeFirst ? [weights, news] : [news, weights] { _ = state.react(event) }
    #expect(state.screen.contains("model trained\n"))
    _ = state.react(Times.news([], .paused))
    #expect(state.screen.contains("model being trained"))
  }

  /// Before the first weights come, the model before the run is in use, and the title says so.
  @Test func theEarlierModelIsNamedUntilWeightsArrive() throws {
    var state = try TinyExplorer.open()
    try state.press("t Enter")
    _ = state.react(.trainingStarted)
    #expect(state.screen.contains("model tiny-model"))
    _ = state.react(TinyExplorer.news(.stopped))
    #expect(state.screen.contains("model tiny-model"))
  }

  @Test(arguments: sizes) func thePanelDescribesTheWeightsInUse(size: Size) throws {
    var state = try ended(size: size)
    try restored(0, &state)
    state.session.message = nil
    #expect(state.screen.contains("model untrained, start"))
    #expect(state.screen.contains("in use: the start of phase 1 · stopped"))
    #expect(!state.screen.contains("phase 3/3") && !state.screen.contains("loss: reconstruction"))
    #expect(state.session.training?.zoom.cursor == 1)
    #expect(state.session.phaseSummary == nil)
    try restored(2, &state)
    state.session.message = nil
    #expect(state.screen.contains("in use: the end of phase 1 · stopped"))
    #expect(state.session.training?.zoom.cursor == 250 && state.session.phaseSummary?.step == 250)
    try restored(5, &state)
    state.session.message = nil
    #expect(state.screen.contains("stopped · phase 3/3"))
    #expect(state.screen.contains("model trained\n"))
    #expect(state.session.training?.zoom.cursor == nil && state.session.phaseSummary?.step == 555)
  }

  /// Requested weights are in use once they arrive; other weights that arrive meanwhile keep their own title.
  @Test func requestedWeightsAreNotInUse() throws {
    var state = try ended()
    try state.press("T Home Enter")
    #expect(state.session.modelTitle == "trained" && state.session.training?.restored == nil)
    _ = try state.react(.weights(TinyExplorer.model(seed: 557)))
    #expect(state.session.modelTitle == "trained" && state.session.training?.restored == nil)
    _ = try state.react(.weights(TinyExplorer.model(seed: 1)))
    #expect(state.session.modelTitle == "untrained, start" && state.session.training?.restored?.step == 0)
  }

  /// A run that goes on from a moment keeps that name until it has weights of its own.
  @Test func aRunFromASnapshotNamesItUntilWeightsArrive() throws {
    var state = try ended()
    try restored(2, &state)
    try state.press("t")
    let line = try #require(state.session.trainingTitles.firstIndex { $0.hasPrefix("continue in phase 3") })
    try state.press("Down*\(line) Enter y")
    #expect(state.isTraining && state.session.modelTitle == "trained, end of 1")
    _ = try state.react(.weights(TinyExplorer.model(seed: 77)))
    #expect(state.session.modelTitle == "being trained")
  }

  // MARK: Menu and footer

  @Test func theMenuOpensOnContinuingTheRun() throws {
    var state = try learning()
    try state.press("t")
    #expect(state.screen.contains("▸continue this run: phase 3, epoch 11 of 20"))
    try state.press("Right")
    #expect(state.overlay == .training(selected: 0))
    #expect(try state.press("Enter").isEmpty)
    #expect(state.isLearning && state.overlay == nil && state.session.training?.curve.losses.count == 555)
    _ = state.react(Times.news([], .paused))
    #expect(try state.press("t Enter") == [.command(.resume)])
    // The run may end while the menu is open: the line chosen stays the same one.
    try state.press("t Down")
    let title = state.session.trainingTitles[1]
    _ = state.react(Times.news([], .finished))
    #expect(state.overlay == .training(selected: 0) && state.session.trainingTitles[0] == title)
  }

  @Test(arguments: sizes) func theFooterShowsTheKeysOfTheRun(size: Size) throws {
    for place in Place.all {
      var state = try learning(size: size)
      switch place {
      case .panel(let panel): state.focus = panel
      case .page(let page): state.route = page
      }
      let pause = place == .page(.drawing) ? "Space lower" : "Space pause"
      for text in [pause, "x stop", "X discard", "? actions", "q quit"] {
        #expect(footer(state).contains(text), "\(place.name)")
      }
      _ = state.react(Times.news([], .paused))
      #expect(footer(state).contains("Space resume") == (place != .page(.drawing)))
      _ = state.react(Times.news([], .stopped))
      #expect(!footer(state).contains("X discard") && !footer(state).contains("x stop"))
    }
  }

  private func footer(_ state: ExplorerState) -> String {
    String(state.screen.split(separator: "\n", omittingEmptySubsequences: false)[state.size.height - 1])
  }

  @Test func narrowFootersShowTheKeysOfTheRunFirst() throws {
    let state = try learning(size: Size(width: 40, height: 16))
    #expect(footer(state).contains("Space pause  x stop  X discard"))
  }

  // MARK: Questions

  private static let question = "trained weights are not saved: lose them?"

  /// All that would lose the weights of a run asks, and does nothing on "no".
  @Test(arguments: ["t Down Enter", "t Down Right Enter", "X", "m"], [true, false])
  func actionsThatLoseWeightsAskFirst(keys: String, isLearning: Bool) throws {
    for no in ["n", "Escape", "Enter", "Space", "q"] {
      var state = try isLearning ? learning() : ended(.finished)
      // Without a run under way the first line of the menu trains afresh.
      try state.press(isLearning || !keys.hasPrefix("t") ? keys : keys.replacing("Down ", with: ""))
      if keys == "m" {
        _ = state.react(.listed(.models, others))
        #expect(try state.press("Enter").isEmpty)
      }
      #expect(state.screen.contains(Self.question) && state.screen.contains("▸no, keep them"))
      let weights = state.session.modelInUse.model.weights
      #expect(try state.press(no).isEmpty)
      #expect(state.overlay == nil && state.session.modelInUse.model.weights == weights)
      #expect(state.isTraining == isLearning && state.session.snapshots.count == 6)
    }
  }

  @Test func yesPerformsTheAction() throws {
    var state = try learning()
    guard case .train(let begun) = try state.press("t Down Enter y").last else { throw Unexpected() }
    #expect(begun.position == TrainingPosition())
    state = try ended()
    _ = try state.press("m")
    _ = state.react(.listed(.models, others))
    #expect(try state.press("Enter Down Enter") == [.open(.models, others[0])])
    state = try ended()
    #expect(try state.press("X y").count == 1)
    #expect(state.session.modelTitle == "tiny-model")
  }

  private struct Unexpected: Error {}

  /// They can be written from the question; after that nothing is asked.
  @Test func theQuestionCanSaveTheWeights() throws {
    var state = try ended()
    let model = state.session.modelInUse.model
    #expect(try state.press("X w") == [.save(model)])
    #expect(state.overlay == nil && state.session.training != nil)
    _ = state.react(.saved(path: "/models/one.safetensors", model))
    try state.press("X")
    #expect(state.overlay == nil && state.session.training == nil)
  }

  @Test func clicksAnswerTheQuestion() throws {
    var state = try ended()
    try state.press("X")
    let list = try #require(state.overlayList(width: 100))
    let region = list.region(in: Rectangle(column: 0, row: 0, width: 100, height: 30))
    state.click(region.column + 3, region.row + 2)
    #expect(state.overlay == nil && state.session.modelTitle == "tiny-model")
    state = try ended()
    try state.press("X")
    state.click(0, 0)
    #expect(state.overlay == nil && state.session.modelTitle == "trained")
  }

  /// Weights that can be got back are not lost: no question.
  @Test func recoverableWeightsAreReplacedWithoutAQuestion() throws {
    // The newest ones stay the history's last moment.
    var state = try ended()
    #expect(try state.press("T Home Enter").contains(.recall(Times.snapshots[0].snapshot)))
    #expect(state.overlay == nil)
    // A run that continues begins with them.
    state = try ended()
    guard case .train = try state.press("t Down Enter").last else { throw Unexpected() }
    // Nothing was trained yet, or nothing of it is new.
    state = try TinyExplorer.open()
    try state.press("t Enter X")
    #expect(state.overlay == nil && state.session.training == nil)
    // A stopped run that goes on is the same run.
    state = try learning()
    var kept = TrainingState(Times.configuration)
    kept.position = TrainingPosition(phase: 2, epoch: 10)
    var update = TrainingUpdate()
    (update.status, update.position, update.stoppedState) = (.stopped, kept.position, kept)
    _ = state.react(.training(update))
    #expect(try state.press("t Enter") == [.train(kept)])
  }

  /// The history goes with a new run: what only it has is lost by continuing from another moment.
  @Test func anotherSnapshotAsksAboutTheNewestWeights() throws {
    var state = try ended()
    try restored(2, &state)
    let newest = try #require(state.session.training?.newest?.model)
    try state.press("t")
    let line = try #require(state.session.trainingTitles.firstIndex { $0.hasPrefix("continue in phase 3") })
    try state.press("Down*\(line) Enter")
    #expect(state.screen.contains(Self.question))
    #expect(try state.press("w").contains(.save(newest)))
    // Both are written where nobody is asked.
    #expect(state.unsavedModels.count == 2 && state.unsavedModels.contains(newest))
  }

  /// Enter on the history page asks about the newest weights if neither a snapshot nor a file has them.
  @Test func weightsWithoutASnapshotAreKeptAsTheNewest() throws {
    var state = try ended(.failed(.lossNotFinite(TrainingPosition(phase: 2, epoch: 11))))
    _ = try state.react(.weights(TinyExplorer.model(seed: 999)))
    let newest = state.session.modelInUse.model
    try restored(5, &state)
    #expect(state.session.modelTitle == "trained, 3 ep 11")
    // They are in no moment, but still in memory: quitting warns, and X asks.
    #expect(state.unsavedModels.contains(newest))
    try state.press("X")
    #expect(state.screen.contains(Self.question))
  }

  /// A second run does not make the first one's weights safe.
  @Test func weightsBeforeAnotherRunStayUnsaved() throws {
    var state = try ended()
    let first = state.session.modelInUse.model
    try state.press("t Down Enter")
    _ = state.react(.trainingStarted)
    #expect(state.unsavedModels == [first])
    #expect(try state.press("q").isEmpty)
    _ = try state.react(.weights(TinyExplorer.model(seed: 77)))
    _ = state.react(TinyExplorer.news(.finished, TrainingPosition(phase: 3)))
    #expect(state.unsavedModels.map(\.weights).contains(first.weights) && state.unsavedModels.count == 2)
    // A third run would leave no way back to the first.
    try state.press("t Down Enter")
    #expect(state.screen.contains(Self.question))
    // X goes back to the first one's, which are still in no file.
    try state.press("n X y")
    #expect(
      state.session.modelInUse.model.weights == first.weights
        && state.unsavedModels.map(\.weights) == [first.weights])
  }

  /// Weights of a file are not unsaved because a run began with them.
  @Test func initialWeightsOfAContinuedRunKeepTheirFile() throws {
    var state = ExplorerState(
      model: try ModelInUse(name: "file", reference: "/a.safetensors", model: try TinyExplorer.model()),
      dataset: TinyExplorer.dataset, size: Size(width: 100, height: 30), capabilities: .full)
    try state.press("t Down Enter")
    var start = Times.makeSnapshot(0)
    start.snapshot.weights = state.session.modelInUse.model.weights
    _ = state.react(Times.news([start, Times.makeSnapshot(125)]))
    _ = try state.react(.weights(TinyExplorer.model(seed: 126)))
    _ = state.react(Times.news([], .stopped))
    try state.press("T Home Enter")
    _ = try state.react(.weights(TinyExplorer.model()))
    #expect(state.stateText.model == "/a.safetensors")
    #expect(state.session.modelTitle == "trained, start")
    #expect(state.unsavedModels.count == 1)
  }

  @Test(arguments: sizes) func snapshotsOfTheScreen(size: Size) throws {
    var state = try ended(size: size)
    try restored(2, &state)
    state.session.message = nil
    try CanvasSnapshot.check(state.drawn(size), .full, name: "restored-\(size.width)x\(size.height)")
    try state.press("X")
    try CanvasSnapshot.check(state.drawn(size), .full, name: "question-\(size.width)x\(size.height)")
  }
}
