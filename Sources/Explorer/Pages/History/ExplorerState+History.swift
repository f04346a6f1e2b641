import Networks
import Screen
import Training

/// Navigation through the snapshots of a run.
extension ExplorerState {
  private var timeline: SnapshotTimeline { training?.timeline ?? SnapshotTimeline() }

  /// The snapshots in order.
  var snapshots: [SnapshotTimeline.Snapshot] { timeline.snapshots }

  /// The index of the chosen snapshot.
  var snapshotIndex: Int? {
    guard let step = time.step else { return snapshots.indices.last }
    return timeline.index(ofStep: step)
  }

  /// The frame of the sample at a step; nil until it has been drawn.
  func frame(ofStep step: Int) -> SnapshotFrame? { time.frames.first { $0.step == step } }

  /// Performs an action of the history page; returns nil for other actions.
  mutating func performOnHistory(_ action: Action?) -> [ExplorerEffect]? {
    switch action {
    case .previousSnapshot: stepSnapshot(by: -1)
    case .nextSnapshot: stepSnapshot(by: 1)
    case .firstSnapshot: choose(snapshot: 0)
    case .lastSnapshot: choose(snapshot: snapshots.count - 1)
    case .useSnapshot: return useSnapshot()
    default: return nil
    }
    return []
  }

  private mutating func stepSnapshot(by offset: Int) {
    guard let index = snapshotIndex else { return }
    choose(snapshot: min(max(index + offset, 0), snapshots.count - 1))
  }

  /// Choosing the last snapshot follows the newest one.
  mutating func choose(snapshot index: Int) {
    guard snapshots.indices.contains(index) else { return }
    time.step = index == snapshots.count - 1 ? nil : snapshots[index].step
  }

  /// Puts the weights of the chosen snapshot into use.
  private mutating func useSnapshot() -> [ExplorerEffect] {
    guard let index = snapshotIndex else { return [] }
    guard !isTraining else {
      message = "training is running: x stops it, then Enter uses these weights"
      return []
    }
    return replaceWeights(.useSnapshot(step: snapshots[index].step))
  }

  /// Requests the weights of the snapshot at a step.
  mutating func requestSnapshot(ofStep step: Int) -> [ExplorerEffect] {
    guard let snapshot = snapshots.first(where: { $0.step == step }), !isTraining else { return [] }
    time.requested = snapshot
    return [.recall(snapshot.kept.snapshot)]
  }

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

  // MARK: Background requests

  /// Requests the missing data of the page: pictures by all snapshots' weights, and the figures of one
  /// snapshot.
  mutating func requestHistory() -> [ExplorerEffect] {
    if time.shown != subject { (time.frames, time.shown) = ([], nil) }
    guard focus == .time, !snapshots.isEmpty else { return [] }
    return requestFrames() + requestEvaluation()
  }

  private mutating func requestFrames() -> [ExplorerEffect] {
    // While an inference is pending, the pictures do not match the sliders.
    guard time.awaitedFrames == nil, !pendingInference.isPending, let input = pictures.input,
      let truth = target
    else {
      return []
    }
    let key = SnapshotFrameKey(
      subject: subject, steps: snapshots.map(\.step), input: input, values: sliders.values,
      offset: latentOffset)
    guard key != time.key else { return [] }
    time.key = key
    time.requestCount += 1
    time.awaitedFrames = time.requestCount
    let order = SnapshotFrameRequest(
      snapshots: snapshots.map(\.kept), input: input, inputValues: inputValues,
      values: sliders.values, offset: latentOffset, truth: truth)
    return [.film(order, number: time.requestCount)]
  }

  private mutating func requestEvaluation() -> [ExplorerEffect] {
    guard time.awaitedEvaluation == nil, let snapshot = nextUnmeasured else { return [] }
    time.requestCount += 1
    time.awaitedEvaluation = time.requestCount
    return [.measure(snapshot.kept, number: time.requestCount)]
  }

  /// The chosen snapshot, then the ends of phases, then the others.
  private var nextUnmeasured: SnapshotTimeline.Snapshot? {
    let unmeasured = snapshots.filter { $0.figures == nil }
    return snapshotIndex.map { snapshots[$0] }.flatMap { $0.figures == nil ? $0 : nil }
      ?? unmeasured.first { $0.kept.endedPhase != nil } ?? unmeasured.first
  }

  mutating func receive(_ frames: [SnapshotFrame], number: Int) {
    guard number == time.awaitedFrames else { return }
    time.awaitedFrames = nil
    // Frames of another sample are discarded.
    guard time.key?.subject == subject else { return }
    (time.frames, time.shown) = (frames, subject)
  }

  mutating func receive(_ figures: QuickEvaluation, ofStep step: Int, number: Int) {
    guard number == time.awaitedEvaluation else { return }
    time.awaitedEvaluation = nil
    training?.timeline.record(figures, ofStep: step)
  }

  // MARK: Mouse

  mutating func pressHistory(_ event: MouseEvent, in region: Rectangle) {
    let layout = HistoryLayout(region)
    if layout.scrubber.columns.contains(event.column), layout.scrubber.rows.contains(event.row) {
      dragTarget = .time
      scrub(to: event.column, in: layout)
      return
    }
    for (place, index) in shownSnapshots(in: layout) {
      guard place.columns.contains(event.column), place.rows.contains(event.row) else { continue }
      return choose(snapshot: index)
    }
  }

  mutating func dragHistory(_ event: MouseEvent) {
    guard let region = region(ofPage: .time) else { return }
    scrub(to: event.column, in: HistoryLayout(region))
  }

  /// Chooses the snapshot whose mark is nearest to a column.
  private mutating func scrub(to column: Int, in layout: HistoryLayout) {
    let nearest = snapshots.indices.min {
      abs(snapshotColumn($0, in: layout.scrubber) - column)
        < abs(snapshotColumn($1, in: layout.scrubber) - column)
    }
    if let nearest { choose(snapshot: nearest) }
  }

  /// The column of a snapshot's mark on the scrubber.
  func snapshotColumn(_ index: Int, in scrubber: Rectangle) -> Int {
    column(ofStep: snapshots[index].step, in: scrubber)
  }

  /// The steps of the whole run, from the first snapshot on.
  private var stepRange: Range<Int> {
    let first = snapshots.first?.step ?? 0
    let planned = training?.plannedSteps ?? 0
    return first..<max(first + planned, (snapshots.last?.step ?? 0), first + 1)
  }

  func column(ofStep step: Int, in scrubber: Rectangle) -> Int {
    let range = stepRange
    let fraction = Double(step - range.lowerBound) / Double(range.count)
    return scrubber.column + Int((min(1, max(0, fraction)) * Double(max(0, scrubber.width - 1))).rounded())
  }

  /// The snapshots around the chosen one whose pictures fit, with their regions.
  func shownSnapshots(in layout: HistoryLayout) -> [(place: Rectangle, index: Int)] {
    let room = min(layout.frameCount, snapshots.count)
    let first = max(0, min((snapshotIndex ?? 0) - room / 2, snapshots.count - room))
    return (0..<room).map { (place: layout.frame($0), index: first + $0) }
  }
}
