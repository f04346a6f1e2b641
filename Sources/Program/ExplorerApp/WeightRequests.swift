/// Requests for the weights of a run, so that training is hardly slower: copying them costs the training
/// threads about as much as showing them costs here.
struct WeightRequests {
  /// True while requested weights have not been shown. No more are requested meanwhile, so that none pile up
  /// on a slow machine.
  private var isWaiting = false
  /// True if there were steps since the last request.
  private var hasNewer = false
  private var budget = WorkBudget(fraction: 0.008)

  /// Forgets the requests of earlier runs.
  mutating func beginRun() { (isWaiting, hasNewer) = (false, false) }

  /// Records steps of the run.
  mutating func noteSteps() { hasNewer = true }

  /// Records the arrival of requested weights.
  mutating func noteArrival() { isWaiting = false }

  /// Records the processor time for showing weights in seconds, up to `now`.
  mutating func note(cost: Double, at now: Double) { budget.note(cost: cost, at: now) }

  /// Returns true if the newest weights are to be requested now: rarely while the run continues, and always
  /// when it pauses.
  mutating func request(isRunning: Bool, at now: Double) -> Bool {
    guard hasNewer, !isWaiting, !isRunning || budget.allows(at: now) else { return false }
    (isWaiting, hasNewer) = (true, false)
    return true
  }
}
