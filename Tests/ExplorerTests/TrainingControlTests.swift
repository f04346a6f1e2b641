import Networks
import Screen
import Testing

@testable import Explorer
@testable import Training

/// A person stops runs, takes them up again or back, and looks at their losses.
@Suite struct TrainingControlTests {
  private static let phaseStart = TrainingPosition(phase: 1, epoch: 2, batch: 3)

  private func training() throws -> ExplorerState {
    var state = try TinyExplorer.open(size: Size(width: 120, height: 40))
    try state.press("Tab*2 t Enter")
    _ = state.react(.trainingStarted)
    return state
  }

  /// A run with 200 losses.
  private func learnt() throws -> ExplorerState {
    var state = try training()
    let reports = (0..<200).map { TinyExplorer.report(1 / Double($0 + 1), epoch: $0 / 10, batch: $0 % 10) }
    _ = state.react(TinyExplorer.news(.running, TrainingPosition(epoch: 20), reports: reports))
    return state
  }

  // MARK: Back and on

  @Test func aRunIsUndone() throws {
    var state = try training()
    let before = try TinyExplorer.open().session.pictures
    _ = try state.react(.weights(TinyExplorer.model(seed: 9)))
    #expect(state.session.pictures != before)
    let number = state.session.survey.generation
    let effects = try state.press("X y")
    #expect(effects == [.command(.stop), state.survey(.images(try TinyExplorer.model()))])
    #expect(state.session.survey.generation > number)
    #expect(state.session.modelInUse.name == "tiny-model")
    #expect(state.session.pictures == before)
    #expect(state.session.training == nil)
    #expect(state.message == "restored the model before training: tiny-model")
    // What the run still sends comes too late.
    _ = try state.react(.weights(TinyExplorer.model(seed: 9)))
    _ = state.react(TinyExplorer.news(.stopped, reports: [TinyExplorer.report(0.5)]))
    #expect(state.session.pictures == before)
    #expect(state.session.training == nil)
    #expect(try state.press("X").isEmpty)
    #expect(state.message == "no training run to discard")
  }

  @Test func anEndedRunIsUndone() throws {
    var state = try training()
    _ = try state.react(.weights(TinyExplorer.model(seed: 9)))
    _ = state.react(TinyExplorer.news(.finished, TrainingPosition(phase: 3)))
    #expect(try state.press("X y") == [state.survey(.images(try TinyExplorer.model()))])
    #expect(state.session.modelInUse.model == (try TinyExplorer.model()))
  }

  private func stopped() throws -> (ExplorerState, TrainingState) {
    var state = try training()
    var kept = TrainingState(
      TrainingConfiguration(architecture: TinyExplorer.architecture, recipe: .article(), seed: 0))
    kept.position = Self.phaseStart
    kept.weights = TinyExplorer.weights(seed: 9)
    var update = TrainingUpdate()
    update.status = .stopped
    update.position = Self.phaseStart
    update.stoppedState = kept
    _ = state.react(.training(update))
    return (state, kept)
  }

  @Test func aStoppedRunIsResumed() throws {
    var (state, kept) = try stopped()
    #expect(state.message == "training stopped; t resumes, w saves the model, X restores the one before")
    try state.press("t")
    #expect(state.screen.contains("▸resume the stopped run: phase 2, epoch 3"))
    #expect(state.screen.contains(" from scratch, in three phases"))
    // It only goes on: there is no recipe to change.
    try state.press("Right")
    #expect(state.overlay == .training(selected: 0))
    #expect(try state.press("Enter") == [.train(kept)])
    #expect(state.isTraining)
    #expect(state.session.training?.position == Self.phaseStart)
    try state.press("t")
    #expect(!state.screen.contains("resume"))
  }

  @Test func aFinishedRunIsNotResumed() throws {
    var (state, kept) = try stopped()
    kept.position = TrainingPosition(phase: 3)
    var update = TrainingUpdate()
    update.status = .stopped
    update.stoppedState = kept
    _ = state.react(.training(update))
    try state.press("t")
    #expect(!state.screen.contains("resume"))
  }

  /// The chart goes on, with its seconds, as if the run had only rested.
  @Test func aResumedRunKeepsItsChart() throws {
    var state = try training()
    func learn(_ loss: Double, at seconds: Double, stopped: TrainingState? = nil) {
      var update = TrainingUpdate()
      update.status = stopped == nil ? .running : .stopped
      update.position = Self.phaseStart
      update.reports = [TinyExplorer.report(loss, phase: 1, epoch: 2)]
      update.seconds = [seconds]
      update.stoppedState = stopped
      _ = state.react(.training(update))
    }
    var kept = TrainingState(
      TrainingConfiguration(architecture: TinyExplorer.architecture, recipe: .article(), seed: 0))
    kept.position = Self.phaseStart
    learn(0.5, at: 1)
    learn(0.4, at: 2, stopped: kept)
    try state.press("t Enter")
    #expect(state.isTraining)
    learn(0.3, at: 0.5)
    #expect(state.session.training?.curve.losses == [0.5, 0.4, 0.3])
    #expect(state.session.training?.curve.times == [1, 2, 2.5])
    // Another run has a chart of its own.
    try state.press("t Down Enter y")
    #expect(state.session.training?.curve.losses.isEmpty == true)
  }

  /// Whatever is stopped and resumed in between, X goes back to what there was before all of it.
  @Test func aResumedRunIsUndoneAsAWhole() throws {
    var (state, _) = try stopped()
    _ = try state.react(.weights(TinyExplorer.model(seed: 9)))
    try state.press("t Enter X y")
    #expect(state.session.modelInUse.model == (try TinyExplorer.model()))
  }

  // MARK: Chart

  @Test(arguments: ["Home", "End", "Left", "Right", "+", "-", "0"])
  func withoutARunTheChartHasNothingToShow(key: String) throws {
    var state = try TinyExplorer.open()
    try state.press("Tab*2 \(key)")
    #expect(state.message == "no training run; t starts one")
    #expect(state.overlay == nil)
  }

  @Test func theCursorReadsTheChart() throws {
    var state = try learnt()
    #expect(state.session.training?.zoom == ChartZoom())
    try state.press("Home")
    #expect(state.session.training?.zoom.cursor == 1)
    #expect(state.screen.contains("step 1"))
    // A hundredth of the 650 steps that the chart will have.
    try state.press("Right")
    #expect(state.session.training?.zoom.cursor == 7)
    try state.press("Left*2")
    #expect(state.session.training?.zoom.cursor == 1)
    // There is no loss beyond the last step.
    try state.press("End")
    #expect(state.session.training?.zoom.cursor == 200)
    try state.press("Right*3")
    #expect(state.session.training?.zoom.cursor == 200)
    try state.press("0")
    #expect(state.session.training?.zoom == ChartZoom())
  }

  @Test(arguments: [("+", "-"), ("=", "-"), ("Up", "Down")])
  func theChartZoomsAroundTheCursor(closer: String, farther: String) throws {
    var state = try learnt()
    try state.press("Home Right*10 \(closer)*2")
    let visible = try #require(state.session.training?.zoom.visible)
    #expect(visible.contains(61))
    #expect(abs(visible.upperBound - visible.lowerBound - 649 / 4) < 1)
    try state.press("\(farther)*2")
    #expect(state.session.training?.zoom.visible == nil)
    #expect(state.session.training?.zoom.cursor == 61)
  }

  /// Without a loss there is nothing to read, and nothing to trap on.
  @Test func keysBeforeTheFirstLossAreHandled() throws {
    var state = try training()
    try state.press("Home End Left Right + + - 0 y Y s s s")
    #expect(state.isTraining)
    #expect(!state.screen.isEmpty)
  }

  @Test func axesAndSmoothingAreSwitched() throws {
    var state = try learnt()
    try state.press("y")
    #expect(state.message == "losses on a linear axis")
    #expect(state.session.lossChart?.scale == .linear)
    try state.press("y")
    #expect(state.message == "losses on a logarithmic axis")
    #expect(state.session.lossChart?.scale == .logarithmic)
    for (message, smoothing) in [
      ("losses smoothed by 0.9", 0.9), ("losses smoothed by 0.98", 0.98), ("losses not smoothed", 0),
    ] {
      try state.press("s")
      #expect(state.message == message)
      #expect(state.session.lossChart?.smoothing == smoothing)
    }
    try state.press("Y")
    #expect(state.message == "losses by time, pauses left out")
    #expect(state.session.lossChart?.place == .seconds)
    try state.press("Y")
    #expect(state.session.lossChart?.place == .steps)
  }

  /// Axes and smoothing of the chart stay for the next run; zoom and cursor do not.
  @Test func theNextRunKeepsTheAxes() throws {
    var state = try learnt()
    try state.press("y s Home + x")
    _ = state.react(TinyExplorer.news(.stopped))
    try state.press("t Enter")
    #expect(state.session.lossChart?.scale == .linear)
    #expect(state.session.lossChart?.smoothing == 0.9)
    #expect(state.session.training?.zoom == ChartZoom())
  }

  @Test func timesComeWithTheLosses() throws {
    var state = try training()
    var update = TrainingUpdate()
    update.status = .running
    update.reports = [TinyExplorer.report(0.5), TinyExplorer.report(0.25)]
    update.seconds = [0.5, 1.25]
    update.threads = 2
    _ = state.react(.training(update))
    #expect(state.session.lossChart?.times == [0.5, 1.25])
    #expect(state.screen.contains("2 threads"))
    update.threads = 1
    _ = state.react(.training(update))
    #expect(state.screen.contains(" 1 thread"))
    #expect(!state.screen.contains("threads"))
  }

  // MARK: What a phase does

  private func diagram(_ phase: Phase, width: Int = 100, height: Int = 2) -> String {
    var canvas = Canvas(size: Size(width: width, height: height))
    PhaseDiagram(phase: phase, schema: .article, headName: "rotation head").draw(
      on: &canvas, in: canvas.bounds)
    return ScreenText.plain(canvas)
  }

  @Test func theArticlesPhasesAsDiagrams() {
    let phases = Recipe.article().phases
    #expect(
      diagram(phases[0]) == """
         upright ─▶[backbone]─┬─▶(rotation head)    no turn ─┬─▶[decoder]─▶ upright
                              └─▶[latent head]────▶ z ───────┘

        """)
    #expect(
      diagram(phases[1]) == """
         upright ─▶(backbone)─┬─▶(rotation head)    true θ ─┬─▶[decoder]─▶ turned
                              └─▶(latent head)────▶ z ──────┘

        """)
    #expect(diagram(phases[2]).hasPrefix(" turned ─▶[backbone]─┬─▶[rotation head]──▶ θ as read "))
    #expect(diagram(phases[2]).contains("(decoder)─▶ turned"))
    #expect(diagram(phases[2]).contains("└─▶[latent head]"))
  }

  @Test func theJointRecipeAsADiagram() {
    let text = diagram(Recipe.joint(for: TinyExplorer.architecture).phases[0])
    #expect(
      text.contains(" upright or turned ─▶[backbone]─┬─▶[rotation head]──▶ θ, true or read ─┬─▶[decoder]"))
  }

  /// Both lines meet where they should: the corners stand below the branches.
  @Test func theLinesOfADiagramMeet() {
    for phase in Recipe.article().phases + Recipe.joint(for: TinyExplorer.architecture).phases {
      let lines = diagram(phase).split(separator: "\n").map(Array.init)
      let branches = lines[0].indices.filter { lines[0][$0] == "┬" }
      let corners = lines[1].indices.filter { "└┘".contains(lines[1][$0]) }
      #expect(branches == corners, "\(phase.name)")
    }
  }

  @Test func narrowDiagramsShowTheParts() {
    let phase = Recipe.article().phases[1]
    let parts = "(backbone) (θ head) (z head) [decoder]\n"
    #expect(diagram(phase, width: 60).hasPrefix(parts))
    #expect(diagram(phase, height: 1) == parts)
  }

  @Test func theTimelineShowsTheProgress() throws {
    var state = try training()
    try state.press("z")
    func line() throws -> Substring {
      try #require(state.screen.split(separator: "\n").first { $0.contains("1━") || $0.contains("1─") })
    }
    _ = state.react(TinyExplorer.news())
    #expect(try !line().contains("━"))
    _ = state.react(TinyExplorer.news(.running, TrainingPosition(phase: 1, epoch: 10)))
    let text = try line()
    #expect(text.contains("━2━") && text.contains("─3─"))
    let width = 120.0
    let done = text.filter { $0 == "━" }.count
    #expect(abs(Double(done) - width * 35 / 65) < 4)
    _ = state.react(TinyExplorer.news(.finished, TrainingPosition(phase: 3)))
    #expect(try !line().contains("─"))
  }
}
