import Networks
import Screen
import Training

extension PageID {
  static let history = PageID("time")
}

/// The snapshots of a run.
struct HistoryPage: Page {
  static let id = PageID.history
  static let title = "history"
  static let footerKeys = ["h l", "n p", "t"]
  static let figure = FigureKind.strip

  static let bindings = [
    KeyBinding(
      "T", "history", "history: snapshots of a run's weights, from its start to now; T or Esc closes it",
      synonyms: "time travel checkpoint timeline",
      [(.character("T"), .show(id), "history: snapshots of a run's weights")]),
    KeyBinding(
      "← →", "snapshot", "history: earlier or later snapshot; Home and End: the first, the last",
      in: .page(id),
      [
        (.left, action(.previous), "earlier snapshot"), (.right, action(.next), "later snapshot"),
        (.home, action(.first), "first snapshot"), (.end, action(.last), "newest snapshot"),
      ]),
    KeyBinding(
      "Enter", "use", "history: use the snapshot's weights", in: .page(id),
      [(.enter, action(.use), "use the snapshot's weights")]),
    KeyBinding("Esc", "back", "close the history", in: .page(id), [(.escape, .closePage, nil)]),
  ]

  enum Operation: String {
    case previous, next, first, last, use
  }

  /// The step of the chosen snapshot; nil for the newest.
  private(set) var step: Int?
  private(set) var frameRequest = Request<SnapshotFrameQuery>()
  private(set) var evaluationRequest = Request<SnapshotEvaluationQuery>()
  /// The run that the state belongs to.
  private var run = 0
  /// Tells whether a drag on the scrubber goes on.
  private var isScrubbing = false

  /// The sample as decoded by the weights of the snapshots.
  var frames: [SnapshotFrame] { frameRequest.answer ?? [] }

  /// The index of the chosen snapshot.
  func index(_ session: Session) -> Int? {
    guard let step else { return session.snapshots.indices.last }
    return session.training?.timeline.index(ofStep: step)
  }

  /// The frame of the sample at a step; nil until it is known.
  func frame(ofStep step: Int) -> SnapshotFrame? { frames.first { $0.step == step } }

  mutating func sessionDidChange(_ session: Session) {
    guard run != session.training?.run ?? 0 else { return }
    run = session.training?.run ?? 0
    (step, isScrubbing) = (nil, false)
    frameRequest = Request()
    evaluationRequest = Request()
  }

  mutating func perform(_ operation: Operation, _ session: Session) -> [Change] {
    let snapshots = session.snapshots
    guard let index = index(session) else { return [] }
    switch operation {
    case .previous: choose(max(index - 1, 0), snapshots)
    case .next: choose(min(index + 1, snapshots.count - 1), snapshots)
    case .first: choose(0, snapshots)
    case .last: choose(snapshots.count - 1, snapshots)
    case .use:
      guard !session.isTraining else {
        return [.message("training is running: x stops it, then Enter uses these weights")]
      }
      return [.replaceWeights(.useSnapshot(step: snapshots[index].step))]
    }
    return []
  }

  /// Chooses a snapshot; choosing the last one follows the newest.
  private mutating func choose(_ index: Int, _ snapshots: [SnapshotTimeline.Snapshot]) {
    step = index == snapshots.count - 1 ? nil : snapshots[index].step
  }

  // MARK: Queries

  mutating func sendQueries(
    in region: Rectangle?, _ session: Session, through queries: inout QuerySender
  ) {
    frameRequest.hide(unlessOf: session.subject)
    // Frames remain for the next time that the page is shown.
    guard region != nil, !session.snapshots.isEmpty else { return }
    if let query = frameQuery(session) { frameRequest.update(wanted: query, through: &queries) }
    evaluationRequest.replace(
      by: nextUnmeasured(session).map { SnapshotEvaluationQuery(snapshot: $0.kept) },
      through: &queries)
  }

  private func frameQuery(_ session: Session) -> SnapshotFrameQuery? {
    guard let input = session.pictures.input, let truth = session.target else { return nil }
    return SnapshotFrameQuery(
      snapshots: session.snapshots.map(\.kept), input: input, inputValues: session.inputValues,
      values: session.sliders.values, offset: session.latentOffset, truth: truth, subject: session.subject)
  }

  /// The snapshot to measure: the awaited one, the chosen one, then the ends of phases, then the others.
  private func nextUnmeasured(_ session: Session) -> SnapshotTimeline.Snapshot? {
    let unmeasured = session.snapshots.filter { $0.figures == nil }
    if let awaited = evaluationRequest.awaited,
      let snapshot = unmeasured.first(where: { $0.step == awaited.snapshot.step })
    {
      return snapshot
    }
    let chosen = index(session).map { session.snapshots[$0].step }
    return unmeasured.first { $0.step == chosen }
      ?? unmeasured.first { $0.kept.endedPhase != nil } ?? unmeasured.first
  }

  mutating func receive(_ answer: QueryAnswer, _ session: Session) -> [Change] {
    _ = frameRequest.receive(answer, wanted: session.subject)
    let step = evaluationRequest.awaited?.snapshot.step
    guard let figures = evaluationRequest.receive(answer), let step else { return [] }
    return [.change { $0.training?.timeline.record(figures, ofStep: step) }]
  }

  // MARK: Mouse

  mutating func press(_ event: MouseEvent, in region: Rectangle, _ session: Session) -> [Change] {
    let layout = HistoryLayout(region, session.imageShape)
    isScrubbing = layout.scrubber.contains(event)
    if isScrubbing {
      scrub(to: event.column, in: layout, session)
    } else if let (_, index) = shownSnapshots(in: layout, session).first(where: { $0.place.contains(event) })
    {
      choose(index, session.snapshots)
    }
    return []
  }

  mutating func drag(_ event: MouseEvent, in region: Rectangle, _ session: Session) -> [Change] {
    if isScrubbing { scrub(to: event.column, in: HistoryLayout(region, session.imageShape), session) }
    return []
  }

  mutating func release() { isScrubbing = false }

  func sliderLine(in region: Rectangle, _ session: Session) -> Rectangle? {
    index(session).map { _ in HistoryLayout(region, session.imageShape).slider }
  }

  /// Chooses the snapshot whose mark is nearest to a column.
  private mutating func scrub(to column: Int, in layout: HistoryLayout, _ session: Session) {
    let snapshots = session.snapshots
    let distances = snapshots.map { abs(session.column(ofStep: $0.step, in: layout.scrubber) - column) }
    if let nearest = snapshots.indices.min(by: { distances[$0] < distances[$1] }) {
      choose(nearest, snapshots)
    }
  }

  /// The snapshots around the chosen one whose pictures fit, with their regions.
  func shownSnapshots(in layout: HistoryLayout, _ session: Session) -> [(place: Rectangle, index: Int)] {
    let count = session.snapshots.count
    let room = min(layout.frameCount, count)
    let first = max(0, min((index(session) ?? 0) - room / 2, count - room))
    return (0..<room).map { (place: layout.frame($0), index: first + $0) }
  }
}

/// Names and positions of snapshots.
extension Session {
  /// The snapshots in order.
  var snapshots: [SnapshotTimeline.Snapshot] { training?.timeline.snapshots ?? [] }

  /// The position of a snapshot: `the start`, `phase 2, epoch 3`, `the end of phase 1`.
  func snapshotName(_ snapshot: SnapshotTimeline.Snapshot) -> String {
    let position = snapshot.kept.snapshot.position
    if let phase = snapshot.kept.endedPhase { return "the end of phase \(phase + 1)" }
    if position.epoch == 0, position.batch == 0 { return "the start of phase \(position.phase + 1)" }
    return "phase \(position.phase + 1), epoch \(position.epoch + 1)"
  }

  /// The position in short form: `start`, `2 ep 3`, `end of 1`.
  func snapshotMark(_ snapshot: SnapshotTimeline.Snapshot) -> String {
    let position = snapshot.kept.snapshot.position
    if let phase = snapshot.kept.endedPhase { return "end of \(phase + 1)" }
    if position.epoch == 0, position.batch == 0 { return "start" }
    return "\(position.phase + 1) ep \(position.epoch + 1)"
  }

  /// The steps of the whole run, from the first snapshot on.
  private var stepRange: Range<Int> {
    let first = snapshots.first?.step ?? 0
    let planned = training?.plannedSteps ?? 0
    return first..<max(first + planned, (snapshots.last?.step ?? 0), first + 1)
  }

  /// The column of a step on the scrubber.
  func column(ofStep step: Int, in scrubber: Rectangle) -> Int {
    let range = stepRange
    let fraction = Double(step - range.lowerBound) / Double(range.count)
    return scrubber.column + Int((min(1, max(0, fraction)) * Double(max(0, scrubber.width - 1))).rounded())
  }
}
