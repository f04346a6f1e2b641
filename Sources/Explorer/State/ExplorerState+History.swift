import Networks
import Screen
import Training

/// Leafing through the weights of a run's moments.
extension ExplorerState {
  private var timeline: SnapshotTimeline { training?.timeline ?? SnapshotTimeline() }

  /// The moments in order.
  var snapshots: [SnapshotTimeline.Moment] { timeline.snapshots }

  /// The place of the chosen moment.
  var snapshotIndex: Int? {
    guard let step = time.step else { return snapshots.indices.last }
    return timeline.index(ofStep: step)
  }

  /// What the sample looks like at a moment; absent until it has been drawn.
  func frame(ofStep step: Int) -> SnapshotFrame? { time.frames.first { $0.step == step } }

  /// What is done on the page of times; nil for what is not.
  mutating func performOnHistory(_ action: Action?) -> [ExplorerEffect]? {
    switch action {
    case .previousSnapshot: leaf(by: -1)
    case .nextSnapshot: leaf(by: 1)
    case .firstSnapshot: choose(snapshot: 0)
    case .lastSnapshot: choose(snapshot: snapshots.count - 1)
    case .useSnapshot: return useSnapshot()
    default: return nil
    }
    return []
  }

  private mutating func leaf(by offset: Int) {
    guard let index = snapshotIndex else { return }
    choose(snapshot: min(max(index + offset, 0), snapshots.count - 1))
  }

  /// The last moment is the newest, whatever comes.
  mutating func choose(snapshot index: Int) {
    guard snapshots.indices.contains(index) else { return }
    time.step = index == snapshots.count - 1 ? nil : snapshots[index].step
  }

  /// Makes the weights of the chosen moment those in use.
  private mutating func useSnapshot() -> [ExplorerEffect] {
    guard let index = snapshotIndex else { return [] }
    guard !isTraining else {
      message = "training is running: x stops it, then Enter uses these weights"
      return []
    }
    return replaceWeights(.useMoment(step: snapshots[index].step))
  }

  /// Asks for the weights of the moment at a step.
  mutating func requestMoment(ofStep step: Int) -> [ExplorerEffect] {
    guard let snapshot = snapshots.first(where: { $0.step == step }), !isTraining else { return [] }
    time.requested = snapshot
    return [.recall(snapshot.checkpoint.snapshot)]
  }

  /// Where a moment lies: `the start`, `phase 2, epoch 3`, `the end of phase 1`.
  func snapshotName(_ snapshot: SnapshotTimeline.Moment) -> String {
    let position = snapshot.checkpoint.snapshot.position
    if let phase = snapshot.checkpoint.endedPhase { return "the end of phase \(phase + 1)" }
    if position.epoch == 0, position.batch == 0 { return "the start of phase \(position.phase + 1)" }
    return "phase \(position.phase + 1), epoch \(position.epoch + 1)"
  }

  /// The same in a few letters: `start`, `2 ep 3`, `end of 1`.
  func snapshotMark(_ snapshot: SnapshotTimeline.Moment) -> String {
    let position = snapshot.checkpoint.snapshot.position
    if let phase = snapshot.checkpoint.endedPhase { return "end of \(phase + 1)" }
    if position.epoch == 0, position.batch == 0 { return "start" }
    return "\(position.phase + 1) ep \(position.epoch + 1)"
  }

  // MARK: What is asked of other threads

  /// Asks for what the page lacks: pictures by all moments' weights, and the figures of one moment.
  mutating func requestHistory() -> [ExplorerEffect] {
    if time.shown != subject { (time.frames, time.shown) = ([], nil) }
    guard focus == .time, !snapshots.isEmpty else { return [] }
    return requestFrames() + requestEvaluation()
  }

  private mutating func requestFrames() -> [ExplorerEffect] {
    // Pictures that are about to change are not of what the sliders say.
    guard time.awaitedFrames == nil, !due.isOpen, let input = pictures.input, let truth = target else {
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
      checkpoints: snapshots.map(\.checkpoint), input: input, inputValues: inputValues,
      values: sliders.values, offset: latentOffset, truth: truth)
    return [.film(order, number: time.requestCount)]
  }

  private mutating func requestEvaluation() -> [ExplorerEffect] {
    guard time.awaitedEvaluation == nil, let snapshot = nextUnmeasured else { return [] }
    time.requestCount += 1
    time.awaitedEvaluation = time.requestCount
    return [.measure(snapshot.checkpoint, number: time.requestCount)]
  }

  /// The chosen moment, then where phases end, then the others.
  private var nextUnmeasured: SnapshotTimeline.Moment? {
    let unmeasured = snapshots.filter { $0.figures == nil }
    return snapshotIndex.map { snapshots[$0] }.flatMap { $0.figures == nil ? $0 : nil }
      ?? unmeasured.first { $0.checkpoint.endedPhase != nil } ?? unmeasured.first
  }

  mutating func take(_ frames: [SnapshotFrame], number: Int) {
    guard number == time.awaitedFrames else { return }
    time.awaitedFrames = nil
    // Of another sample they would be wrong pictures.
    guard time.key?.subject == subject else { return }
    (time.frames, time.shown) = (frames, subject)
  }

  mutating func take(_ figures: QuickEvaluation, ofStep step: Int, number: Int) {
    guard number == time.awaitedEvaluation else { return }
    time.awaitedEvaluation = nil
    training?.timeline.take(figures, ofStep: step)
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

  /// Chooses the moment whose mark is nearest to a column.
  private mutating func scrub(to column: Int, in layout: HistoryLayout) {
    let nearest = snapshots.indices.min {
      abs(snapshotColumn($0, in: layout.scrubber) - column)
        < abs(snapshotColumn($1, in: layout.scrubber) - column)
    }
    if let nearest { choose(snapshot: nearest) }
  }

  /// The column of a moment's mark on the scrubber.
  func snapshotColumn(_ index: Int, in scrubber: Rectangle) -> Int {
    column(ofStep: snapshots[index].step, in: scrubber)
  }

  /// The steps of the whole run, from the first moment on.
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

  /// The moments whose pictures have room, with their places: those around the chosen one.
  func shownSnapshots(in layout: HistoryLayout) -> [(place: Rectangle, index: Int)] {
    let room = min(layout.frameCount, snapshots.count)
    let first = max(0, min((snapshotIndex ?? 0) - room / 2, snapshots.count - room))
    return (0..<room).map { (place: layout.frame($0), index: first + $0) }
  }
}
