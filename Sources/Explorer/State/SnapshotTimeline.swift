import Networks
import Training

/// The moments of a run that are kept, in order.
struct SnapshotTimeline {
  /// A moment, with what has been measured of it.
  struct Moment {
    var checkpoint: WeightSnapshot
    /// How its weights steer and read; absent until that is known.
    var figures: QuickEvaluation?
    /// The file that its weights were written to; absent where there is none.
    var reference: String?

    var step: Int { checkpoint.step }
    /// The phase that it belongs to, counted from 0: an end belongs to what has ended.
    var phase: Int { checkpoint.endedPhase ?? checkpoint.snapshot.position.phase }
  }

  private(set) var snapshots: [Moment] = []
  /// Whether the weights of a single moment take more memory than all may.
  private(set) var hasNoRoom = false

  /// The most moments that are kept, if memory allows: twice what a run sends, as one that was stopped may be
  /// resumed.
  static let mostMoments = 48

  /// The moment at a step, or the last one before it; the first where there is none before.
  func index(ofStep step: Int) -> Int? {
    snapshots.isEmpty ? nil : snapshots.lastIndex { $0.step <= step } ?? 0
  }

  /// The moment at which a later one's phase began; absent where there was no room for it.
  func beginning(ofPhaseOf snapshot: Moment) -> Moment? {
    let before = snapshots.prefix { $0.step < snapshot.step }
    return before.first { $0.checkpoint.endedPhase == snapshot.phase - 1 }
      ?? before.first.flatMap { $0.phase == snapshot.phase ? $0 : nil }
  }

  mutating func add(_ checkpoints: [WeightSnapshot]) {
    for checkpoint in checkpoints where snapshots.last.map({ $0.step < checkpoint.step }) ?? true {
      snapshots.append(Moment(checkpoint: checkpoint))
      makeRoom(weightBytes: checkpoint.snapshot.weights.byteCount)
    }
  }

  /// Lets moments go that have no room: every second one between the phases' ends, then these, the earliest
  /// first, then the start.
  private mutating func makeRoom(weightBytes: Int) {
    let most = min(Self.mostMoments, WeightSnapshot.maximumBytes / max(1, weightBytes))
    hasNoRoom = most == 0
    while snapshots.count > most {
      let between = snapshots.indices.dropFirst().dropLast().filter {
        snapshots[$0].checkpoint.endedPhase == nil
      }
      if between.isEmpty {
        snapshots.remove(at: snapshots.count > 2 ? 1 : 0)
      } else {
        let dropped = Set(stride(from: 0, to: between.count, by: 2).map { between[$0] })
        snapshots = snapshots.indices.filter { !dropped.contains($0) }.map { snapshots[$0] }
      }
    }
  }

  /// Notes the file that some weights were written to.
  mutating func note(_ path: String, of weights: [NamedTensor]) {
    for index in snapshots.indices where snapshots[index].checkpoint.snapshot.weights == weights {
      snapshots[index].reference = path
    }
  }

  mutating func take(_ figures: QuickEvaluation, ofStep step: Int) {
    guard let index = snapshots.firstIndex(where: { $0.step == step }) else { return }
    snapshots[index].figures = figures
  }
}
