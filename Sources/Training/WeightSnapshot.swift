import Networks

/// A moment of a run that is kept, to look back at.
public struct WeightSnapshot: Sendable, Hashable {
  /// Weights and place.
  public var snapshot: TrainingSnapshot
  /// How many of the recipe's steps lie before it.
  public var step: Int
  /// The phase that ended there, counted from 0; absent between.
  public var endedPhase: Int?

  /// The most memory that the weights of a run's moments take together, in bytes, however large its network.
  /// Moments that have no room are not kept; of a network that is larger than this, there is none.
  public static let maximumBytes = 128_000_000
}

/// Which moments of a run are kept: its start, the end of each phase, and even steps between them.
struct WeightSnapshotPlan {
  /// Every so many steps of the recipe.
  let interval: Int
  private let batchesPerEpoch: Int
  private let epochs: [Int]

  /// The most moments between the phases' ends.
  private static let maximumCount = 24

  /// - Parameters:
  ///   - phase: where the run begins.
  ///   - weightBytes: the memory that the weights of one moment take.
  init(_ recipe: Recipe, from phase: Int, batchesPerEpoch: Int, weightBytes: Int) {
    epochs = recipe.phases.map(\.epochs)
    self.batchesPerEpoch = batchesPerEpoch
    let steps = epochs.dropFirst(phase).reduce(0, +) * batchesPerEpoch
    // The start, the phases' ends and where the run is stopped come first.
    let room = WeightSnapshot.maximumBytes / max(1, weightBytes) - epochs.dropFirst(phase).count - 2
    let count = min(Self.maximumCount, room)
    interval = count > 0 ? max(1, (steps + count - 1) / count) : .max
  }

  /// How many of the recipe's steps lie before a position.
  func step(at position: TrainingPosition) -> Int {
    epochs.prefix(position.phase).reduce(0, +) * batchesPerEpoch
      + position.epoch * batchesPerEpoch + position.batch
  }

  /// Whether the weights at a position between two phases' ends are kept: not where an end is near.
  func keeps(_ position: TrainingPosition) -> Bool {
    guard position.phase < epochs.count, step(at: position) % interval == 0 else { return false }
    let begun = position.epoch * batchesPerEpoch + position.batch
    let left = epochs[position.phase] * batchesPerEpoch - begun
    return 4 * min(begun, left) >= interval
  }
}

extension [NamedTensor] {
  /// How much memory the numbers take, in bytes.
  public var byteCount: Int { reduce(0) { $0 + $1.values.count * MemoryLayout<Float>.size } }
}
