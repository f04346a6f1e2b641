import Explorer

/// What a person did and the explorer has not applied yet, in order.
///
/// Keys may come faster than they can be followed, as from a key that lies under a book. There is a limit to how
/// many wait: what comes beyond it is dropped, and a message says so.
struct InputBacklog {
  /// More than a minute of a held key.
  static let limit = 4096
  /// What is applied together: few enough to take only a moment, and what many of them change is measured once.
  static let batch = 8

  private var events: [ExplorerEvent] = []
  /// How many of them have been applied.
  private var applied = 0

  var isEmpty: Bool { applied == events.count }

  mutating func append(_ event: ExplorerEvent) {
    let waiting = events.count - applied
    if waiting < Self.limit {
      events.append(event)
    } else if waiting == Self.limit {
      events.append(.message("too many keys at once: some were dropped"))
    } else if case .resized = event {
      // The screen is always as large as its terminal.
      events.append(event)
    }
  }

  /// The next events to apply.
  mutating func next() -> [ExplorerEvent] {
    let end = min(applied + Self.batch, events.count)
    defer {
      applied = end
      if isEmpty { (events, applied) = ([], 0) }
    }
    return Array(events[applied..<end])
  }
}
