import Datasets
import Evaluation
import Goldens
import Kernels
import Primitives
import Synchronization
import Testing

@testable import Training

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Images that note the mode of each thread that reads them.
private final class WatchingImages: ImageSource {
  /// The modes that were seen on each thread.
  let modes = Locked<[UInt: Set<Bool>]>([:])
  private let images = BlobImages()
  let shape = ImageShape.mnist
  var count: Int { images.count }

  func label(at index: Int) -> Int? { 0 }

  func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    modes.withLock { _ = $0[currentThread, default: []].insert(SubnormalNumbers.areFlushed) }
    return images.withPixels(at: index, body)
  }
}

/// The calling thread, as a number.
private var currentThread: UInt {
  #if canImport(Darwin)
    UInt(bitPattern: pthread_self())
  #else
    UInt(pthread_self())
  #endif
}

@Suite struct SubnormalTrainingTests {
  #if arch(x86_64) || arch(arm64)
    private static let isSupported = true
  #else
    private static let isSupported = false
  #endif

  /// Batches that are large enough for each thread to have rows.
  private static let configuration = TinyRun.configuration(batchSize: 48)

  /// All phases, with held-out losses at the ends of epochs, and the latents that phase 2 reads before its steps.
  @Test(arguments: [1, 3]) func everyThreadOfARunFlushesAndTheCallersModeIsRestored(threads: Int) throws {
    let images = WatchingImages()
    let run = try TrainingRun(TrainingState(Self.configuration), images: images, threads: threads)
    #expect(!SubnormalNumbers.areFlushed)
    while try run.step() != nil { #expect(!SubnormalNumbers.areFlushed) }
    let modes = images.modes.withLock { $0 }
    #expect(modes.count == threads)
    #expect(modes[currentThread] != nil)
    #expect(Set(modes.values) == [[Self.isSupported]])
  }

  @Test func aRunThatStartsInTheMiddleFlushesWhatItReadsFirst() throws {
    let images = WatchingImages()
    let weights = TrainingState(Self.configuration).weights
    _ = try TrainingRun(
      TrainingState(Self.configuration, phase: 1, weights: weights), images: images, threads: 2)
    #expect(!SubnormalNumbers.areFlushed)
    let modes = images.modes.withLock { $0 }
    #expect(modes.count == 2)
    #expect(Set(modes.values) == [[Self.isSupported]])
  }

  @Test func aStepThatFailsRestoresTheMode() throws {
    var state = TrainingState(Self.configuration)
    for index in state.weights.indices where state.weights[index].name == "head_latent.weight" {
      for place in state.weights[index].values.indices { state.weights[index].values[place] = 1e38 }
    }
    let run = try TrainingRun(state, images: BlobImages(), threads: 1)
    #expect(throws: TrainingError.self) { try run.step() }
    #expect(!SubnormalNumbers.areFlushed)
  }

  /// A mode that the caller has set for a thread outlives the run.
  @Test func aCallerThatFlushesGoesOnFlushing() throws {
    let run = try TinyRun.start(Self.configuration)
    let after = try SubnormalNumbers.flushed {
      _ = try run.step()
      return SubnormalNumbers.areFlushed
    }
    #expect(after == Self.isSupported)
    #expect(!SubnormalNumbers.areFlushed)
  }

  /// A session's thread calls `wake` between two steps, and serves others afterwards.
  @Test func theThreadOfASessionHasItsOwnModeBetweenSteps() {
    let images = WatchingImages()
    let wakes = Locked<[Bool]>([])
    let seconds = Atomic(0)
    let session = TrainingSession(
      seconds: { Double(seconds.wrappingAdd(1, ordering: .relaxed).newValue) },
      wake: { wakes.withLock { $0.append(SubnormalNumbers.areFlushed) } })
    session.wakeOnUpdate()
    session.start(TrainingState(Self.configuration), images: images, threads: 2)
    session.waitUntilIdle()
    let modes = images.modes.withLock { $0 }
    #expect(modes.count == 2 && modes[currentThread] == nil)
    #expect(Set(modes.values) == [[Self.isSupported]])
    let seen = wakes.withLock { $0 }
    #expect(!seen.isEmpty && !seen.contains(true))
    #expect(!SubnormalNumbers.areFlushed)
  }

  /// Evaluation and decoding are not training: their last bits must not depend on the mode.
  @Test func evaluationsDoNotFlush() throws {
    let images = WatchingImages()
    let model = try TinyRun.start(Self.configuration).model(data: "blobs")
    _ = try Evaluation.measure(model, on: images, training: images, threads: 2)
    let modes = images.modes.withLock { $0 }
    #expect(modes.count == 2)
    #expect(Set(modes.values) == [[false]])
  }

  /// Moments of weights without a gradient decay to zero, where they would end in the smallest subnormal numbers.
  @Test func momentsWithoutAGradientBecomeZero() throws {
    var state = TrainingState(TinyRun.configuration(epochs: [4, 0, 0]))
    let first = try TrainingRun(state, images: BlobImages(), threads: 1)
    _ = try first.step()
    state = first.state
    let tiny = Float(bitPattern: 4)
    for index in state.moments.indices {
      for place in state.moments[index].values.indices where state.moments[index].values[place] == 0 {
        state.moments[index].values[place] = tiny
      }
    }
    #expect(state.moments.contains { $0.values.contains(tiny) })
    let run = try TrainingRun(state, images: BlobImages(), threads: 2)
    _ = try run.step()
    #expect(!run.state.moments.contains { $0.values.contains { $0.isSubnormal } } == Self.isSupported)
  }
}
