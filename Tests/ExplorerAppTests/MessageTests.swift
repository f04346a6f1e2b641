import Testing

@testable import ExplorerApp

/// Messages, which give way to the readouts.
@Suite struct MessageTests {
  @Test func aMessageExpires() throws {
    let run = try LoopRun()
    try run.press("u", at: 1)
    try run.run(until: 60)
    #expect(run.screen(at: 1).contains("nothing to undo"))
    #expect(run.screen(at: 1 + MessageTimer.seconds - 0.01).contains("nothing to undo"))
    #expect(!run.screen(at: 1 + MessageTimer.seconds + 0.04).contains("nothing to undo"))
  }

  @Test func anotherMessageHasItsOwnTime() throws {
    let run = try LoopRun()
    try run.press("u", at: 1)
    try run.press("U", at: 5)
    try run.run(until: 60)
    #expect(run.screen(at: 9.9).contains("nothing to redo"))
    #expect(!run.screen(at: 10.1).contains("nothing to redo"))
  }

  @Test func theTimerEndsEachMessageOnce() {
    var timer = MessageTimer()
    func expires(_ message: String?, at time: Double) -> Bool { timer.hasExpired(message, at: time) }
    #expect(!expires(nil, at: 0))
    #expect(timer.end == nil)
    #expect(!expires("a", at: 1))
    #expect(timer.end == 6)
    #expect(!expires("a", at: 5.9))
    #expect(!expires("b", at: 5.95))
    #expect(timer.end == 10.95)
    #expect(expires("b", at: 10.95))
    #expect(timer.end == nil)
    #expect(!expires(nil, at: 20))
  }
}
