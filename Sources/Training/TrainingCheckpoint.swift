import Networks

/// A moment of a run that is kept, to look back at.
public struct TrainingCheckpoint: Sendable, Hashable {
  /// Weights and place.
  public var snapshot: TrainingSnapshot
  /// How many of the recipe's steps lie before it.
  public var step: Int
  /// The phase that ended there, counted from 0; absent between.
  public var endedPhase: Int?
}

/// Which moments of a run are kept: its start, the end of each phase, and even steps between them.
struct CheckpointPlan {
  /// Every so many steps of the recipe.
  let interval: Int
  private let batchesPerEpoch: Int
  private let epochs: [Int]

  /// The most moments between the phases' ends, and the most memory that they may take.
  private static let mostMoments = 24
  private static let mostBytes = 64 << 20
  /// As few as this are kept of the largest networks.
  private static let fewestMoments = 4

  /// - Parameters:
  ///   - phase: where the run begins.
  ///   - weightBytes: the memory that the weights of one moment take.
  init(_ recipe: Recipe, from phase: Int, batchesPerEpoch: Int, weightBytes: Int) {
    epochs = recipe.phases.map(\.epochs)
    self.batchesPerEpoch = batchesPerEpoch
    let steps = epochs.dropFirst(phase).reduce(0, +) * batchesPerEpoch
    let count = min(Self.mostMoments, max(Self.fewestMoments, Self.mostBytes / max(1, weightBytes)))
    interval = max(1, (steps + count - 1) / count)
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
