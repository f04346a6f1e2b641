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
