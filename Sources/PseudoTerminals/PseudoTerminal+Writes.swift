import CPseudoTerminal

extension PseudoTerminal {
  /// Sends `text` several times, reads and draws what comes, and counts the calls of `write` to the terminal
  /// by which the program's first thread wrote it. That makes the program slower.
  ///
  /// - Returns: nil where the system does not tell, or the program has ended.
  public func countWrites(typing text: String, times: Int, every interval: Duration) -> Int? {
    guard write_count_begin(process) else { return nil }
    var count = 0
    for _ in 0..<times {
      type(text)
      let deadline = ContinuousClock.now + interval
      while .now < deadline {
        let more = write_count_collect(process, 1)
        guard more >= 0 else { return nil }
        count += more
        for piece in record(until: .now) { draw(piece) }
      }
    }
    write_count_end(process)
    return count
  }
}
