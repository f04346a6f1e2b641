import Datasets
import Goldens
import Kernels
import Networks
import Testing

@testable import Training

@Suite struct TrainingRunTests {
  @Test func theSameSeedGivesTheSameBitsForAnyNumberOfThreads() throws {
    let one = try TinyRun.start(TinyRun.configuration())
    let reports = try TinyRun.finish(one)
    #expect(reports.count == TinyRun.batchesPerEpoch * TinyRun.epochs.reduce(0, +))
    for threads in [1, 2, 3, 4] {
      let other = try TinyRun.start(TinyRun.configuration(), threads: threads)
      #expect(try TinyRun.finish(other) == reports, "\(threads) threads")
      #expect(TinyRun.bits(other.weights) == TinyRun.bits(one.weights), "\(threads) threads")
    }
    let otherSeed = try TinyRun.start(TinyRun.configuration(seed: 2))
    #expect(try TinyRun.finish(otherSeed) != reports)
  }

  /// The same where layers are wide enough for their zeros to be passed over.
  @Test func wideLayersGiveTheSameBitsForAnyNumberOfThreads() throws {
    let configuration = TinyRun.configuration(epochs: [1, 1, 1], batchSize: 19, hidden: [260, 8])
    let one = try TinyRun.start(configuration)
    let reports = try TinyRun.finish(one)
    #expect(reports.count == 9)
    for threads in [2, 3, 4] {
      let other = try TinyRun.start(configuration, threads: threads)
      #expect(try TinyRun.finish(other) == reports, "\(threads) threads")
      #expect(TinyRun.bits(other.weights) == TinyRun.bits(one.weights), "\(threads) threads")
    }
  }

  /// A run interrupted at any batch takes the same next step, and so the same way to the end.
  @Test func anInterruptedRunResumesWithTheSameBits() throws {
    let (run, states, reports) = try TinyRun.interruptedAtEveryStep(TinyRun.configuration())
    // From the middle of an epoch over the ends of two phases to the end.
    let resumed = try TrainingRun(states[11], images: BlobImages(), threads: 1)
    #expect(try TinyRun.finish(resumed) == Array(reports[11...]))
    #expect(TinyRun.bits(resumed.weights) == TinyRun.bits(run.weights))
    // The end itself.
    let ended = try TrainingRun(run.state, images: BlobImages(), threads: 1)
    #expect(try ended.step() == nil)
    #expect(ended.phase == nil)
    #expect(ended.state == run.state)
  }

  @Test func reportsContainThePosition() throws {
    let run = try TinyRun.start(TinyRun.configuration())
    #expect(run.imageCount == 57)
    #expect(run.batchesPerEpoch == TinyRun.batchesPerEpoch)
    var reports = try TinyRun.finish(run).makeIterator()
    for (phase, epochs) in TinyRun.epochs.enumerated() {
      for epoch in 0..<epochs {
        for batch in 0..<TinyRun.batchesPerEpoch {
          let next = reports.next()
          let report = try #require(next)
          let isLast = batch == TinyRun.batchesPerEpoch - 1
          #expect(report.position == TrainingPosition(phase: phase, epoch: epoch, batch: batch))
          #expect(report.images == (isLast ? 1 : 8))
          #expect(report.endsEpoch == isLast)
          #expect(report.endsPhase == (isLast && epoch == epochs - 1))
          #expect((report.heldOut != nil) == isLast)
          #expect((report.losses.coordinates > 0) == (phase == 2))
          #expect(report.losses.total == report.losses.reconstruction + report.losses.coordinates)
        }
      }
    }
    #expect(reports.next() == nil)
    #expect(run.position == TrainingPosition(phase: 3))
  }

  @Test func withoutHeldOutImagesNoneAreReported() throws {
    let run = try TinyRun.start(TinyRun.configuration(epochs: [1, 0, 0], heldOutCount: 0))
    #expect(run.imageCount == 60)
    #expect(try TinyRun.finish(run).allSatisfy { $0.heldOut == nil })
  }

  @Test func phasesWithoutEpochsAreSkipped() throws {
    let run = try TinyRun.start(TinyRun.configuration(epochs: [0, 1, 0]))
    #expect(run.position == TrainingPosition(phase: 1))
    #expect(try TinyRun.finish(run).count == TinyRun.batchesPerEpoch)
    #expect(run.position.phase == 3)
    let nothing = try TinyRun.start(TinyRun.configuration(epochs: [0, 0, 0]))
    #expect(try nothing.step() == nil)
  }

  /// The code's loss in phase 3 needs more epochs than the pixels' losses.
  @Test func lossesFallInEveryPhase() throws {
    let epochs = [6, 6, 60]
    let run = try TinyRun.start(TinyRun.configuration(epochs: epochs))
    let reports = try TinyRun.finish(run)
    for phase in 0..<3 {
      let means = (0..<epochs[phase]).map { epoch in
        let steps = reports.filter { $0.position.phase == phase && $0.position.epoch == epoch }
        return steps.reduce(0) { $0 + $1.losses.total * Double($1.images) } / 57
      }
      let (first, last) = (means[0], means[means.count - 1])
      #expect(last < 0.9 * first, "phase \(phase + 1): \(means)")
    }
  }

  /// The typed head stays as it was drawn in phase 1, all but the decoder in phase 2, the decoder in phase 3.
  @Test func phasesChangeOnlyTheTrainedLayers() throws {
    let run = try TinyRun.start(TinyRun.configuration())
    let frozen = [["head_rot"], ["encoder_backbone", "head_rot", "head_latent"], ["decoder"]]
    for (phase, prefixes) in frozen.enumerated() {
      let before = run.weights
      while run.position.phase == phase { _ = try run.step() }
      for (old, new) in zip(before, run.weights) {
        let isFrozen = prefixes.contains { new.name.hasPrefix($0) }
        #expect((old.values == new.values) == isFrozen, "\(new.name) in phase \(phase + 1)")
      }
    }
  }

  @Test func everyPhaseStartsWithNewMoments() throws {
    let run = try TinyRun.start(TinyRun.configuration())
    while run.position.phase == 0 {
      #expect(run.state.optimizerSteps == run.position.epoch * 8 + run.position.batch)
      _ = try run.step()
    }
    #expect(run.state.moments == [])
    #expect(run.state.optimizerSteps == 0)
  }
}
