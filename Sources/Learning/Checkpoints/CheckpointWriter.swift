import Dispatch
import Primitives

/// Writes checkpoints on a serial queue, so that training does not wait for the disk.
///
/// While one is being written, newer checkpoints replace waiting ones, except the best. Older files are
/// removed once newer ones are on the disk.
public final class CheckpointWriter: Sendable {
  /// The outcome of writing a checkpoint.
  public enum Outcome: Sendable, Equatable {
    /// The file is on the disk.
    case written(path: String)
    /// Writing failed; earlier checkpoints are unchanged.
    case failed(ModelFileError)
  }

  private struct SharedState {
    var waiting: [Checkpoint] = []
    var outcomes: [Outcome] = []
    /// The checkpoints on the disk.
    var written: CheckpointSelection
    /// The checkpoints on the disk and the waiting ones.
    var submitted: CheckpointSelection
  }

  private let folder: CheckpointFolder
  private let metricsPath: String?
  private let calls: SystemCalls
  private let shared: Locked<SharedState>
  private let queue = DispatchQueue(label: "checkpoints", qos: .utility)

  /// Creates a writer to `folder`.
  ///
  /// - Parameters:
  ///   - present: the valid checkpoints in the folder; all others are removed after the next write.
  ///   - metricsPath: the metrics, which are flushed before a checkpoint that counts their lines.
  public init(
    _ folder: CheckpointFolder, present: CheckpointSelection = CheckpointSelection(),
    metricsPath: String? = nil, calls: SystemCalls = .system
  ) {
    self.folder = folder
    self.metricsPath = metricsPath
    self.calls = calls
    shared = Locked(SharedState(written: present, submitted: present))
  }

  /// Schedules `checkpoint` for writing.
  public func submit(_ checkpoint: Checkpoint) {
    shared.withLock { shared in
      if let last = shared.waiting.last {
        let isBetter = shared.submitted.wouldBeBest(checkpoint.progress.heldOut)
        let lastIsBest = shared.submitted.best?.steps == last.progress.steps
        // The waiting checkpoint is the best so far: a newer but worse one does not replace it.
        if isBetter { shared.waiting.removeAll() } else if !lastIsBest { shared.waiting.removeLast() }
      }
      shared.waiting.append(checkpoint)
      shared.submitted.add(checkpoint.progress)
      shared.submitted.prune()
    }
    queue.async { [self] in writeNext() }
  }

  /// Tells whether no checkpoint is waiting.
  public var isIdle: Bool { shared.withLock { $0.waiting.isEmpty } }

  /// Returns the outcomes since the last call.
  public func receiveOutcomes() -> [Outcome] {
    shared.withLock { shared in
      defer { shared.outcomes = [] }
      return shared.outcomes
    }
  }

  /// Waits until everything is written.
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
