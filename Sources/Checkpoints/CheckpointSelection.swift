/// Which of a run's checkpoints are kept: the last three, and the best.
///
/// The best has the lowest held-out loss of its phase. Losses of different phases say nothing about each
/// other, so that the best of the newest phase that has one counts.
public struct CheckpointSelection: Sendable, Hashable {
  /// How many of the newest checkpoints are kept.
  public static let newestCount = 3

  private var heldOutLosses: [Int: RunProgress.HeldOutLoss?] = [:]

  /// No checkpoint.
  public init() {}

  /// Counts in a checkpoint that has been written.
  public mutating func add(_ progress: RunProgress) {
    heldOutLosses.updateValue(progress.heldOut, forKey: progress.steps)
  }

  /// Forgets what is not kept.
  public mutating func prune() {
    let kept = kept
    heldOutLosses = heldOutLosses.filter { kept.contains($0.key) }
  }

  /// The steps of the checkpoints that are kept.
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

  /// Whether a checkpoint with this held-out loss would be the best.
  func wouldBeBest(_ loss: RunProgress.HeldOutLoss?) -> Bool {
    guard let loss else { return false }
    guard let best else { return true }
    return (-loss.phase, loss.loss) < (-best.loss.phase, best.loss.loss)
  }
}
