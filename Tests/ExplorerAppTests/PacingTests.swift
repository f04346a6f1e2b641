import Screen
import Testing

/// The times at which the loop shows frames.
@Suite struct PacingTests {
  @Test func aKeyIsShownAtOnce() throws {
    let run = try LoopRun()
    try run.press("Right", at: 1)
    try run.press("Right", at: 1.25)
    try run.run(until: 2)
    #expect(run.times().first == 0)
    #expect(run.times().contains(1))
    #expect(run.times().contains(1.25))
    #expect(run.angle(at: 0.9) == 0)
    #expect(run.angle(at: 1) == 5)
    #expect(run.angle(at: 1.25) == 10)
  }

  @Test func nothingIsDrawnWithoutAChange() throws {
    let run = try LoopRun()
    try run.press("Right", at: 1)
    try run.run(until: 100)
    #expect(run.times(from: 2).isEmpty)
  }

  @Test func aHeldKeyIsShownThirtyTimesASecond() throws {
    let run = try LoopRun()
    run.answersAtOnce = false
    for number in 0..<200 { try run.press("Right", at: 1 + 0.01 * Double(number)) }
    try run.run(until: 5)
    #expect((29...30).contains(run.mostFramesPerSecond(from: 1)))
    let last = try #require(run.times().last)
    #expect(last >= 2.99 && last <= 2.99 + FramePacer.inputInterval + 1e-6)
    // 200 steps of 5° are two turns and 280°.
    #expect(run.angle() == -80)
  }

  @Test func trainingIsShownTenTimesASecondAtMost() throws {
    let run = try LoopRun()
    try run.press("t Enter", at: 0.1)
    run.every(0.02, from: 1, to: 5) { run.training.postStep() }
    try run.run(until: 5)
    #expect((7...10).contains(run.mostFramesPerSecond(from: 1.5)))
  }

  @Test func trainingDelaysNoKey() throws {
    let run = try LoopRun()
    try run.press("t Enter", at: 0.1)
    run.every(0.02, from: 1, to: 5) { run.training.postStep() }
    let times = (0..<20).map { 2 + 0.137 * Double($0) }
    for time in times { try run.press("Right", at: time) }
    try run.run(until: 5)
    #expect(times.allSatisfy { run.times().contains($0) })
  }

  @Test func anEndOfTrainingIsShownSoon() throws {
    let run = try LoopRun()
    try run.press("t Enter", at: 0.1)
    run.every(0.02, from: 1, to: 3) { run.training.postStep() }
    run.at(3) {
      run.training.post(.finished)
      return []
    }
    try run.run(until: 4)
    #expect(run.screen(at: 2.99).contains("training finished") == false)
    #expect(run.screen(at: 3 + 0.125 + FramePacer.inputInterval + 1e-6).contains("training finished"))
  }

  /// On a slow connection, text comes at once and its pictures later.
  @Test func picturesWaitForTheConnection() throws {
    let run = try LoopRun()
    run.bytesPerFrame = Int(FramePacer.bucketCapacity) * 3
    run.answersAtOnce = false
    try run.press("Right", at: 1)
    try run.press("n", at: 1.1)
    try run.run(until: 3)
    let before = try #require(run.frames.last { $0.time < 1.1 })
    let first = try #require(run.frames.first { $0.time >= 1.1 })
    let last = try #require(run.frames.last)
    #expect(first.time == 1.1)
    #expect(ScreenText.plain(first.canvas) != ScreenText.plain(before.canvas))
    func keepsPictures(_ canvas: Canvas) -> Bool { canvas.keepingPictures(of: before.canvas) == canvas }
    #expect(keepsPictures(first.canvas))
    #expect(!keepsPictures(last.canvas))
    // The largest debt is that of a full bucket.
    let wait = FramePacer.bucketCapacity / FramePacer.bytesPerSecond
    #expect(abs(last.time - (1.1 + wait)) < 1e-6)
  }
}
