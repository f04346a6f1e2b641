import Networks
import Screen
import Testing
import Training

@testable import Explorer

/// A person trains while turning a digit.
@Suite struct TrainingOnScreenTests {
  private func stateToTrain(_ effects: [ExplorerEffect]) throws -> TrainingState {
    for case .train(let state) in effects { return state }
    throw Unexpected(effects: "\(effects)")
  }

  private struct Unexpected: Error {
    let effects: String
  }

  private func training() throws -> ExplorerState {
    var state = try TinyExplorer.open()
    try state.press("t Enter")
    _ = state.react(.trainingStarted)
    return state
  }

  private func newWeights(_ seed: UInt64 = 9) throws -> TypedModel { try TinyExplorer.model(seed: seed) }

  @Test func thePartsOfTheLossHaveShorterNamesWhereTheyDoNotFit() throws {
    var state = try training()
    var report = TinyExplorer.report(0.5)
    report.losses = Losses(total: 0.5, reconstruction: 0.0123, coordinates: 0.0456, stages: 0.0789)
    _ = state.react(TinyExplorer.news(reports: [report]))
    let size = Size(width: 100, height: 30)
    let short = "image 0.0123 · angle 0.0456 · stages 0.0789"
    #expect(ScreenText.plain(state.drawn(size)).contains(short))
    report.losses.stages = 0
    _ = state.react(TinyExplorer.news(reports: [report]))
    let whole = "loss: reconstruction 0.0123 · angle 0.0456"
    #expect(ScreenText.plain(state.drawn(size)).contains(whole))
  }

  @Test func trainsFromNewWeights() throws {
    var state = try TinyExplorer.open()
    try state.press("t")
    #expect(state.overlay == .training(selected: 0))
    #expect(state.screen.contains("▸from scratch, in three phases: 25 + 20 + 20 epochs"))
    #expect(state.screen.contains("continue in phase 3"))
    #expect(state.screen.contains("from scratch, all parts at once: 30 epochs"))
    let begun = try stateToTrain(try state.press("Enter"))
    let configuration = TrainingConfiguration(
      architecture: TinyExplorer.architecture, recipe: .article(), seed: 0)
    #expect(begun == TrainingState(configuration))
    #expect(state.overlay == nil)
    #expect(state.isTraining)
    #expect(state.session.sliderPanel.followsTraining)
    #expect(state.react(.trainingStarted).isEmpty)
  }

  @Test(arguments: [(1, 0), (2, 1), (3, 2)])
  func continuesInAPhase(presses: Int, phase: Int) throws {
    var state = try TinyExplorer.open()
    let begun = try stateToTrain(try state.press("t Down*\(presses) Enter"))
    #expect(begun.position == TrainingPosition(phase: phase))
    #expect(begun.weights == TinyExplorer.weights())
    #expect(begun.moments.isEmpty)
    #expect(!state.session.sliderPanel.followsTraining)
    #expect(state.message == "training; latent sliders hold (f: follow)")
  }

  /// The joint recipe; going on from trained weights takes small steps instead of a cycle.
  private func joint(_ architecture: NetworkArchitecture, continues: Bool) -> Recipe {
    var recipe = Recipe.joint(for: architecture)
    if continues { (recipe.schedule, recipe.learningRate) = (.constant, recipe.learningRate / 10) }
    return recipe
  }

  @Test(arguments: [4, 5]) func trainsEverythingAtOnce(presses: Int) throws {
    var state = try TinyExplorer.open()
    let begun = try stateToTrain(try state.press("t Down*\(presses) Enter"))
    #expect(begun.configuration.recipe == joint(TinyExplorer.architecture, continues: presses == 5))
    #expect(begun.position == TrainingPosition())
    #expect(state.session.sliderPanel.followsTraining == (presses == 4))
    let afresh = TrainingState(begun.configuration).weights
    #expect(begun.weights == (presses == 4 ? afresh : TinyExplorer.weights()))
  }

  /// What a model has learnt with comes first, with its own settings, for as long as the recipe says: the
  /// file knows only how many epochs were done.
  @Test func aModelsOwnRecipeComesFirst() throws {
    var model = try TinyExplorer.model()
    var recipe = Recipe.joint(for: model.architecture, epochs: 7)
    recipe.learningRate = 0.25
    model.details.recipe = recipe
    var state = try TinyExplorer.open(model)
    recipe.phases[0].epochs = Recipe.jointEpochs
    #expect(try stateToTrain(try state.press("t Enter")).configuration.recipe == recipe)
    state = try TinyExplorer.open(model)
    try state.press("t")
    #expect(state.screen.contains("▸from scratch, all parts at once: 30 epochs"))
    let begun = try stateToTrain(try state.press("Down*2 Enter"))
    #expect(begun.configuration.recipe == .article())
  }

  /// The article's three phases are not for a staged encoder.
  @Test func aStagedEncoderTrainsAtOnceOnly() throws {
    let architecture = NetworkArchitecture(
      schema: .article, hidden: [16, 8], encoder: .staged, decoder: .warp)
    let model = TypedModel(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: 1).tensors,
      details: ModelDetails())
    var state = try TinyExplorer.open(model)
    try state.press("t")
    #expect(!state.screen.contains("phase"))
    let begun = try stateToTrain(try state.press("Down*9 Enter"))
    #expect(begun.configuration.recipe == joint(architecture, continues: true))
    #expect(begun.weights == model.weights)
  }

  @Test func canStartByTraining() throws {
    var state = try TinyExplorer.open(startsTraining: true)
    #expect(try stateToTrain(state.start()).position == TrainingPosition())
    #expect(state.isTraining)
  }

  @Test func keysControlTheRun() throws {
    var state = try training()
    #expect(try state.press("Space") == [.command(.pause)])
    _ = state.react(TinyExplorer.news(.paused))
    #expect(state.screen.contains("paused"))
    #expect(try state.press("o") == [.command(.step)])
    #expect(try state.press("Space") == [.command(.resume)])
    _ = state.react(TinyExplorer.news(.running))
    #expect(!state.screen.contains("paused"))
    #expect(try state.press("x") == [.command(.stop)])
    _ = state.react(TinyExplorer.news(.stopped))
    #expect(try state.press("x").isEmpty)
  }

  @Test(arguments: ["Space", "o", "x"])
  func withoutARunKeysOfRunsShowAMessage(key: String) throws {
    var state = try TinyExplorer.open()
    #expect(try state.press(key).isEmpty)
    #expect(state.message == "no training run; t starts one")
    // News without a run change nothing.
    let before = state.drawn()
    _ = state.react(TinyExplorer.news(.running, reports: [TinyExplorer.report(1)]))
    #expect(state.drawn() == before)
  }

  @Test func everyLossIsKept() throws {
    var state = try training()
    _ = state.react(
      TinyExplorer.news(
        .running, TrainingPosition(batch: 2), reports: [TinyExplorer.report(0.5), TinyExplorer.report(0.25)]))
    _ = state.react(TinyExplorer.news(.running, TrainingPosition(batch: 2)))
    _ = state.react(
      TinyExplorer.news(
        .running, TrainingPosition(phase: 1, batch: 1),
        reports: [TinyExplorer.report(0.125, heldOut: 0.2), TinyExplorer.report(0.75, phase: 1)]))
    let panel = try #require(state.session.training)
    #expect(panel.curve.losses == [0.5, 0.25, 0.125, 0.75])
    #expect(panel.curve.phaseStarts.map(\.step) == [0, 3])
    #expect(panel.curve.phaseStarts.map(\.phase) == [0, 1])
    #expect(panel.curve.heldOut.map(\.step) == [3])
    #expect(panel.curve.heldOut.map(\.loss) == [0.2])
    #expect(panel.plannedSteps == 650)
    // 19 epochs and 9 of 10 batches are left of phase 2, and 20 epochs of phase 3.
    #expect(panel.secondsLeft == Double(40 * 1280 - 128) / 6400)
    state = try redrawn(state, Size(width: 120, height: 40))
    #expect(state.screen.contains("phase 2/3 teach the decoder · epoch 1/20"))
    #expect(state.screen.contains("loss 0.75"))
    #expect(state.screen.contains("held-out 0.2"))
    #expect(state.screen.contains("6.4k img/s"))
  }

  private func redrawn(_ state: ExplorerState, _ size: Size) throws -> ExplorerState {
    var state = state
    _ = state.react(.resized(size))
    return state
  }

  @Test func aRunThatContinuesPlansItsOwnPhasesOnly() throws {
    var state = try TinyExplorer.open()
    try state.press("t Down*3 Enter")
    _ = state.react(TinyExplorer.news(.running, TrainingPosition(phase: 2)))
    #expect(state.session.training?.plannedSteps == 200)
  }

  @Test(arguments: [
    (TrainingStatus.finished, "training finished; w saves the model, X restores the one before", "finished"),
    (.stopped, "training stopped; t resumes, w saves the model, X restores the one before", "stopped"),
    (
      .failed(.lossNotFinite(TrainingPosition(phase: 1, epoch: 2, batch: 3))),
      "training failed: the loss is no longer a finite number in phase 2, epoch 3, batch 4", "failed"
    ),
  ])
  func theEndOfTheRunIsShown(status: TrainingStatus, message: String, place: String) throws {
    var state = try training()
    _ = state.react(TinyExplorer.news(.running, reports: [TinyExplorer.report(0.5)]))
    _ = state.react(TinyExplorer.news(status, TrainingPosition(phase: 3)))
    #expect(state.message == message)
    #expect(!state.isTraining)
    #expect(state.screen.contains(place))
    // It is told once.
    try state.press("Right")
    _ = state.react(TinyExplorer.news(status, TrainingPosition(phase: 3)))
    #expect(state.message == nil)
    #expect(state.session.training?.curve.losses == [0.5])
  }

  /// Between the last step and the news of the end there is no phase to name.
  @Test func afterTheLastStepNoFourthPhaseIsNamed() throws {
    var state = try training()
    _ = state.react(
      TinyExplorer.news(
        .running, TrainingPosition(phase: 3), reports: [TinyExplorer.report(0.5, phase: 2, epoch: 19)]))
    #expect(!state.screen.contains("phase 4"))
    #expect(state.screen.contains("finished"))
  }

  @Test func newWeightsRedrawPicturesAndMarks() throws {
    var state = try training()
    try state.press("f")
    #expect(!state.session.sliderPanel.followsTraining)
    #expect(state.message == "hold: training moves no slider")
    try state.press("Right*3 Down L")
    let held = state.session.sliders
    let old = state.session.pictures
    let model = try newWeights()
    let inference = try ModelInUse(name: "", model: model).inference
    #expect(try state.react(.weights(model)).isEmpty)
    #expect(state.session.sliders == held)
    #expect(state.session.encoded == inference.encode(old.input ?? []))
    #expect(state.session.pictures.decoded == inference.decode(held))
    #expect(state.session.pictures.decoded != old.decoded)
    #expect(state.session.pictures.input == old.input)
    #expect(state.session.pictures.truth == old.truth)
    #expect(state.session.scales[1].step == model.details.statistics[0].deviation / 10)
    #expect(try state.press("w") == [.save(model)])
  }

  /// Making a network ready takes longer than a frame may wait: it comes ready, and is taken as it is.
  @Test func newWeightsComeWithTheirNetwork() throws {
    var state = try training()
    let before = try #require(state.session.models.beforeTraining)
    let reading = LatentPoint(values: [0], latents: state.session.sliders.latents)
    let picture = before.inference.decode(reading)
    for seed in [9, 10] as [UInt64] {
      let trained = try ModelInUse(name: "trained", model: try newWeights(seed))
      _ = state.react(.weights(trained, nil))
      #expect(state.session.modelInUse.inference === trained.inference)
      #expect(state.session.modelTitle == "being trained")
    }
    #expect(before.inference.decode(reading) == picture)
    try state.press("X y")
    #expect(state.session.modelInUse.inference === before.inference)
  }

  @Test func followingMovesLatentsAndNeverTheAngle() throws {
    var state = try training()
    try state.press("Right*3 Down L")
    #expect(state.session.sliderPanel.followsTraining)
    _ = try state.react(.weights(newWeights()))
    #expect(state.text(0) == "15°")
    #expect(state.session.sliders.latents == state.session.encoded.latents)
    #expect(
      state.session.pictures.decoded == state.session.modelInUse.inference.decode(state.session.sliders))
    try state.press("f Right")
    #expect(state.session.sliders.latents != state.session.encoded.latents)
    // Following again moves them at once.
    try state.press("f")
    #expect(state.session.sliders.latents == state.session.encoded.latents)
    #expect(state.text(0) == "15°")
    #expect(
      state.session.pictures.decoded == state.session.modelInUse.inference.decode(state.session.sliders))
    #expect(state.screen.contains("follow"))
  }

  @Test func weightsOfAnotherNetworkAreIgnored() throws {
    var state = try training()
    let before = state.session.pictures
    let architecture = NetworkArchitecture(schema: .article, hidden: [4])
    let tensors = TypedAutoencoder(architecture, seed: 1).tensors
    _ = try state.react(
      .weights(TypedModel(architecture: architecture, weights: tensors, details: ModelDetails())))
    #expect(state.session.pictures == before)
  }

  @Test func openingAModelEndsTheRun() throws {
    var state = try training()
    _ = state.react(TinyExplorer.news(.running, reports: [TinyExplorer.report(0.5)]))
    let opened = try ModelInUse(name: "opened", model: try TinyExplorer.model(seed: 5))
    #expect(
      state.react(.opened(opened)) == [
        .command(.stop), state.survey(.images(opened.model)),
      ])
    #expect(!state.isTraining)
    #expect(state.message == "model: opened; training stopped")
    // What the run still sends does not replace what was opened.
    let before = state.session.pictures
    _ = try state.react(.weights(newWeights()))
    _ = state.react(TinyExplorer.news(.stopped))
    #expect(state.session.pictures == before)
    #expect(state.session.modelInUse.name == "opened")
  }

  @Test func aRunThatBeginsAfterAModelWasOpenedIsStopped() throws {
    var state = try TinyExplorer.open()
    try state.press("t Enter")
    let opened = try ModelInUse(name: "opened", model: try TinyExplorer.model(seed: 5))
    _ = state.react(.opened(opened))
    #expect(state.react(.trainingStarted) == [.command(.stop)])
  }

  @Test func aFailedStartShowsItsReason() throws {
    var state = try TinyExplorer.open()
    try state.press("t Enter")
    _ = state.react(.trainingImpossible("no images there"))
    #expect(!state.isTraining)
    #expect(state.screen.contains("no images there"))
    #expect(try state.press("Space").isEmpty)
  }

  @Test(arguments: [
    (0.0, "0:00"), (59.6, "1:00"), (3599, "59:59"), (3600, "1 h 00 min"), (36_060, "10 h 01 min"),
    (1e9, "long"), (.infinity, "long"), (.nan, "long"),
  ])
  func clocks(seconds: Double, text: String) {
    #expect(Session.clock(seconds) == text)
  }
}
