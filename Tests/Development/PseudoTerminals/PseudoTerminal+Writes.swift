import CPseudoTerminal

extension PseudoTerminal {
  /// Sends `text` repeatedly, draws the output, and counts the calls of `write` by the program's first
  /// thread. This slows down the program.
  ///
  /// - Returns: the number of calls, and of frames: calls after a wait for events; nil where the system does
  ///   not provide them, or the program has ended.
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
