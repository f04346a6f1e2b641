import Coordinates
import Foundation
import Goldens
import Networks
import Testing

@testable import Training

/// The moments of a run that are kept.
@Suite struct WeightSnapshotTests {
  private static let steps = TinyRun.batchesPerEpoch * TinyRun.epochs.reduce(0, +)

  /// All that a whole run keeps.
  private func snapshots(_ state: TrainingState) throws -> [WeightSnapshot] {
    let session = TrainingSession(seconds: { 0 }, wake: {})
    session.start(state, images: BlobImages(), threads: 1)
    session.waitUntilIdle()
    let update = session.receiveUpdate()
    #expect(update.status == .finished)
    return update.weightSnapshots
  }

  /// The snapshots of a run that is stopped after some steps.
  private func stopped(
    _ state: TrainingState, after steps: Int
  ) throws -> (kept: [WeightSnapshot], steps: Int, last: TrainingUpdate) {
    let session = TrainingSession(seconds: { 0 }, wake: {})
    let images = BlobImages()
    images.withReadsHeld {
      session.start(state, images: images, threads: 1)
      session.send(.pause)
    }
    var kept: [WeightSnapshot] = []
    var count = 0
    while count < steps {
      session.send(.step)
      let before = count
      let deadline = Date().addingTimeInterval(60)
      while count == before {
        Thread.sleep(forTimeInterval: 1e-4)
        let update = session.receiveUpdate()
        kept += update.weightSnapshots
        count += update.reports.count
        try #require(Date() < deadline)
      }
    }
    session.send(.stop)
    session.waitUntilIdle()
    let last = session.receiveUpdate()
    return (kept + last.weightSnapshots, count + last.reports.count, last)
  }

  /// Start, phase ends and even steps, by hand.
  @Test func startPhaseEndsAndEvenStepsAreKept() throws {
    let kept = try snapshots(TrainingState(TinyRun.configuration()))
    // 40 steps, of which every second one is kept: that makes 21 with the start, and all phases end on them.
    #expect(kept.map(\.step) == Array(stride(from: 0, through: Self.steps, by: 2)))
    let ends = kept.filter { $0.endedPhase != nil }
    #expect(ends.map(\.endedPhase) == [0, 1, 2])
    #expect(ends.map(\.step) == [16, 24, 40])
    for checkpoint in kept {
      let position = checkpoint.snapshot.position
      let before = [0, 16, 24, 40][position.phase]
      #expect(checkpoint.step == before + position.epoch * TinyRun.batchesPerEpoch + position.batch)
    }
  }

  /// A phase's end between two even steps is kept too.
  @Test func aPhaseMayEndBetweenEvenSteps() throws {
    let configuration = TinyRun.configuration(epochs: [1, 5, 7])
    // 13 epochs of 8 steps: every fifth step of 104.
    let kept = try snapshots(TrainingState(configuration))
    #expect(
      kept.map(\.step) == [0, 5, 8] + Array(stride(from: 10, to: 48, by: 5)) + [48]
        + Array(stride(from: 50, to: 104, by: 5)) + [104])
    #expect(kept.filter { $0.endedPhase != nil }.map(\.step) == [8, 48, 104])
  }

  /// The weights are those of a run that is stepped there by hand, bit by bit.
  @Test func snapshotsHoldTheWeightsOfTheirStep() throws {
    let configuration = TinyRun.configuration()
    let kept = try snapshots(TrainingState(configuration))
    let run = try TinyRun.start(configuration)
    var steps = 0
    for checkpoint in kept {
      while steps < checkpoint.step {
        _ = try run.step()
        steps += 1
      }
      #expect(checkpoint.snapshot.configuration == configuration)
      #expect(checkpoint.snapshot.position == run.position)
      #expect(TinyRun.bits(checkpoint.snapshot.weights) == TinyRun.bits(run.weights), "step \(steps)")
    }
    #expect(kept.count > 3 && steps == Self.steps)
  }

  @Test(arguments: [0, 1, 3, 16])
  func aStopKeepsItsSnapshot(steps: Int) throws {
    let configuration = TinyRun.configuration()
    let (kept, count, last) = try stopped(TrainingState(configuration), after: steps)
    #expect(last.status == .stopped && count >= steps)
    #expect(kept.first?.step == 0)
    let end = try #require(kept.last)
    #expect(end.step == count)
    #expect(end.snapshot.position == last.position)
    #expect(TinyRun.bits(end.snapshot.weights) == TinyRun.bits(try #require(last.snapshot).weights))
    #expect(kept.allSatisfy { $0.step <= count })
    #expect(kept.contains { $0.endedPhase == 0 } == (count >= 16))
  }

  /// A run that goes on counts its steps from the recipe's start.
  @Test func aResumedRunKeepsItsPlan() throws {
    let configuration = TinyRun.configuration()
    let stopped = try stopped(TrainingState(configuration), after: 19)
    let state = try #require(stopped.last.stoppedState)
    let kept = try snapshots(state)
    // From its phase on 24 steps remain, and all are kept.
    #expect(kept.map(\.step) == Array(stopped.steps...40))
    #expect(kept.filter { $0.endedPhase != nil }.map(\.step) == [24, 40])
    #expect(TinyRun.bits(kept[0].snapshot.weights) == TinyRun.bits(state.weights))
    let whole = try snapshots(TrainingState(configuration))
    #expect(TinyRun.bits(kept.last!.snapshot.weights) == TinyRun.bits(whole.last!.snapshot.weights))
  }

  @Test func aRunOfTheLastPhaseBeginsAtItsStart() throws {
    let configuration = TinyRun.configuration()
    let weights = TypedAutoencoder(configuration.architecture, seed: 4).tensors
    let kept = try snapshots(TrainingState(configuration, phase: 2, weights: weights))
    #expect(kept.map(\.step) == Array(24...40))
    #expect(kept.filter { $0.endedPhase != nil }.map(\.endedPhase) == [2])
  }

  // MARK: Bounds

  private func plan(epochs: [Int], batches: Int, bytes: Int, from phase: Int = 0) -> WeightSnapshotPlan {
    var recipe = Recipe.article(epochs: [1, 1, 1])
    for index in recipe.phases.indices { recipe.phases[index].epochs = epochs[index] }
    return WeightSnapshotPlan(recipe, from: phase, batchesPerEpoch: batches, weightBytes: bytes)
  }

  private func keptCount(_ plan: WeightSnapshotPlan, epochs: [Int], batches: Int, from phase: Int = 0) -> Int
  {
    // The start is kept, and the end of each phase.
    var count = 1 + epochs.count - phase
    for phase in phase..<epochs.count {
      for epoch in 0..<epochs[phase] {
        for batch in 0..<batches
        where plan.keeps(TrainingPosition(phase: phase, epoch: epoch, batch: batch)) { count += 1 }
      }
    }
    return count
  }

  @Test(arguments: [[1, 1, 1], [25, 20, 20], [2, 1, 2], [3, 50, 7]], [1, 7, 100])
  func atMostTwentyFourSnapshotsAreKept(epochs: [Int], batches: Int) {
    for phase in 0..<3 {
      let plan = plan(epochs: epochs, batches: batches, bytes: 1_000, from: phase)
      let count = keptCount(plan, epochs: epochs, batches: batches, from: phase)
      let steps = epochs.dropFirst(phase).reduce(0, +) * batches
      // Even steps that are near an end give way to it.
      #expect(count <= 28 && count >= min(steps, 12), "\(count) of \(steps)")
    }
  }

  /// Snapshots without room beside the start, the phases' ends and a stop are not made.
  @Test(arguments: [1 << 20, 4 << 20, 10 << 20, 16 << 20, 500 << 20])
  func largeNetworksStayWithinTheMemoryLimit(bytes: Int) {
    let epochs = [25, 20, 20]
    let count = keptCount(plan(epochs: epochs, batches: 100, bytes: bytes), epochs: epochs, batches: 100)
    let room = 128_000_000 / bytes
    #expect(count <= max(4, min(28, room - 1)))
    #expect(count >= max(4, min(room - 5, 16)))
  }

  @Test func theMemoryIsTheSizeOfTheWeights() throws {
    let run = try TinyRun.start(TinyRun.configuration())
    // Encoder 784-16-8 with heads of 2 and 5, decoder 7-8-16-784.
    let encoder = 785 * 16 + 17 * 8 + 9 * 7
    let decoder = 8 * 8 + 9 * 16 + 17 * 784
    #expect(run.weights.byteCount == 4 * (encoder + decoder))
  }
}
