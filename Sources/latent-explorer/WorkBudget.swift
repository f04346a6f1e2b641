import Foundation

/// Lets work be repeated only so often that it takes no more than a share of one processor's time.
struct WorkBudget: Sendable {
  private let fraction: Double
  private var next = -Double.infinity

  /// Grants a share of one processor, above 0.
  init(fraction: Double) {
    self.fraction = fraction
  }

  /// Whether the work may be done at a time in seconds.
  func allows(at now: Double) -> Bool { now >= next }

  /// Notes that the work has cost so many seconds of a processor, up to `now`.
  mutating func note(cost: Double, at now: Double) { next = now + cost / fraction }

  /// The seconds that the calling thread has kept a processor busy so far.
  static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
