import Screen
import Testing

/// Playback: a slider's range takes six seconds at the normal speed.
@Suite struct PlayingTests {
  @Test func theSpeedIsThatOfTheClock() throws {
    let run = try LoopRun()
    try run.press("a", at: 1)
    try run.press("a", at: 3)
    try run.run(until: 4)
    // 360° in 6 s; the last frame may be 1/30 s old.
    let angle = try #require(run.angle())
    #expect((118...120).contains(angle))
    #expect((28...31).contains(run.mostFramesPerSecond(from: 1, to: 3)))
    #expect(run.times(from: 3.1).isEmpty)
  }

  @Test func aSlowConnectionChangesNoSpeed() throws {
    let run = try LoopRun()
    run.bytesPerFrame = 8000
    try run.press("a", at: 1)
    try run.press("a", at: 3)
    try run.run(until: 4)
    let angle = try #require(run.angle())
    #expect((115...120).contains(angle))
  }

  /// The time between two playbacks moves nothing.
  @Test func aPauseIsNotMadeUpFor() throws {
    let run = try LoopRun()
    try run.press("a", at: 1)
    try run.press("a", at: 2)
    try run.press("a", at: 10)
    try run.press("a", at: 11)
    try run.run(until: 12)
    let angle = try #require(run.angle())
    #expect((116...120).contains(angle))
  }

  /// A terminal that accepts nothing for a while makes a jump of at most a second.
  @Test func aLongStopIsNotMadeUpFor() throws {
    let run = try LoopRun()
    try run.press("a", at: 1)
    run.at(2) {
      run.clock.seconds += 100
      return []
    }
    try run.press("a", at: 102.1)
    try run.run(until: 103)
    let angle = try #require(run.angle())
    #expect((118...130).contains(angle))
  }
}
