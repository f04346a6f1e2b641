import Screen
import Testing

@testable import NcursesTerminal

/// In the suite of the terminal without a device, because a process has one terminal.
extension NcursesTerminalTests {
  /// Descriptions call some of these keys Home, or F5.
  @Test(arguments: ["xterm-256color", "screen-256color", "vt100", "linux"])
  func theNumericKeypadTypesDigits(type: String) throws {
    let offline = try OfflineTerminal(environment: ["TERM": type])
    offline.type("pqrstuvwxyklmnojX".map { "\u{1B}O\($0)" }.joined() + "\u{1B}OM")
    #expect(offline.nextKeys() == "0123456789+,-./*=".map { .character($0) } + [.enter])
  }

  @Test func repliesOfTheTerminalAreNoKeys() throws {
    let offline = try OfflineTerminal()
    offline.type("a" + ControlStringTests.replies.joined() + "b")
    #expect(offline.nextKeys() == [.character("a"), .character("b")])
  }

  @Test func escapeAndABracketTypedApartAreKeys() throws {
    let offline = try OfflineTerminal()
    offline.type("\u{1B}")
    #expect(offline.nextKeys() == [.escape])
    offline.type("]")
    #expect(offline.nextKeys() == [.character("]")])
  }

  @Test func anUnterminatedStringTimesOutAfterASecond() throws {
    let offline = try OfflineTerminal()
    offline.type("\u{1B}]11;rgb:")
    #expect(offline.terminal.waitForEvents(timeout: .milliseconds(1100)) == [])
    offline.type("n")
    #expect(offline.nextKeys() == [.character("n")])
  }

  /// No key press is needed for it.
  @Test func anUnterminatedPasteTimesOutAfterTwoSeconds() throws {
    let offline = try OfflineTerminal()
    offline.type("\u{1B}[200~abc")
    let start = ContinuousClock.now
    #expect(offline.terminal.waitForEvents() == [.pasted("abc")])
    #expect(ContinuousClock.now - start >= .seconds(1.9))
    offline.type("\u{1B}[200~abc")
    #expect(offline.terminal.waitForEvents(timeout: .milliseconds(100)) == [])
    offline.type("\u{1B}")
    #expect(offline.terminal.waitForEvents() == [.pasted("abc")])
    offline.type("n")
    #expect(offline.nextKeys() == [.character("n")])
  }

  @Test func unmarkedTextIsOnePaste() throws {
    let offline = try OfflineTerminal()
    let text = String(repeating: "The quick brown fox jumps\n", count: 400)
    offline.type(text)
    var events: [TerminalEvent] = []
    while case let more = offline.terminal.waitForEvents(timeout: .milliseconds(200)), !more.isEmpty {
      events += more
    }
    #expect(events == [.pasted("The quick brown fox jumps")])
    offline.type("n")
    #expect(offline.nextKeys() == [.character("n")])
  }

  /// There is a limit to what is read before others have their turn.
  @Test func manyKeysComeInSeveralBatches() throws {
    let offline = try OfflineTerminal()
    offline.type(String(repeating: "n", count: 10_000))
    var counts: [Int] = []
    while counts.reduce(0, +) < 10_000 {
      let keys = offline.nextKeys()
      #expect(keys.allSatisfy { $0 == .character("n") })
      counts.append(keys.count)
    }
    #expect(counts.reduce(0, +) == 10_000)
    #expect(counts.allSatisfy { $0 <= 4096 })
  }
}
