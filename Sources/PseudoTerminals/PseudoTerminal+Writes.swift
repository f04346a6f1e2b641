import CPseudoTerminal

extension PseudoTerminal {
  /// Reads and draws all that comes until a moment, and counts the calls of `write` to standard output by
  /// which the program's first thread wrote it. That makes the program slower.
  ///
  /// - Returns: nil where the system does not tell, or the program has ended.
  public func countWrites(until deadline: ContinuousClock.Instant) -> Int? {
    guard write_count_begin(process) else { return nil }
    var count = 0
    while .now < deadline {
      let more = write_count_collect(process, 1)
      guard more >= 0 else { return nil }
      count += more
      for piece in record(until: .now) { draw(piece) }
    }
    write_count_end(process)
    return count
  }
}
