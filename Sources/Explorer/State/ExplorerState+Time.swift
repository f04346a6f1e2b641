import Networks
import Screen
import Training

/// Leafing through the weights of a run's moments.
extension ExplorerState {
  private var timeLine: TimeLine { training?.timeLine ?? TimeLine() }

  /// The moments in order.
  var moments: [TimeLine.Moment] { timeLine.moments }

  /// The place of the chosen moment.
  var momentIndex: Int? {
    guard let step = time.step else { return moments.indices.last }
    return timeLine.index(ofStep: step)
  }

  /// What the sample looks like at a moment; absent until it has been drawn.
  func frame(ofStep step: Int) -> TimeFrame? { time.frames.first { $0.step == step } }

  /// What is done on the page of times; nil for what is not.
  mutating func performOnTime(_ action: Action?) -> [ExplorerEffect]? {
    switch action {
    case .timeBack: leaf(by: -1)
    case .timeForward: leaf(by: 1)
    case .timeFirst: choose(moment: 0)
    case .timeLast: choose(moment: moments.count - 1)
    case .takeMoment: return takeMoment()
    default: return nil
    }
    return []
  }

  private mutating func leaf(by offset: Int) {
    guard let index = momentIndex else { return }
    choose(moment: min(max(index + offset, 0), moments.count - 1))
  }

  /// The last moment is the newest, whatever comes.
  mutating func choose(moment index: Int) {
    guard moments.indices.contains(index) else { return }
    time.step = index == moments.count - 1 ? nil : moments[index].step
  }

  /// Makes the weights of the chosen moment those in use.
  private mutating func takeMoment() -> [ExplorerEffect] {
    guard let index = momentIndex else { return [] }
    guard !isTraining else {
      message = "training is running: x stops it, then Enter uses these weights"
      return []
    }
    return replaceWeights(.useMoment(step: moments[index].step))
  }

  /// Asks for the weights of the moment at a step.
  mutating func requestMoment(ofStep step: Int) -> [ExplorerEffect] {
    guard let moment = moments.first(where: { $0.step == step }), !isTraining else { return [] }
    time.requested = moment
    return [.recall(moment.checkpoint.snapshot)]
  }

  /// Where a moment lies: `the start`, `phase 2, epoch 3`, `the end of phase 1`.
  func momentName(_ moment: TimeLine.Moment) -> String {
    let position = moment.checkpoint.snapshot.position
    if let phase = moment.checkpoint.endedPhase { return "the end of phase \(phase + 1)" }
    if position.epoch == 0, position.batch == 0 { return "the start of phase \(position.phase + 1)" }
    return "phase \(position.phase + 1), epoch \(position.epoch + 1)"
  }

  /// The same in a few letters: `start`, `2 ep 3`, `end of 1`.
  func momentMark(_ moment: TimeLine.Moment) -> String {
    let position = moment.checkpoint.snapshot.position
    if let phase = moment.checkpoint.endedPhase { return "end of \(phase + 1)" }
    if position.epoch == 0, position.batch == 0 { return "start" }
    return "\(position.phase + 1) ep \(position.epoch + 1)"
  }

  // MARK: What is asked of other threads

  /// Asks for what the page lacks: pictures by all moments' weights, and the figures of one moment.
  mutating func lookThroughTime() -> [ExplorerEffect] {
    if time.shown != subject { (time.frames, time.shown) = ([], nil) }
    guard focus == .time, !moments.isEmpty else { return [] }
    return orderFilm() + orderFigures()
  }

  private mutating func orderFilm() -> [ExplorerEffect] {
    // Pictures that are about to change are not of what the sliders say.
    guard time.awaitedFilm == nil, !due.isOpen, let input = pictures.input, let truth = target else {
      return []
    }
    let key = TimeFilmKey(
      subject: subject, steps: moments.map(\.step), input: input, values: sliders.values,
      offset: displacement)
    guard key != time.key else { return [] }
    time.key = key
    time.orderCount += 1
    time.awaitedFilm = time.orderCount
    let order = TimeFilmOrder(
      checkpoints: moments.map(\.checkpoint), input: input, inputValues: inputValues,
      values: sliders.values, offset: displacement, truth: truth)
    return [.film(order, number: time.orderCount)]
  }

  private mutating func orderFigures() -> [ExplorerEffect] {
    guard time.awaitedFigures == nil, let moment = nextUnmeasured else { return [] }
    time.orderCount += 1
    time.awaitedFigures = time.orderCount
    return [.measure(moment.checkpoint, number: time.orderCount)]
  }

  /// The chosen moment, then where phases end, then the others.
  private var nextUnmeasured: TimeLine.Moment? {
    let unmeasured = moments.filter { $0.figures == nil }
    return momentIndex.map { moments[$0] }.flatMap { $0.figures == nil ? $0 : nil }
      ?? unmeasured.first { $0.checkpoint.endedPhase != nil } ?? unmeasured.first
  }

  mutating func take(_ frames: [TimeFrame], number: Int) {
    guard number == time.awaitedFilm else { return }
    time.awaitedFilm = nil
    // Of another sample they would be wrong pictures.
    guard time.key?.subject == subject else { return }
    (time.frames, time.shown) = (frames, subject)
  }

  mutating func take(_ figures: QuickEvaluation, ofStep step: Int, number: Int) {
    guard number == time.awaitedFigures else { return }
    time.awaitedFigures = nil
    training?.timeLine.take(figures, ofStep: step)
  }

  // MARK: Mouse

  mutating func pressTime(_ event: MouseEvent, in region: Rectangle) {
    let layout = TimeLayout(region)
    if layout.scrubber.columns.contains(event.column), layout.scrubber.rows.contains(event.row) {
      grip = .time
      scrub(to: event.column, in: layout)
      return
    }
    for (place, index) in shownMoments(in: layout) {
      guard place.columns.contains(event.column), place.rows.contains(event.row) else { continue }
      return choose(moment: index)
    }
  }

  mutating func dragTime(_ event: MouseEvent) {
    guard let region = region(ofPage: .time) else { return }
    scrub(to: event.column, in: TimeLayout(region))
  }

  /// Chooses the moment whose mark is nearest to a column.
  private mutating func scrub(to column: Int, in layout: TimeLayout) {
    let nearest = moments.indices.min {
      abs(momentColumn($0, in: layout.scrubber) - column)
        < abs(momentColumn($1, in: layout.scrubber) - column)
    }
    if let nearest { choose(moment: nearest) }
  }

  /// The column of a moment's mark on the scrubber.
  func momentColumn(_ index: Int, in scrubber: Rectangle) -> Int {
    column(ofStep: moments[index].step, in: scrubber)
  }

  /// The steps of the whole run, from the first moment on.
  private var stepRange: Range<Int> {
    let first = moments.first?.step ?? 0
    let planned = training?.plannedSteps ?? 0
    return first..<max(first + planned, (moments.last?.step ?? 0), first + 1)
  }

  func column(ofStep step: Int, in scrubber: Rectangle) -> Int {
    let range = stepRange
    let fraction = Double(step - range.lowerBound) / Double(range.count)
    return scrubber.column + Int((min(1, max(0, fraction)) * Double(max(0, scrubber.width - 1))).rounded())
  }

  /// The moments whose pictures have room, with their places: those around the chosen one.
  func shownMoments(in layout: TimeLayout) -> [(place: Rectangle, index: Int)] {
    let room = min(layout.frameCount, moments.count)
    let first = max(0, min((momentIndex ?? 0) - room / 2, moments.count - room))
    return (0..<room).map { (place: layout.frame($0), index: first + $0) }
  }
}
