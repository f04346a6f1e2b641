import Coordinates
import Datasets
import Evaluation
import Networks
import Screen
import Testing

@testable import Explorer
@testable import Training

/// A person shows snapshots of the weights.
@Suite struct HistorySessionTests {
  static let configuration = TrainingConfiguration(
    architecture: TinyExplorer.architecture, recipe: .article(), seed: 0)

  /// A moment of a run of 25, 20 and 20 epochs of 10 batches.
  static func makeSnapshot(
    _ step: Int, ended: Int? = nil, seed: UInt64? = nil
  ) -> WeightSnapshot {
    var position = TrainingPosition()
    let ends = [250, 450, 650]
    position.phase = ends.count { $0 <= step }
    let before = ([0] + ends)[position.phase]
    (position.epoch, position.batch) = ((step - before) / 10, (step - before) % 10)
    return WeightSnapshot(
      snapshot: TrainingSnapshot(
        configuration: configuration, position: position,
        weights: TinyExplorer.weights(seed: seed ?? UInt64(step + 1))),
      step: step, endedPhase: ended)
  }

  static let snapshots = [
    makeSnapshot(0), makeSnapshot(125), makeSnapshot(250, ended: 0), makeSnapshot(350),
    makeSnapshot(450, ended: 1),
    makeSnapshot(555),
  ]

  static func news(
    _ snapshots: [WeightSnapshot], _ status: TrainingStatus = .running, reports: [StepReport] = []
  ) -> ExplorerEvent {
    var update = TrainingUpdate()
    update.status = status
    update.position = snapshots.last?.snapshot.position ?? TrainingPosition()
    update.images = (perEpoch: 1280, batches: 10)
    update.weightSnapshots = snapshots
    update.reports = reports
    return .training(update)
  }

  /// An explorer that trains, and has been told of some moments.
  func training(
    size: Size = Size(width: 100, height: 30), _ capabilities: Capabilities = .full,
    _ snapshots: [WeightSnapshot] = snapshots
  ) throws -> ExplorerState {
    var state = try TinyExplorer.open(size: size, capabilities: capabilities)
    try state.press("n t Enter")
    _ = state.react(.trainingStarted)
    _ = state.react(Self.news(snapshots, reports: [TinyExplorer.report(0.2)]))
    return state
  }

  struct NotAsked: Error {}

  func film(_ effects: [ExplorerEffect]) throws -> (query: SnapshotFrameQuery, number: Int) {
    guard let asked = effects.queries(SnapshotFrameQuery.self).first else { throw NotAsked() }
    return asked
  }

  func measured(_ effects: [ExplorerEffect]) throws -> (snapshot: WeightSnapshot, number: Int) {
    guard let asked = effects.queries(SnapshotEvaluationQuery.self).first else { throw NotAsked() }
    return (asked.query.snapshot, asked.number)
  }

  func frames(of query: SnapshotFrameQuery) throws -> [SnapshotFrame] {
    var networks = NetworkCache()
    return try query.answer(TinyExplorer.context, &networks)
  }

  static func figures(_ error: Double, _ degrees: Double) throws -> QuickEvaluation {
    let model = try TinyExplorer.model()
    var figures = try QuickEvaluation(of: model, on: TinyExplorer.images, count: 1)
    (figures.error, figures.angle) = (error, Angle(degrees: degrees))
    return figures
  }

  /// Answers all that is asked for until nothing is.
  func answer(_ effects: [ExplorerEffect], _ state: inout ExplorerState) throws {
    var effects = effects
    var count = 0
    while !effects.isEmpty, count < 100 {
      count += 1
      guard case .query(let call) = effects.removeFirst() else { continue }
      if let query = call.query as? SnapshotFrameQuery {
        effects += state.react(.answered(try frames(of: query), number: call.number))
      } else if let query = call.query as? SnapshotEvaluationQuery {
        let step = Double(query.snapshot.step)
        let figures = try Self.figures(0.05 - step / 20_000, 30 - step / 40)
        effects += state.react(.answered(figures, number: call.number))
      }
    }
  }

  /// The page with all that it asks for.
  func onPage(
    size: Size = Size(width: 100, height: 30), _ capabilities: Capabilities = .full
  ) throws -> ExplorerState {
    var state = try training(size: size, capabilities)
    try answer(try state.press("T"), &state)
    return state
  }

  // MARK: What is asked for

  @Test func picturesAreOfTheShownSample() throws {
    var state = try training()
    try state.press("Right*9 Down Right*5 ]")
    let (order, number) = try film(try state.press("T"))
    #expect(order.snapshots == Self.snapshots)
    #expect(order.input == state.session.pictures.input && order.truth == state.session.pictures.truth)
    #expect(order.values == state.session.sliders.values && order.inputValues == state.session.inputValues)
    let frames = try frames(of: order)
    #expect(frames.map(\.step) == Self.snapshots.map(\.step))
    for (frame, snapshot) in zip(frames, Self.snapshots) {
      let inference = Inference(
        try TypedAutoencoder(TinyExplorer.architecture, tensors: snapshot.snapshot.weights))
      let read = inference.encode(order.input)
      let decoded = inference.decode(
        LatentPoint(
          values: state.session.sliders.values, latents: zip(read.latents, order.offset).map { $0 + $1 }))
      #expect(zip(frame.pixels, decoded).allSatisfy { abs($0 - $1) < 1e-6 })
      let squares = zip(decoded, order.truth).map { Double(($0 - $1) * ($0 - $1)) }
      #expect(abs(frame.error - squares.reduce(0, +) / 784) < 1e-6)
      let off = abs(remainder(read.values[0] - state.session.inputValues[0]))
      #expect(abs(try #require(frame.angleError).radians - off) < 1e-6)
    }
    _ = state.react(.answered(frames, number: number))
    #expect(state.pages[HistoryPage.self].frames == frames)
    #expect(state.pages[HistoryPage.self].frame(ofStep: 350) == frames[3])
    #expect(state.screen.contains(NumberText.significant(frames[5].error)))
  }

  /// An angle between −π and π.
  func remainder(_ radians: Double) -> Double {
    (radians / (2 * .pi) - (radians / (2 * .pi)).rounded()) * 2 * .pi
  }

  @Test func latentsKeepTheirOffsetFromTheEncoder() throws {
    var state = try training()
    try state.press("Down Right*5")
    let (order, _) = try film(try state.press("T"))
    let step = Float(5 * state.session.scales[1].step)
    #expect(abs(order.offset[0] - step) < 1e-5)
    #expect(order.offset.dropFirst().allSatisfy { $0 == 0 })
  }

  /// Changes by new weights are not changes by the user: each snapshot encodes unmoved latents anew.
  @Test func newWeightsAddNoOffset() throws {
    var state = try training()
    if state.session.sliderPanel.followsTraining { try state.press("f") }
    _ = try state.react(.weights(TinyExplorer.model(seed: 77)))
    #expect(state.session.sliders.latents != state.session.encoded.latents)
    let (order, _) = try film(try state.press("T"))
    #expect(order.offset.allSatisfy { $0 == 0 })
  }

  /// However much changes while a film is on its way, one more is asked for when it has come.
  @Test func picturesAreRequestedOneAtATime() throws {
    var state = try training()
    let first = try film(try state.press("T"))
    for key in ["h", "l l", "n", "]"] {
      #expect(throws: NotAsked.self) { try film(try state.press(key)) }
    }
    let second = try film(state.react(.answered(try frames(of: first.query), number: first.number)))
    #expect(second.number > first.number)
    #expect(
      second.query.input == state.session.pictures.input
        && second.query.values == state.session.sliders.values)
    // Nothing has changed since.
    let third = state.react(.answered(try frames(of: second.query), number: second.number))
    #expect(throws: NotAsked.self) { try film(third) }
    #expect(throws: NotAsked.self) { try film(try state.press("Left Home End")) }
    // A moment more is a film more.
    let more = state.react(Self.news([Self.makeSnapshot(600)]))
    #expect(try film(more).query.snapshots.count == 7)
  }

  @Test func staleAnswersAreIgnored() throws {
    var state = try training()
    let effects = try state.press("T")
    let (order, number) = try film(effects)
    let frames = try frames(of: order)
    for wrong in [0, number - 1, number + 100] {
      _ = state.react(.answered(frames, number: wrong))
      #expect(state.pages[HistoryPage.self].frames.isEmpty)
    }
    let figures = try measured(effects)
    for wrong in [0, figures.number + 100] {
      _ = state.react(.answered(try Self.figures(0.1, 3), number: wrong))
      #expect(state.session.snapshots.allSatisfy { $0.figures == nil })
    }
    _ = state.react(.answered(frames, number: number))
    #expect(state.pages[HistoryPage.self].frames == frames)
    // The same answer again is one too many.
    try state.press("h")
    _ = state.react(.answered([SnapshotFrame](), number: number))
    #expect(state.pages[HistoryPage.self].frames == frames)
  }

  @Test func errorsAreMeasuredOneAtATime() throws {
    var state = try training()
    var effects = try state.press("T")
    #expect(state.screen.contains("measuring…") && !state.screen.contains("steering error"))
    var steps: [Int] = []
    while let (snapshot, number) = try? measured(effects) {
      steps.append(snapshot.step)
      #expect(effects.queries(SnapshotEvaluationQuery.self).count == 1)
      // Meanwhile nothing else is measured.
      #expect(throws: NotAsked.self) { try measured(try state.press("Left")) }
      let figures = try Self.figures(Double(snapshot.step + 1) / 1000, 5)
      effects = state.react(.answered(figures, number: number))
    }
    // The chosen one comes first, and ← chooses the one before each time.
    #expect(steps == Self.snapshots.map(\.step).reversed())
    #expect(
      state.session.snapshots.map { $0.figures?.error }
        == state.session.snapshots.map { Double($0.step + 1) / 1000 })
    #expect(try measured(state.react(Self.news([Self.makeSnapshot(600)]))).snapshot.step == 600)
  }

  @Test func otherPagesRequestNothing() throws {
    var state = try training()
    #expect(try state.press("n h").isEmpty)
    #expect(state.react(Self.news([Self.makeSnapshot(600)])).isEmpty)
    let (order, number) = try film(try state.press("T"))
    try state.press("Escape")
    // What comes after leaving is kept, and asks for nothing more.
    #expect(state.react(.answered(try frames(of: order), number: number)).isEmpty)
    #expect(throws: NotAsked.self) { try film(try state.press("T")) }
  }

  @Test func aNewRunHasItsOwnSnapshots() throws {
    var state = try onPage()
    try state.press("Home")
    let frames = state.pages[HistoryPage.self].frames
    #expect(!frames.isEmpty && state.pages[HistoryPage.self].index(state.session) == 0)
    let old = try film(try state.press("l"))
    try state.press("t Down Enter y")
    #expect(
      state.session.snapshots.isEmpty && state.pages[HistoryPage.self].frames.isEmpty
        && state.pages[HistoryPage.self].index(state.session) == nil)
    #expect(state.screen.contains("waiting for the first snapshot"))
    _ = state.react(.trainingStarted)
    let new = try film(state.react(Self.news([Self.makeSnapshot(0, seed: 77)])))
    // The answer to the run before is not one to this.
    #expect(new.number > old.number)
    _ = state.react(.answered(frames, number: old.number))
    #expect(state.pages[HistoryPage.self].frames.isEmpty)
    _ = state.react(.answered(try self.frames(of: new.query), number: new.number))
    #expect(state.pages[HistoryPage.self].frames.count == 1)
  }
}

/// The moments that are kept.
@Suite struct SnapshotTimelineTests {
  func makeSnapshot(_ step: Int, ended: Int? = nil, weight: Float = 1) -> WeightSnapshot {
    WeightSnapshot(
      snapshot: TrainingSnapshot(
        configuration: HistorySessionTests.configuration, position: TrainingPosition(batch: step),
        weights: [NamedTensor(name: "weight", shape: [1], values: [weight])]),
      step: step, endedPhase: ended)
  }

  func timeline(_ steps: some Sequence<Int>, ends: Set<Int> = []) -> SnapshotTimeline {
    var line = SnapshotTimeline()
    for step in steps { line.add([makeSnapshot(step, ended: ends.contains(step) ? step / 100 : nil)]) }
    return line
  }

  @Test func snapshotsAreOrderedAndUnique() {
    var line = timeline([0, 10, 20, 20, 15, 30])
    #expect(line.snapshots.map(\.step) == [0, 10, 20, 30])
    // A run that is resumed begins where it was stopped.
    line.add([makeSnapshot(30, weight: 2), makeSnapshot(40, weight: 2)])
    #expect(line.snapshots.map(\.step) == [0, 10, 20, 30, 40])
    #expect(line.snapshots.map { $0.kept.snapshot.weights[0].values[0] } == [1, 1, 1, 1, 2])
  }

  @Test func aStepBelongsToTheSnapshotBeforeIt() {
    let line = timeline([5, 10, 20])
    #expect([0, 5, 9, 10, 19, 20, 99].map { line.index(ofStep: $0) } == [0, 0, 0, 1, 1, 2, 2])
    #expect(SnapshotTimeline().index(ofStep: 3) == nil)
  }

  /// Phases' ends, the first and the last moment stay, however many there are.
  @Test func thinningKeepsPhaseEnds() {
    let ends: Set<Int> = [101, 203, 306, 399]
    let line = timeline(0..<400, ends: ends)
    let steps = line.snapshots.map(\.step)
    #expect(steps.count <= SnapshotTimeline.maximumCount && steps.count >= 20)
    #expect(ends.isSubset(of: steps))
    #expect(steps.first == 0 && steps.last == 399)
    #expect(steps == steps.sorted())
    #expect(Set(line.snapshots.compactMap(\.kept.endedPhase)) == [1, 2, 3])
    // As many as there may be are left alone.
    #expect(timeline(0..<SnapshotTimeline.maximumCount).snapshots.count == SnapshotTimeline.maximumCount)
  }

  /// Large networks leave room for fewer, down to none: phases' ends go last but for the newest.
  @Test(arguments: [1 << 20, 3_000_000, 10_000_000, 15_000_000, 31_000_000, 32_000_001])
  func theMemoryIsBounded(count: Int) {
    // In one place here.
    let weights = [NamedTensor(name: "large", shape: [count], values: Array(repeating: 0, count: count))]
    var line = SnapshotTimeline()
    let most = min(SnapshotTimeline.maximumCount, WeightSnapshot.maximumBytes / (4 * count))
    for step in 0..<60 {
      var snapshot = makeSnapshot(step, ended: [7, 20, 59].contains(step) ? step / 10 : nil)
      snapshot.snapshot.weights = weights
      line.add([snapshot])
      let bytes = line.snapshots.reduce(0) { $0 + $1.kept.snapshot.weights.byteCount }
      #expect(bytes <= 128_000_000)
      #expect(line.snapshots.last?.step == (most > 0 ? step : nil))
    }
    let steps = line.snapshots.map(\.step)
    #expect(steps.count <= most && steps.count >= min(most, 4))
    #expect(line.hasNoRoom == (most == 0))
    if most >= 4 { #expect(Set(steps).isSuperset(of: [0, 7, 20, 59])) }
    if most == 3 { #expect(steps == [0, 20, 59]) }
    if most == 2 { #expect(steps == [0, 59]) }
    if most == 10 { #expect(steps.count > 4) }
  }

  @Test func figuresBelongToTheirSnapshot() throws {
    var line = timeline([0, 10, 20])
    let figures = try QuickEvaluation(of: TinyExplorer.model(), on: TinyExplorer.images, count: 1)
    line.record(figures, ofStep: 10)
    line.record(figures, ofStep: 11)
    #expect(line.snapshots.map { $0.figures != nil } == [false, true, false])
    line.record(figures, ofStep: 0)
    #expect(line.snapshots.map { $0.figures != nil } == [true, true, false])
  }
}
