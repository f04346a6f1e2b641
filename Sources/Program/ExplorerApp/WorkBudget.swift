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
