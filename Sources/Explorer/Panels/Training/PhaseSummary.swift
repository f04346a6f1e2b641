import Coordinates
import Networks
import Screen

/// The effect of a phase on the shown sample.
struct PhaseSummary: Equatable, Sendable {
  /// The phase, counted from 0.
  var phase: Int
  /// The step of the recipe at which it ended.
  var step: Int
  /// Values before and after, such as `error 0.021 → 0.029`.
  var changes: [String]
  /// Tells whether the input is turned and the encoder was trained on upright images only.
  var isOfUntrainedInput: Bool

  /// The text of the status line.
  var sentence: String {
    "phase \(phase + 1), this sample: " + changes.joined(separator: ", ")
      + (isOfUntrainedInput ? ", trained on upright images only" : "")
  }
  /// The texts of a line that may be short.
  var words: [String] {
    ["phase \(phase + 1)" + (isOfUntrainedInput ? " trained on upright images only" : "")] + changes
  }
}

/// A query for the shown sample at the weights of a phase's start and end.
struct PhaseSummaryQuery: Query {
  /// The two snapshots.
  var frames: SnapshotFrameQuery
  var phase: Int
  /// Tells whether the typed heads are trained at the end.
  var includesAngles: Bool

  /// Before the phase that trains the typed heads, encoders are trained on upright images only.
  private var isOfUntrainedInput: Bool {
    let schema = frames.snapshots.first?.snapshot.configuration.architecture.schema
    guard !includesAngles, let index = schema?.index(of: .rotation) else { return false }
    return frames.inputValues[index] != 0
  }

  static var priority: QueryPriority { .analysis }
  var subject: ShownSubject { frames.subject }

  func answer(_ context: QueryContext, _ networks: inout NetworkCache) throws -> PhaseSummary? {
    var found: [SnapshotFrame] = []
    for snapshot in frames.snapshots {
      context.waitWhileSuspended()
      found.append(frames.frame(snapshot.step, try networks.inference(of: snapshot)))
    }
    guard let before = found.first, let now = found.last else { return nil }
    func error(_ frame: SnapshotFrame) -> String { NumberText.significant(frame.error, digits: 2) }
    var changes = ["error \(error(before)) → \(error(now))"]
    if includesAngles, let old = before.angleError, let new = now.angleError {
      changes.append("angle error \(Session.degrees(old)) → \(Session.degrees(new))")
    }
    return PhaseSummary(
      phase: phase, step: now.step, changes: changes, isOfUntrainedInput: isOfUntrainedInput)
  }
}

extension Session {
  /// The summary of the last ended phase, of the phase in which the run ended, or of the snapshot in use;
  /// nil without an ended phase or a truth. Latents are always the encoder's, so that new weights need no
  /// new request.
  var phaseSummaryQuery: PhaseSummaryQuery? {
    guard let training, let input = pictures.input, let truth = target else { return nil }
    let last = training.restored ?? snapshots.last { $0.kept.endedPhase != nil || training.hasEnded }
    guard let last, let first = training.timeline.beginning(ofPhaseOf: last) else { return nil }
    let frames = SnapshotFrameQuery(
      snapshots: [first.kept, last.kept], input: input, inputValues: inputValues,
      values: sliders.values, offset: Array(repeating: 0, count: schema.freeCount), truth: truth,
      subject: subject)
    return PhaseSummaryQuery(
      frames: frames, phase: last.phase, includesAngles: training.teachesReading(by: last.phase))
  }

  /// The summary of the last ended phase for the shown sample.
  var phaseSummary: PhaseSummary? { training?.summaryRequest.answer ?? nil }

  mutating func sendPhaseSummary(through queries: inout QuerySender) {
    let wanted = phaseSummaryQuery
    training?.summaryRequest.update(wanted: wanted, through: &queries)
  }

  /// Receives a summary and announces it once; later ones only update the values.
  mutating func receivePhaseSummary(_ answer: QueryAnswer) {
    let wanted = phaseSummaryQuery?.subject
    guard let received = training?.summaryRequest.receive(answer, wanted: wanted),
      let summary = received, let training
    else { return }
    // A resumed run does not announce the phases before it again.
    guard summary.step > training.announcedStep ?? -1 else { return }
    self.training?.announcedStep = summary.step
    switch training.status {
    case .finished: message = summary.sentence + "; w writes it"
    case .stopped: message = summary.sentence + "; t resumes"
    // The message of a failure is kept.
    case .failed: break
    case .idle, .running, .paused: message = summary.sentence
    }
  }

  /// The size of an angle as text, with decimals if it is small.
  static func degrees(_ angle: Angle) -> String {
    NumberText.fixed(angle.degrees, decimals: angle.degrees < 9.95 ? 1 : 0) + "°"
  }
}
