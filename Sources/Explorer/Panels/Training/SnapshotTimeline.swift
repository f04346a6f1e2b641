import Evaluation
import Networks
import Training

/// The stored snapshots of a run, in order.
struct SnapshotTimeline {
  /// A snapshot with its figures.
  struct Snapshot {
    /// The weights and their step.
    var kept: WeightSnapshot
    /// The steering and encoding figures; nil until they have been measured.
    var figures: QuickEvaluation?
    /// The file that its weights were written to; nil without one.
    var reference: String?

    var step: Int { kept.step }
    /// The phase of the snapshot, counted from 0; the end of a phase belongs to that phase.
    var phase: Int { kept.endedPhase ?? kept.snapshot.position.phase }
  }

  private(set) var snapshots: [Snapshot] = []
  /// Tells whether one snapshot exceeds the memory limit of all.
  private(set) var hasNoRoom = false

  /// The largest number of snapshots if memory allows: twice the number that a run sends, because a stopped
  /// run may be resumed.
  static let maximumCount = 48

  /// The index of the snapshot at or before a step; the first if there is none before.
  func index(ofStep step: Int) -> Int? {
    snapshots.isEmpty ? nil : snapshots.lastIndex { $0.step <= step } ?? 0
  }

  /// The snapshot at the start of the phase of `snapshot`; nil if it was removed.
  func beginning(ofPhaseOf snapshot: Snapshot) -> Snapshot? {
    let before = snapshots.prefix { $0.step < snapshot.step }
    return before.first { $0.kept.endedPhase == snapshot.phase - 1 }
      ?? before.first.flatMap { $0.phase == snapshot.phase ? $0 : nil }
  }

  mutating func add(_ added: [WeightSnapshot]) {
    for snapshot in added where snapshots.last.map({ $0.step < snapshot.step }) ?? true {
      snapshots.append(Snapshot(kept: snapshot))
      makeRoom(weightBytes: snapshot.snapshot.weights.byteCount)
    }
  }

  /// Removes snapshots beyond the limit: every second one within phases at a time, then the ends of
  /// phases from the earliest on, then the start.
  private mutating func makeRoom(weightBytes: Int) {
    let most = min(Self.maximumCount, WeightSnapshot.maximumBytes / max(1, weightBytes))
    hasNoRoom = most == 0
    while snapshots.count > most {
      let between = snapshots.indices.dropFirst().dropLast().filter {
        snapshots[$0].kept.endedPhase == nil
      }
      if between.isEmpty {
        snapshots.remove(at: snapshots.count > 2 ? 1 : 0)
      } else {
        let dropped = Set(stride(from: 0, to: between.count, by: 2).map { between[$0] })
        snapshots = snapshots.indices.filter { !dropped.contains($0) }.map { snapshots[$0] }
      }
    }
  }

  /// Records the file that weights were written to.
  mutating func note(_ path: String, of weights: [NamedTensor]) {
    for index in snapshots.indices where snapshots[index].kept.snapshot.weights == weights {
      snapshots[index].reference = path
    }
  }

  mutating func record(_ figures: QuickEvaluation, ofStep step: Int) {
    guard let index = snapshots.firstIndex(where: { $0.step == step }) else { return }
    snapshots[index].figures = figures
  }
}
