import Coordinates
import Networks
import Screen
import Testing

@testable import Explorer
@testable import Training

/// What a phase has done to the sample in sight, and weights that nobody has saved.
@Suite struct PhaseLessonTests {
  /// A run that goes on in phase 2, and has learnt something.
  private func training() throws -> ExplorerState {
    var state = try TinyExplorer.open()
    try state.press("Right*3 t Down*2 Enter")
    _ = state.react(.trainingStarted)
    _ = state.react(TinyExplorer.news(.running, TrainingPosition(phase: 1)))
    return state
  }

  private func off(_ state: ExplorerState) throws -> String {
    let angle = try #require(state.angleError).degrees
    return NumberText.fixed(angle, decimals: angle < 9.95 ? 1 : 0) + "°"
  }

  @Test func aPhaseThatEndsSaysWhatItDid() throws {
    var state = try training()
    let before = (error: try #require(state.readouts.squaredError), off: try off(state))
    _ = try state.react(.weights(TinyExplorer.model(seed: 9)))
    let after = (error: try #require(state.readouts.squaredError), off: try off(state))
    #expect(before.error != after.error && before.off != after.off)
    _ = state.react(TinyExplorer.news(.running, TrainingPosition(phase: 2)))
    let errors =
      "\(NumberText.significant(before.error, digits: 2)) → \(NumberText.significant(after.error, digits: 2))"
    let text = "phase 2, this sample: error \(errors), off \(before.off) → \(after.off)"
    #expect(state.message == text)
    #expect(state.training?.lesson?.sentence == text)
    #expect(ScreenText.plain(state.drawn(Size(width: 160, height: 50))).contains("phase 2 · error \(errors)"))
    #expect(state.training?.mark?.phase == 2)
  }

  @Test(arguments: ["n", "Right", "]"]) func anotherViewOfASampleCannotBeCompared(key: String) throws {
    var state = try training()
    try state.press(key)
    _ = state.react(TinyExplorer.news(.running, TrainingPosition(phase: 2)))
    #expect(state.message == "phase 3: teach the encoder")
    #expect(state.training?.lesson == nil)
  }

  /// Weights that were drawn at random have nothing to do with the model that was in sight.
  @Test func theFirstPhaseOfAFreshRunHasNothingToCompareWith() throws {
    var state = try TinyExplorer.open()
    try state.press("t Enter")
    _ = state.react(TinyExplorer.news(.running, TrainingPosition(phase: 1)))
    #expect(state.message == "phase 2: teach the decoder")
  }

  @Test func theLastPhaseSpeaksWithTheLastWeights() throws {
    var state = try training()
    _ = state.react(TinyExplorer.news(.finished, TrainingPosition(phase: 3)))
    #expect(state.message == "training has finished; w writes the model to a file, X goes back")
    _ = try state.react(.weights(TinyExplorer.model(seed: 9)))
    #expect(state.message?.hasPrefix("phase 2, this sample: error ") == true)
    #expect(state.message?.hasSuffix("; w writes the model to a file") == true)
  }

  @Test func anotherModelOrRunIsNotTakenOverUnsavedWeightsUnsaid() throws {
    var state = try training()
    _ = try state.react(.weights(TinyExplorer.model(seed: 9)))
    #expect(try state.press("m").isEmpty)
    #expect(state.message == "the trained weights are in no file: w writes them, m again opens another")
    #expect(state.overlay == nil)
    #expect(try state.press("m") == [.list(.models)])
    try state.press("Escape")
    _ = state.react(TinyExplorer.news(.finished, TrainingPosition(phase: 3)))
    try state.press("t")
    #expect(
      state.message == "the trained weights are in no file: w writes them before others take their place")
    #expect(state.overlay == .training(selected: 0))
  }

  @Test func weightsInNoFileAreLostOnlyWhenAskedTwice() throws {
    var state = try training()
    #expect(try state.press("q") == [.quit])
    let model = try TinyExplorer.model(seed: 9)
    _ = try state.react(.weights(model))
    #expect(try state.press("q").isEmpty)
    #expect(state.message == "the trained weights are in no file: w writes them, q again quits")
    #expect(try state.press("Right q").isEmpty)
    #expect(try state.press("q") == [.quit])
    // What has been written is safe, and has a name.
    try state.press("Right w")
    _ = state.react(.saved(path: "/models/one.safetensors", model))
    #expect(state.message == "wrote /models/one.safetensors")
    #expect(state.stateText.model == "/models/one.safetensors")
    #expect(try state.press("q") == [.quit])
  }

  @Test func weightsThatCameSinceAreNotThoseWritten() throws {
    var state = try training()
    let model = try TinyExplorer.model(seed: 9)
    _ = try state.react(.weights(TinyExplorer.model(seed: 7)))
    _ = state.react(.saved(path: "/models/one.safetensors", model))
    #expect(state.stateText.model == nil)
  }

  @Test func aMessageGoes() throws {
    var state = try TinyExplorer.open()
    try state.press("u")
    #expect(state.screen.contains("nothing to take back"))
    _ = state.react(.messageExpired)
    #expect(!state.screen.contains("nothing to take back"))
    #expect(state.screen.contains("SSIM"))
  }
}
