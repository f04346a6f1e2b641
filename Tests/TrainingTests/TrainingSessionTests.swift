import Foundation
import Goldens
import Networks
import Primitives
import Testing

@testable import Training

@Suite struct TrainingSessionTests {
  /// A session with its watcher, who sleeps until woken and keeps all that has come.
  private final class Watcher: Sendable {
    let session: TrainingSession
    private let wakes: DispatchSemaphore
    private let wakeCounter: Locked<Int>

    init() {
      let wakes = DispatchSemaphore(value: 0)
      let counter = Locked(0)
      let clock = Locked(0.0)
      session = TrainingSession(
        seconds: {
          clock.withLock { seconds in
            seconds += 0.5
            return seconds
          }
        },
        wake: {
          counter.withLock { $0 += 1 }
          wakes.signal()
        })
      self.wakes = wakes
      wakeCounter = counter
    }

    var wakeCount: Int { wakeCounter.withLock { $0 } }

    /// Receives updates until `isEnough`; fails, and ends the run, when a minute does not bring it.
    func receive(until isEnough: (Collected) -> Bool) throws -> Collected {
      let deadline = DispatchTime.now() + 60
      var collected = Collected()
      while !isEnough(collected) {
        session.wakeOnUpdate()
        guard wakes.wait(timeout: deadline) == .success, DispatchTime.now() < deadline else {
          session.send(.stop)
          throw Overdue()
        }
        collected.add(session.receiveUpdate())
      }
      return collected
    }

    func receiveToTheEnd() throws -> Collected {
      let collected = try receive { [.stopped, .finished].contains($0.status) }
      session.waitUntilIdle()
      return collected
    }
  }

  private struct Overdue: Error {}

  private struct Collected {
    var reports: [StepReport] = []
    var snapshots: [TrainingSnapshot] = []
    var status = TrainingStatus.idle
    var last = TrainingUpdate()

    mutating func add(_ update: TrainingUpdate) {
      reports += update.reports
      if let snapshot = update.snapshot { snapshots.append(snapshot) }
      status = update.status
      last = update
    }
  }

  private static let state = TrainingState(TinyRun.configuration())
  /// It does not end before it is told to.
  private static let longState = TrainingState(TinyRun.configuration(epochs: [1_000_000, 1, 1]))
  private static let allSteps = TinyRun.batchesPerEpoch * TinyRun.epochs.reduce(0, +)

  /// A run stepped by hand.
  private func run(
    _ state: TrainingState = state, steps: Int
  ) throws -> (run: TrainingRun, reports: [StepReport]) {
    let run = try TrainingRun(state, images: BlobImages(), threads: 1)
    let reports = try (0..<steps).map { _ in
      let report = try run.step()
      return try #require(report)
    }
    return (run, reports)
  }

  private func isThatOf(_ snapshot: TrainingSnapshot, _ run: TrainingRun) -> Bool {
    snapshot.position == run.position && snapshot.configuration == run.configuration
      && TinyRun.bits(snapshot.weights) == TinyRun.bits(run.weights)
  }

  @Test func aRunSendsEveryLossOnceAndItsLastWeights() throws {
    let watcher = Watcher()
    watcher.session.start(Self.state, images: BlobImages(), threads: 2)
    let news = try watcher.receiveToTheEnd()
    let byHand = try run(steps: Self.allSteps)
    #expect(news.status == .finished)
    #expect(news.reports == byHand.reports)
    #expect(isThatOf(try #require(news.snapshots.last), byHand.run))
    #expect(news.last.position == TrainingPosition(phase: 3))
    #expect(news.last.images?.perEpoch == 57)
    #expect(news.last.images?.batches == TinyRun.batchesPerEpoch)
    // The clock goes on by half a second a batch of 8 images, the last one of an epoch has 1.
    let rate = try #require(news.last.imagesPerSecond)
    #expect((2...16).contains(rate))
    // Received losses do not come again; status and position stay.
    let rest = watcher.session.receiveUpdate()
    #expect(rest.reports.isEmpty)
    #expect(rest.snapshot == nil)
    #expect(rest.status == .finished)
    #expect(rest.position == TrainingPosition(phase: 3))
  }

  @Test func pausesStepsResumesAndStops() throws {
    let watcher = Watcher()
    let session = watcher.session
    session.start(Self.longState, images: BlobImages(), threads: 1)
    session.send(.pause)
    var news = try watcher.receive { $0.status == .paused }
    var stepped = news.reports

    for _ in 1...2 {
      session.send(.step)
      news = try watcher.receive { !$0.reports.isEmpty }
      #expect(news.reports.count == 1)
      stepped += news.reports
      #expect(stepped == (try run(Self.longState, steps: stepped.count).reports))
    }
    session.send(.snapshot)
    news = try watcher.receive { !$0.snapshots.isEmpty }
    #expect(news.reports.isEmpty)
    #expect(news.status == .paused)
    #expect(isThatOf(news.snapshots[0], try run(Self.longState, steps: stepped.count).run))

    session.send(.resume)
    news = try watcher.receive { $0.reports.count >= 3 }
    stepped += news.reports
    session.send(.stop)
    news = try watcher.receiveToTheEnd()
    stepped += news.reports
    #expect(news.status == .stopped)
    let byHand = try run(Self.longState, steps: stepped.count)
    #expect(stepped == byHand.reports)
    #expect(isThatOf(try #require(news.snapshots.last), byHand.run))
  }

  /// A command that follows `start` at once is the new run's, even before it has begun.
  @Test func aRunStoppedAtOnceStops() throws {
    for _ in 0..<20 {
      let watcher = Watcher()
      watcher.session.start(Self.longState, images: BlobImages(), threads: 1)
      watcher.session.send(.stop)
      let news = try watcher.receiveToTheEnd()
      #expect(news.status == .stopped)
      let byHand = try run(Self.longState, steps: news.reports.count)
      #expect(isThatOf(try #require(news.snapshots.last), byHand.run))
    }
  }

  @Test func commandsBeforeTheStartAreForgotten() throws {
    let watcher = Watcher()
    watcher.session.send(.pause)
    watcher.session.send(.stop)
    watcher.session.start(Self.state, images: BlobImages(), threads: 1)
    #expect(try watcher.receiveToTheEnd().reports.count == Self.allSteps)
  }

  /// The first run is paused, so that it would never end by itself.
  @Test func aSecondStartReplacesTheFirstRun() throws {
    let watcher = Watcher()
    let session = watcher.session
    session.start(Self.longState, images: BlobImages(), threads: 1)
    session.send(.step)
    _ = try watcher.receive { !$0.reports.isEmpty }
    let second = TrainingState(TinyRun.configuration(seed: 2))
    session.start(second, images: BlobImages(), threads: 1)
    let news = try watcher.receiveToTheEnd()
    let byHand = try TrainingRun(second, images: BlobImages(), threads: 1)
    #expect(news.reports == (try TinyRun.finish(byHand)))
    #expect(news.snapshots.allSatisfy { $0.configuration.seed == 2 })
    #expect(isThatOf(try #require(news.snapshots.last), byHand))
  }

  @Test func manyStartsInARowLeaveOnlyTheLastRun() throws {
    let watcher = Watcher()
    for seed in 1...20 as ClosedRange<UInt64> {
      watcher.session.start(
        TrainingState(TinyRun.configuration(seed: seed)), images: BlobImages(), threads: 1)
    }
    let news = try watcher.receiveToTheEnd()
    let last = try TinyRun.start(TinyRun.configuration(seed: 20))
    #expect(news.reports == (try TinyRun.finish(last)))
  }

  @Test func wakesAtOnceForAPendingUpdateAndOnlyOnRequest() throws {
    let watcher = Watcher()
    let session = watcher.session
    session.start(Self.state, images: BlobImages(), threads: 1)
    session.send(.stop)
    session.waitUntilIdle()
    #expect(watcher.wakeCount == 0)
    session.wakeOnUpdate()
    #expect(watcher.wakeCount == 1)
    session.wakeOnUpdate()
    #expect(watcher.wakeCount == 2)
    _ = session.receiveUpdate()
    session.wakeOnUpdate()
    #expect(watcher.wakeCount == 2)
  }

  /// A run that waits wakes nobody by looking at commands that change nothing.
  @Test func wakesOnceForALaterUpdate() throws {
    let watcher = Watcher()
    let session = watcher.session
    session.start(Self.longState, images: BlobImages(), threads: 1)
    session.send(.pause)
    _ = try watcher.receive { $0.status == .paused }
    let before = watcher.wakeCount
    session.wakeOnUpdate()
    for _ in 0..<50 { session.send(.pause) }
    session.send(.step)
    session.send(.stop)
    session.waitUntilIdle()
    #expect(watcher.wakeCount == before + 1)
    let update = session.receiveUpdate()
    #expect(update.status == .stopped)
    #expect(update.snapshot != nil)
  }

  @Test func aRunThatCannotBeginReportsIt() throws {
    let watcher = Watcher()
    watcher.session.start(
      TrainingState(TinyRun.configuration(heldOutCount: 55)), images: BlobImages(), threads: 1)
    let news = try watcher.receive { $0.status != .idle && $0.status != .running }
    #expect(news.status == .failed(.tooFewImages(count: 60, heldOut: 55, batchSize: 8)))
    #expect(news.reports.isEmpty)
    // The session is ready for another run.
    watcher.session.start(Self.state, images: BlobImages(), threads: 1)
    #expect(try watcher.receiveToTheEnd().status == .finished)
  }

  @Test func aRunThatCannotContinueReportsIt() throws {
    let watcher = Watcher()
    var state = Self.state
    state.weights = state.weights.map {
      NamedTensor(
        name: $0.name, shape: $0.shape, values: Array(repeating: 3e38, count: $0.values.count))
    }
    watcher.session.start(state, images: BlobImages(), threads: 1)
    let news = try watcher.receive { $0.status != .idle && $0.status != .running }
    guard case .failed(let error) = news.status else {
      Issue.record("\(news.status)")
      return
    }
    #expect(error.description.contains("no longer a finite number in phase 1, epoch 1, batch 1"))
    // The last good weights come with it.
    #expect(news.snapshots.last?.weights == state.weights)
  }

  @Test func nonFiniteWeightsPreventARun() throws {
    let watcher = Watcher()
    var state = Self.state
    state.weights[2].values[0] = .infinity
    watcher.session.start(state, images: BlobImages(), threads: 1)
    let news = try watcher.receive { $0.status != .idle && $0.status != .running }
    #expect(news.status == .failed(.weightsNotFinite(state.weights[2].name)))
    #expect(news.snapshots.isEmpty)
  }

  /// Readers that never rest neither lose a loss nor see one twice.
  @Test func manyReadersReceiveEveryLossOnce() throws {
    let session = TrainingSession(seconds: { 0 }, wake: {})
    let reports = Locked<[StepReport]>([])
    let snapshots = Locked<[TrainingSnapshot]>([])
    session.start(Self.state, images: BlobImages(), threads: 2)
    DispatchQueue.concurrentPerform(iterations: 4) { reader in
      var status = TrainingStatus.running
      while status == .running || status == .paused {
        if reader == 0 { session.send(.snapshot) }
        if reader == 1 { session.wakeOnUpdate() }
        let update = session.receiveUpdate()
        reports.withLock { $0 += update.reports }
        if let snapshot = update.snapshot { snapshots.withLock { $0.append(snapshot) } }
        status = update.status
        // The lock is not fair: on few cores the run would hardly ever get it.
        Thread.sleep(forTimeInterval: 1e-5)
      }
    }
    session.waitUntilIdle()
    let byHand = try run(steps: Self.allSteps)
    func place(_ report: StepReport) -> [Int] {
      [report.position.phase, report.position.epoch, report.position.batch]
    }
    let received = reports.withLock { $0 }.sorted { place($0).lexicographicallyPrecedes(place($1)) }
    #expect(received == byHand.reports)
    let last = snapshots.withLock { $0 }.first { $0.position.phase == 3 }
    #expect(isThatOf(try #require(last), byHand.run))
  }
}
