import Networks

/// Weights kept during a run, to look back at.
public struct WeightSnapshot: Sendable, Hashable {
  /// The weights and their position.
  public var snapshot: TrainingSnapshot
  /// The number of the recipe's steps before it.
  public var step: Int
  /// The phase that ended there, counted from 0; nil within a phase.
  public var endedPhase: Int?

  /// The limit on the memory of a run's snapshots together, in bytes. Snapshots beyond it are not kept; a
  /// network larger than this has none.
  public static let maximumBytes = 128_000_000
}

/// The steps of a run at which snapshots are kept: its start, the end of each phase, and even steps in
/// between.
struct WeightSnapshotPlan {
  /// The number of steps between two snapshots.
  let interval: Int
  private let batchesPerEpoch: Int
  private let epochs: [Int]

  /// The largest number of snapshots between the phases' ends.
  private static let maximumCount = 24

  /// Plans the snapshots of a run.
  ///
  /// - Parameters:
  ///   - phase: the first phase of the run.
  ///   - weightBytes: the memory of one snapshot.
  init(_ recipe: Recipe, from phase: Int, batchesPerEpoch: Int, weightBytes: Int) {
    epochs = recipe.phases.map(\.epochs)
    self.batchesPerEpoch = batchesPerEpoch
    let steps = epochs.dropFirst(phase).reduce(0, +) * batchesPerEpoch
    // Room for the start, the phases' ends and the step where the run is stopped.
    let room = WeightSnapshot.maximumBytes / max(1, weightBytes) - epochs.dropFirst(phase).count - 2
    let count = min(Self.maximumCount, room)
    interval = count > 0 ? max(1, (steps + count - 1) / count) : .max
  }

  /// The number of the recipe's steps before a position.
  func step(at position: TrainingPosition) -> Int {
    epochs.prefix(position.phase).reduce(0, +) * batchesPerEpoch
      + position.epoch * batchesPerEpoch + position.batch
  }

  /// Tells whether a snapshot is kept at a position within a phase; not close to its ends.
  func keeps(_ position: TrainingPosition) -> Bool {
    guard position.phase < epochs.count, step(at: position) % interval == 0 else { return false }
    let begun = position.epoch * batchesPerEpoch + position.batch
    let left = epochs[position.phase] * batchesPerEpoch - begun
    return 4 * min(begun, left) >= interval
  }
}

extension [NamedTensor] {
  /// The memory of the values, in bytes.
  public var byteCount: Int { reduce(0) { $0 + $1.values.count * MemoryLayout<Float>.size } }
}
