import Dispatch
import Primitives

/// Writes checkpoints on a queue of its own, so that learning does not wait for the disk.
///
/// Where they come faster than they can be written, the newest goes before the others; the best is not
/// passed over. Older files go once the newer ones are durable.
public final class CheckpointWriter: Sendable {
  /// What has become of a checkpoint.
  public enum Outcome: Sendable, Equatable {
    /// It outlasts a loss of power.
    case written(path: String)
    /// It could not be written; those before it are as they were.
    case failed(ModelFileError)
  }

  private struct SharedState {
    var waiting: [Checkpoint] = []
    var outcomes: [Outcome] = []
    /// The checkpoints that are written.
    var written: CheckpointSelection
    /// The same with those that wait.
    var submitted: CheckpointSelection
  }

  private let folder: CheckpointFolder
  private let metricsPath: String?
  private let calls: SystemCalls
  private let shared: Locked<SharedState>
  private let queue = DispatchQueue(label: "checkpoints", qos: .utility)

  /// A writer to `folder`.
  ///
  /// - Parameters:
  ///   - present: the checkpoints that are there and whole; all others go with the next that is written.
  ///   - metricsPath: the metrics, whose lines a checkpoint counts: they become durable before it.
  public init(
    _ folder: CheckpointFolder, present: CheckpointSelection = CheckpointSelection(),
    metricsPath: String? = nil, calls: SystemCalls = .system
  ) {
    self.folder = folder
    self.metricsPath = metricsPath
    self.calls = calls
    shared = Locked(SharedState(written: present, submitted: present))
  }

  /// Has `checkpoint` written soon.
  public func submit(_ checkpoint: Checkpoint) {
    shared.withLock { shared in
      if let last = shared.waiting.last {
        let isBetter = shared.submitted.wouldBeBest(checkpoint.progress.heldOut)
        let lastIsBest = shared.submitted.best?.steps == last.progress.steps
        // Of two that wait, the first is the best so far: it is not passed over for one that is merely newer.
        if isBetter { shared.waiting.removeAll() } else if !lastIsBest { shared.waiting.removeLast() }
      }
      shared.waiting.append(checkpoint)
      shared.submitted.add(checkpoint.progress)
      shared.submitted.prune()
    }
    queue.async { [self] in writeNext() }
  }

  /// Whether nothing waits.
  public var isIdle: Bool { shared.withLock { $0.waiting.isEmpty } }

  /// What has become of checkpoints since the last call.
  public func receiveOutcomes() -> [Outcome] {
    shared.withLock { shared in
      defer { shared.outcomes = [] }
      return shared.outcomes
    }
  }

  /// Waits until all is written.
  public func waitUntilIdle() {
    queue.sync {}
  }

  private func writeNext() {
    let next = shared.withLock { $0.waiting.first }
    guard let next else { return }
    let outcome = write(next)
    shared.withLock { shared in
      shared.waiting.removeAll { $0.progress.steps == next.progress.steps }
      shared.outcomes.append(outcome)
    }
  }

  private func write(_ checkpoint: Checkpoint) -> Outcome {
    let path = folder.filePath(steps: checkpoint.progress.steps)
    if let metricsPath { AtomicFile.synchronize(metricsPath, calls: calls) }
    do {
      try CheckpointFile.write(checkpoint, to: path, calls: calls)
    } catch {
      return .failed(error)
    }
    let kept = shared.withLock { shared in
      shared.written.add(checkpoint.progress)
      shared.written.prune()
      return shared.written.kept
    }
    folder.removeAll(except: kept)
    return .written(path: path)
  }
}
