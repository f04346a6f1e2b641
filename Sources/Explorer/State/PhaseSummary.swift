import Coordinates
import Networks
import Screen

/// What a phase has done to the sample in sight.
struct PhaseSummary: Equatable {
  /// The phase, counted from 0.
  var phase: Int
  /// The step of the recipe at which it ended.
  var step: Int
  /// What was and what is, such as `error 0.021 → 0.029`.
  var changes: [String]
  /// Whether the input is turned, before any phase has taught the encoder to read such.
  var isOfUntaughtInput: Bool

  /// For the status line.
  var sentence: String {
    "phase \(phase + 1), this sample: " + changes.joined(separator: ", ")
      + (isOfUntaughtInput ? ", trained on upright images only" : "")
  }
  /// For a line that may be short.
  var words: [String] {
    ["phase \(phase + 1)" + (isOfUntaughtInput ? " trained on upright images only" : "")] + changes
  }
}

/// The sample in sight, seen through the weights with which a phase began and those with which it ended.
struct PhaseAnalysis: Equatable {
  /// Two moments.
  var film: SnapshotFrameRequest
  var phase: Int
  /// Whether what is read at the end is more than chance.
  var saysAngles: Bool

  /// Before a phase that teaches to read turned images, encoders have seen upright ones alone.
  private var isOfUntaughtInput: Bool {
    let schema = film.checkpoints.first?.snapshot.configuration.architecture.schema
    guard !saysAngles, let index = schema?.index(of: .rotation) else { return false }
    return film.inputValues[index] != 0
  }

  func lesson(
    _ networks: inout NetworkCache, rest: () -> Void
  ) throws(TensorMismatch) -> PhaseSummary? {
    var frames: [SnapshotFrame] = []
    for checkpoint in film.checkpoints {
      rest()
      frames.append(film.frame(checkpoint.step, try networks.inference(of: checkpoint)))
    }
    guard let before = frames.first, let now = frames.last else { return nil }
    func error(_ frame: SnapshotFrame) -> String { NumberText.significant(frame.error, digits: 2) }
    var changes = ["error \(error(before)) → \(error(now))"]
    if saysAngles, let old = before.angleError, let new = now.angleError {
      changes.append("angle error \(ExplorerState.degrees(old)) → \(ExplorerState.degrees(new))")
    }
    return PhaseSummary(
      phase: phase, step: now.step, changes: changes, isOfUntaughtInput: isOfUntaughtInput)
  }
}

extension ExplorerState {
  /// What the last phase that has ended did, or the one in which the run ended, or up to the moment whose weights
  /// are in use; absent where none has, and where
  /// there is no truth to compare with. Latents are as they are read, so that weights that come ask for nothing.
  var phaseAnalysis: PhaseAnalysis? {
    guard let training, let input = pictures.input, let truth = target else { return nil }
    let last = training.restored ?? snapshots.last { $0.checkpoint.endedPhase != nil || training.hasEnded }
    guard let last, let first = training.timeline.beginning(ofPhaseOf: last) else { return nil }
    let film = SnapshotFrameRequest(
      checkpoints: [first.checkpoint, last.checkpoint], input: input, inputValues: inputValues,
      values: sliders.values, offset: Array(repeating: 0, count: schema.freeCount), truth: truth)
    return PhaseAnalysis(
      film: film, phase: last.phase, saysAngles: training.teachesReading(by: last.phase))
  }

  /// Takes what a phase did, and says it once; afterwards it is only kept up to date.
  mutating func take(_ lesson: PhaseSummary) {
    guard let training else { return }
    self.training?.lesson = lesson
    // Once a run that was stopped goes on, the last phase that has ended is one that was told before.
    guard lesson.step > training.announcedStep ?? -1 else { return }
    self.training?.announcedStep = lesson.step
    switch training.status {
    case .finished: message = lesson.sentence + "; w writes it"
    case .stopped: message = lesson.sentence + "; t resumes"
    // What has gone wrong matters more.
    case .failed: break
    case .idle, .running, .paused: message = lesson.sentence
    }
  }

  /// An angle's size for people: with decimals where it is small.
  static func degrees(_ angle: Angle) -> String {
    NumberText.fixed(angle.degrees, decimals: angle.degrees < 9.95 ? 1 : 0) + "°"
  }
}
