import Coordinates
import Foundation
import Networks
import Screen
import Testing

@testable import Explorer
@testable import Training

/// Summaries of phases for the shown sample, and unsaved weights.
@Suite struct PhaseSummaryTests {
  /// A run that goes on in phase 2, and has learnt something.
  private func training() throws -> ExplorerState {
    var state = try TinyExplorer.open()
    try state.press("Right*3 t Down*2 Enter")
    _ = state.react(.trainingStarted)
    _ = state.react(TinyExplorer.news(.running, TrainingPosition(phase: 1)))
    return state
  }

  private typealias Times = HistorySessionTests

  /// A run from its start to the end of phase 2, with what is in sight before.
  private func twoPhases(_ keys: String = "") throws -> ExplorerState {
    var state = try TinyExplorer.open()
    try state.press("Right*3 t Enter " + keys)
    _ = state.react(.trainingStarted)
    _ = state.react(Times.news(Array(Times.snapshots.prefix(3))))
    return state
  }

  /// The summary of a phase for the shown sample, from the weights of its first and last step.
  private func sentence(
    _ phase: Int, _ steps: (Int, Int), _ state: ExplorerState
  ) throws -> String {
    func view(_ step: Int) throws -> (error: String, off: String) {
      let network = Inference(
        try TypedAutoencoder(TinyExplorer.architecture, tensors: Times.makeSnapshot(step).snapshot.weights))
      let reading = network.encode(try #require(state.session.pictures.input))
      let pixels = network.decode(LatentPoint(values: state.session.sliders.values, latents: reading.latents))
      let truth = try #require(state.session.pictures.truth)
      let error = zip(pixels, truth).reduce(0) { $0 + pow(Double($1.0 - $1.1), 2) } / Double(truth.count)
      let off = abs(
        Angle(radians: reading.values[0]).difference(from: Angle(radians: state.session.inputValues[0]))
          .degrees)
      return (
        NumberText.significant(error, digits: 2), NumberText.fixed(off, decimals: off < 9.95 ? 1 : 0) + "°"
      )
    }
    let (before, after) = (try view(steps.0), try view(steps.1))
    #expect(before.error != after.error && before.off != after.off)
    // Only the third phase teaches the heads to read.
    return "phase \(phase), this sample: error \(before.error) → \(after.error)"
      + (phase < 3 ? "" : ", angle error \(before.off) → \(after.off)")
      + (phase < 3 && state.session.inputValues[0] != 0 ? ", trained on upright images only" : "")
  }

  @Test func theEndOfAPhaseIsSummarised() throws {
    var state = try twoPhases()
    #expect(try state.message == sentence(1, (0, 250), state))
    _ = state.react(Times.news(Array(Times.snapshots[3...4])))
    let text = try sentence(2, (250, 450), state)
    #expect(state.message == text)
    #expect(state.session.phaseSummary?.sentence == text)
    #expect(ScreenText.plain(state.drawn(Size(width: 80, height: 24))).contains("phase 2 · error"))
    let line = text.replacing("phase 2, this sample: ", with: "phase 2 · ")
    #expect(ScreenText.plain(state.drawn(Size(width: 160, height: 50))).contains(line))
  }

  /// Whoever looks at something else meanwhile is told of that; the line is said once and then kept up to date.
  @Test(arguments: ["n", "Right", "]*4"]) func anotherViewIsComparedWithItself(key: String) throws {
    var state = try twoPhases()
    try state.press(key)
    _ = state.react(Times.news(Array(Times.snapshots[3...4])))
    let text = try sentence(2, (250, 450), state)
    #expect(state.message == text)
    try state.press("[*2")
    #expect(state.message == nil)
    let turned = try sentence(2, (250, 450), state)
    #expect(turned != text)
    #expect(state.session.phaseSummary?.sentence == turned)
    let isTurned = state.session.inputValues[0] != 0
    #expect(turned.contains("trained on upright images only") == isTurned)
    #expect(state.session.phaseSummary?.words[0].hasSuffix("on upright images only") == isTurned)
    // Of another sample there is nothing to say until it has been looked at.
    _ = state.update(.key(.character("n")))
    #expect(state.session.phaseSummary == nil)
  }

  /// The two moments stay what they are: another look at them would only cost training time.
  @Test(arguments: ["", "f"]) func newWeightsRequestNothing(keys: String) throws {
    var state = try twoPhases(keys)
    let summary = try #require(state.session.phaseSummary)
    let effects = try state.update(.weights(TinyExplorer.model(seed: 9)))
    #expect(effects.count == 1)
    #expect(effects.queries(ReadoutQuery.self).count == 1)
    #expect(state.session.phaseSummary == summary)
  }

  @Test func theLastPhaseIsSummarisedWithTheLastWeights() throws {
    var state = try twoPhases()
    _ = state.react(Times.news(Array(Times.snapshots[3...])))
    _ = state.react(Times.news([Times.makeSnapshot(650, ended: 2)], .finished))
    #expect(try state.message == sentence(3, (450, 650), state) + "; w writes it")
  }

  /// A run that is stopped within a phase says what that has done so far.
  @Test func aStoppedRunIsSummarisedWithItsLastWeights() throws {
    var state = try twoPhases()
    var stop = TrainingUpdate()
    stop.status = .stopped
    stop.weightSnapshots = [Times.makeSnapshot(350)]
    stop.position = stop.weightSnapshots[0].snapshot.position
    stop.stoppedState = TrainingState(Times.configuration)
    stop.stoppedState?.position = stop.position
    _ = state.react(.training(stop))
    #expect(try state.message == sentence(2, (250, 350), state) + "; t resumes")
    // When it goes on, nothing is told twice.
    try state.press("t Enter")
    #expect(state.message?.hasPrefix("training") == true)
    #expect(try state.session.phaseSummary?.sentence == sentence(1, (0, 250), state))
    _ = state.react(Times.news([Times.makeSnapshot(450, ended: 1)]))
    #expect(try state.message == sentence(2, (250, 450), state))
  }

  /// The reason of a failure replaces the summary of a phase.
  @Test func aFailedRunShowsItsReason() throws {
    var state = try twoPhases()
    let error = TrainingError.lossNotFinite(TrainingPosition(phase: 1))
    _ = state.react(Times.news([], .failed(error)))
    #expect(state.message == "training failed: \(error)")
  }

  /// Another sample may be looked at before the answer is there.
  @Test func aSummaryOfAnotherSampleIsIgnored() throws {
    var state = try twoPhases()
    let effects = state.update(Times.news(Array(Times.snapshots[3...4])))
    let others = state.update(.key(.character("n")))
    #expect(state.session.phaseSummary == nil)
    _ = state.settle(effects)
    _ = state.settle(others)
    #expect(try state.session.phaseSummary?.sentence == sentence(2, (250, 450), state))
    #expect(try state.message == sentence(2, (250, 450), state))
  }

  /// Without the snapshot at its start, a phase has no summary.
  @Test func phasesWithoutAFirstSnapshotHaveNoSummary() throws {
    var state = try training()
    _ = state.react(Times.news([Times.makeSnapshot(0), Times.makeSnapshot(450, ended: 1)]))
    #expect(state.session.snapshots.count == 2 && state.session.phaseSummaryQuery == nil)
  }

  @Test func withoutSnapshotsThePhaseIsOnlyNamed() throws {
    var state = try training()
    _ = state.react(TinyExplorer.news(.running, TrainingPosition(phase: 2)))
    #expect(state.message == "phase 3: teach the encoder")
    #expect(state.session.phaseSummary == nil)
    _ = state.react(TinyExplorer.news(.finished, TrainingPosition(phase: 3)))
    #expect(state.message == "training finished; w saves the model, X restores the one before")
  }

  @Test func unsavedWeightsAreDiscardedOnlyAfterConfirmation() throws {
    var state = try training()
    #expect(try state.press("q") == [.quit])
    let model = try TinyExplorer.model(seed: 9)
    _ = try state.react(.weights(model))
    #expect(try state.press("q").isEmpty)
    #expect(state.message == "the trained weights are not saved: w saves them, q again quits")
    #expect(try state.press("Right q").isEmpty)
    #expect(try state.press("q") == [.quit])
    // What has been written is safe, and has a name.
    try state.press("Right w")
    _ = state.react(.saved(path: "/models/one.safetensors", model))
    #expect(state.message == "wrote /models/one.safetensors")
    #expect(state.stateText.model == "/models/one.safetensors")
    _ = state.react(.saved(path: "/models/one.safetensors", model, isNew: false))
    #expect(state.message == "these weights are already in /models/one.safetensors")
    #expect(try state.press("q") == [.quit])
  }

  @Test func newerWeightsAreNotTheWrittenOnes() throws {
    var state = try training()
    let model = try TinyExplorer.model(seed: 9)
    _ = try state.react(.weights(TinyExplorer.model(seed: 7)))
    _ = state.react(.saved(path: "/models/one.safetensors", model))
    #expect(state.stateText.model == nil)
  }

  @Test func theMessageIsDismissed() throws {
    var state = try TinyExplorer.open()
    try state.press("u")
    #expect(state.screen.contains("nothing to undo"))
    _ = state.react(.messageExpired)
    #expect(!state.screen.contains("nothing to undo"))
    #expect(state.screen.contains("SSIM"))
  }
}
