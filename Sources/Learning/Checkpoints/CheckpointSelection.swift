/// The checkpoints of a run to keep: the last three and the best.
///
/// The best has the lowest held-out loss of the newest phase that has one; losses of different phases are not
/// comparable.
public struct CheckpointSelection: Sendable, Hashable {
  /// The number of newest checkpoints to keep.
  public static let newestCount = 3

  private var heldOutLosses: [Int: RunProgress.HeldOutLoss?] = [:]

  /// Creates an empty selection.
  public init() {}

  /// Adds a written checkpoint.
  public mutating func add(_ progress: RunProgress) {
    heldOutLosses.updateValue(progress.heldOut, forKey: progress.steps)
  }

  /// Removes the checkpoints that are not kept.
  public mutating func prune() {
    let kept = kept
    heldOutLosses = heldOutLosses.filter { kept.contains($0.key) }
  }

  /// The steps of the checkpoints to keep.
  public var kept: Set<Int> {
    Set(heldOutLosses.keys.sorted().suffix(Self.newestCount)).union(best.map { [$0.steps] } ?? [])
  }

  /// The best checkpoint's step and loss; of equal losses the earlier one.
  public var best: (steps: Int, loss: RunProgress.HeldOutLoss)? {
    let candidates = heldOutLosses.compactMap { steps, loss in loss.map { (steps: steps, loss: $0) } }
    return candidates.min {
      (-$0.loss.phase, $0.loss.loss, $0.steps) < (-$1.loss.phase, $1.loss.loss, $1.steps)
    }
  }

  /// Tells whether a checkpoint with this held-out loss would be the best.
  func wouldBeBest(_ loss: RunProgress.HeldOutLoss?) -> Bool {
    guard let loss else { return false }
    guard let best else { return true }
    return (-loss.phase, loss.loss) < (-best.loss.phase, best.loss.loss)
  }
}
