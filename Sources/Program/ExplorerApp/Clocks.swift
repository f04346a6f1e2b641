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

/// A limit for repeated work: at most a given fraction of one processor's time.
struct WorkBudget: Sendable {
  private let fraction: Double
  private var next = -Double.infinity

  /// Allows a fraction of one processor, above 0.
  init(fraction: Double) {
    self.fraction = fraction
  }

  /// Returns true if the work may be done at a time in seconds.
  func allows(at now: Double) -> Bool { now >= next }

  /// Records the work's processor time in seconds, up to `now`.
  mutating func note(cost: Double, at now: Double) { next = now + cost / fraction }
}

/// The time for which a message is shown, after which the readouts return.
struct MessageTimer {
  static let seconds = 5.0

  private var message: String?
  /// The time at which the shown message expires.
  private(set) var end: Double?

  /// Returns true if the shown message has expired; its time begins when it is first passed here.
  mutating func hasExpired(_ shown: String?, at now: Double) -> Bool {
    if shown != message {
      message = shown
      end = shown == nil ? nil : now + Self.seconds
    }
    guard let end, now >= end else { return false }
    (self.end, message) = (nil, nil)
    return true
  }
}
