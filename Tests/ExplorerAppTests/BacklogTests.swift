import Explorer
import Screen
import Testing

@testable import ExplorerApp

/// Input that comes faster than it is applied, and input that waits for an inference.
@Suite struct BacklogTests {
  private func count(_ backlog: inout InputBacklog) -> (keys: Int, sizes: Int, messages: Int, largest: Int) {
    var result = (keys: 0, sizes: 0, messages: 0, largest: 0)
    while !backlog.isEmpty {
      let events = backlog.next()
      result.largest = max(result.largest, events.count)
      for event in events {
        switch event {
        case .key: result.keys += 1
        case .resized: result.sizes += 1
        case .message: result.messages += 1
        default: Issue.record("another event: \(event)")
        }
      }
    }
    return result
  }

  @Test func inputBeyondTheLimitIsDroppedButNoSize() {
    var backlog = InputBacklog()
    #expect(backlog.isEmpty)
    for _ in 0..<(InputBacklog.limit + 100) { backlog.append(.key(.right)) }
    for _ in 0..<3 { backlog.append(.resized(Size(width: 80, height: 24))) }
    let found = count(&backlog)
    #expect(found == (InputBacklog.limit, 3, 1, InputBacklog.batch))
    // It takes as much again.
    for _ in 0..<10 { backlog.append(.key(.right)) }
    let others = count(&backlog)
    #expect(others == (10, 0, 0, InputBacklog.batch))
  }

  /// Frames come between the keys of a flood, and those that are kept all count.
  @Test func aFloodIsAppliedBetweenFrames() throws {
    let run = try LoopRun()
    run.answersAtOnce = false
    run.clock.setSecondsPerReading(0.001)
    let keys = Array(repeating: TerminalEvent.key(.right), count: InputBacklog.limit + 1000)
    run.at(1) { keys }
    try run.run(until: 100)
    #expect(run.times(from: 1).count > 10)
    // 4096 steps of 5° are 56 turns and 320°.
    #expect(run.angle() == -40)
    #expect(run.frames.contains { ScreenText.plain($0.canvas).contains("too many keys at once") })
  }

  // MARK: Pictures of another thread

  @Test func aFrameWaitsForItsPictureButNotForLong() throws {
    for delay in [0.005, 0.5] {
      let run = try LoopRun(isLarge: true)
      run.at(0.5) {
        run.answersAtOnce = false
        return []
      }
      try run.press("Right", at: 1)
      run.at(1 + delay) {
        run.answersAtOnce = true
        return []
      }
      try run.run(until: 2)
      let shown = try #require(run.times(from: 1).first)
      #expect(abs(shown - (1 + min(delay, FramePacer.pictureTimeout))) < 1e-6)
    }
  }

  /// A key that depends on the encoder's values waits for them, and those behind it keep their order.
  @Test func keysWaitForTheEncoder() throws {
    let run = try LoopRun(isLarge: true)
    run.at(0.5) {
      run.answersAtOnce = false
      return []
    }
    try run.press("n", at: 1)
    try run.press("Right", at: 1.1)
    try run.press("Right", at: 1.2)
    run.at(2) {
      run.answersAtOnce = true
      return []
    }
    try run.run(until: 3)
    #expect(run.angle(at: 1.99) == 0)
    #expect(run.angle(at: 2.1) == 10)
  }
}
