import Essentials
import Primitives

/// Pauses background work while input is applied, so that keys are answered quickly when training uses all
/// cores.
final class CooperativeYield: Sendable {
  private static let pollInterval = 0.0005
  private let isSuspended = Locked(false)

  func suspend() { isSuspended.withLock { $0 = true } }

  func resume() { isSuspended.withLock { $0 = false } }

  /// Waits while suspended.
  func waitWhileSuspended() {
    while isSuspended.withLock({ $0 }) { sleep(seconds: Self.pollInterval) }
  }
}
