import CPseudoTerminal

extension PseudoTerminal {
  /// Sends `text` several times, reads and draws what comes, and counts the calls of `write` to the terminal
  /// by which the program's first thread wrote it. That makes the program slower.
  ///
  /// - Returns: the calls, and the frames: those calls before which the program had waited for events; nil where
  ///   the system does not tell, or the program has ended.
  public func countWrites(
    typing text: String, times: Int, every interval: Duration
  ) -> (writes: Int, frames: Int)? {
    guard write_count_begin(process) else { return nil }
    var count = write_count(writes: 0, frames: 0, has_waited: true)
    for _ in 0..<times {
      type(text)
      let deadline = ContinuousClock.now + interval
      while .now < deadline {
        guard write_count_collect(process, 1, &count) else { return nil }
        for piece in record(until: .now) { draw(piece) }
      }
    }
    write_count_end(process)
    return (count.writes, count.frames)
  }
}
