import Foundation
import Primitives

/// Pauses background work while input is applied, so that keys are answered quickly when training uses all
/// cores.
final class CooperativeYield: Sendable {
  private static let look = 0.0005
  private let isClosed = Locked(false)

  func close() { isClosed.withLock { $0 = true } }

  func open() { isClosed.withLock { $0 = false } }

  /// Waits while suspended.
  func pass() {
    while isClosed.withLock({ $0 }) { Thread.sleep(forTimeInterval: Self.look) }
  }
}
