import Primitives

/// The clocks of the explorer, in seconds; tests replace them.
package struct Clocks: Sendable {
  /// A clock that is never set.
  package var seconds: @Sendable () -> Double
  /// The processor time of the calling thread.
  package var threadSeconds: @Sendable () -> Double

  package init(
    seconds: @escaping @Sendable () -> Double, threadSeconds: @escaping @Sendable () -> Double
  ) {
    (self.seconds, self.threadSeconds) = (seconds, threadSeconds)
  }

  /// The clocks of the system.
  package static let system = Clocks(
    seconds: SystemClock.seconds, threadSeconds: SystemClock.threadSeconds)
}
