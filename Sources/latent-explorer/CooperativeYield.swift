import Foundation
import Primitives

/// Lets work in the background rest while a person's keys are answered: on a machine whose cores all train,
/// it would stand in their way.
final class CooperativeYield: Sendable {
  private static let look = 0.0005
  private let isClosed = Locked(false)

  func close() { isClosed.withLock { $0 = true } }

  func open() { isClosed.withLock { $0 = false } }

  /// Waits while the gate is closed.
  func pass() {
    while isClosed.withLock({ $0 }) { Thread.sleep(forTimeInterval: Self.look) }
  }
}
