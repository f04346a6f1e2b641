import Explorer

/// Input that has not been applied yet, in order.
///
/// Keys may arrive faster than they can be applied, as when a key is held down. Input beyond `limit` is
/// dropped, and a message reports it.
struct InputBacklog {
  /// Events; more than a minute of a held key.
  static let limit = 4096
  /// The number of events that are applied together: few enough to be quick, while their results are measured
  /// once.
  static let batch = 8

  private var events: [ExplorerEvent] = []
  /// The number of applied events.
  private var applied = 0

  var isEmpty: Bool { applied == events.count }

  mutating func append(_ event: ExplorerEvent) {
    let waiting = events.count - applied
    if waiting < Self.limit {
      events.append(event)
    } else if waiting == Self.limit {
      events.append(.message("too many keys at once: some were dropped"))
    } else if case .resized = event {
      // A resize is never dropped.
      events.append(event)
    }
  }

  /// Removes and returns the next events to apply.
  mutating func next() -> [ExplorerEvent] {
    let end = min(applied + Self.batch, events.count)
    defer {
      applied = end
      if isEmpty { (events, applied) = ([], 0) }
    }
    return Array(events[applied..<end])
  }
}
