import Datasets
import Primitives

@testable import ExplorerApp
@testable import Training

/// A training session without a run: a test posts the changes, and reads the commands.
final class ScriptedTraining: TrainingControl {
  private struct Shared {
    var calls: [Call] = []
    var update = TrainingUpdate()
    var configuration: TrainingConfiguration?
    var isWatched = false
    var step = 0
  }

  /// A call of the loop.
  enum Call: Equatable {
    case start(TrainingPosition)
    case send(TrainingSession.Command)
    case end, waitUntilIdle
  }

  private let shared = Locked(Shared())
  private let wake: @Sendable () -> Void

  init(wake: @escaping @Sendable () -> Void) {
    self.wake = wake
  }

  var calls: [Call] { shared.withLock { $0.calls } }

  /// The number of requests for weights.
  var requestCount: Int { calls.count { $0 == .send(.snapshot) } }

  func start(_ state: TrainingState, images: any ImageSource, threads: Int) {
    shared.withLock { shared in
      shared.calls.append(.start(state.position))
      shared.configuration = state.configuration
      shared.update = TrainingUpdate()
      shared.update.status = .running
      shared.update.images = (perEpoch: 1280, batches: 10)
    }
  }

  func send(_ command: TrainingSession.Command) { shared.withLock { $0.calls.append(.send(command)) } }

  func receiveUpdate() -> TrainingUpdate {
    shared.withLock { shared in
      defer {
        var next = TrainingUpdate()
        (next.status, next.position) = (shared.update.status, shared.update.position)
        shared.update = next
      }
      return shared.update
    }
  }

  func wakeOnUpdate() { shared.withLock { $0.isWatched = true } }

  func end() { shared.withLock { $0.calls.append(.end) } }

  func waitUntilIdle() { shared.withLock { $0.calls.append(.waitUntilIdle) } }

  /// Reports a step of the run.
  func postStep() {
    post { shared in
      let losses = Losses(total: 0.1, reconstruction: 0.1, coordinates: 0)
      shared.update.reports.append(
        StepReport(
          position: TrainingPosition(batch: shared.step), images: 128, losses: losses, heldOut: nil,
          endsEpoch: false, endsPhase: false))
      shared.update.seconds.append(0.02 * Double(shared.step))
      shared.step += 1
    }
  }

  func post(_ status: TrainingStatus) { post { $0.update.status = status } }

  /// Sends weights, which differ from one seed to another.
  func postWeights(seed: UInt64) {
    post { shared in
      guard let configuration = shared.configuration else { return }
      shared.update.snapshot = TrainingSnapshot(
        configuration: configuration, position: TrainingPosition(batch: shared.step),
        weights: LoopRun.weights(seed: seed))
    }
  }

  private func post(_ change: (inout Shared) -> Void) {
    let isWatched = shared.withLock { shared in
      change(&shared)
      defer { shared.isWatched = false }
      return shared.isWatched
    }
    if isWatched { wake() }
  }
}
