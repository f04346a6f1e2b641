import PseudoTerminals
import Screen
import Testing

@testable import NcursesTerminal

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The sequences that switch mouse and paste reports on and off.
enum TerminalReports {
  static let on = "\u{1B}[?2004h\u{1B}[?1002h\u{1B}[?1006h"
  static let off = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?2004l"
  static let modes: Set = [1002, 1006, 2004]
}

/// In the suite of the terminal without a device, because a process has one terminal.
extension NcursesTerminalTests {
  private func text(_ offline: OfflineTerminal) -> String {
    String(decoding: offline.written, as: UTF8.self)
  }

  @Test(arguments: ["xterm-256color", "xterm", "screen-256color"])
  func reportsAreOnFromTheFirstFrameToTheEnd(type: String) throws {
    let offline = try OfflineTerminal(environment: ["TERM": type])
    offline.present(Canvas(size: offline.terminal.size, filledWith: Cell("x")))
    #expect(offline.writes.count == 1)
    #expect(text(offline).hasSuffix(TerminalReports.on))
    #expect(offline.screen.privateModes.isSuperset(of: TerminalReports.modes))
    offline.present(Canvas(size: offline.terminal.size, filledWith: Cell("y")))
    #expect(text(offline).ranges(of: TerminalReports.on).count == 1)
    let before = offline.written.count
    offline.terminal.close()
    offline.receive()
    let closing = String(decoding: offline.written[before...], as: UTF8.self)
    let off = try #require(closing.firstRange(of: TerminalReports.off))
    let leaving = try #require(closing.firstRange(of: "\u{1B}[?1049l"))
    #expect(off.upperBound <= leaving.lowerBound)
    #expect(offline.screen.privateModes.isDisjoint(with: TerminalReports.modes))
  }

  @Test func aFreshFrameSwitchesReportsOnAgain() throws {
    let offline = try OfflineTerminal()
    let canvas = Canvas(size: offline.terminal.size, filledWith: Cell("x"))
    offline.present(canvas)
    offline.terminal.invalidate()
    offline.present(canvas)
    #expect(offline.writes.count == 2)
    #expect(text(offline).hasSuffix(TerminalReports.on))
    #expect(text(offline).ranges(of: TerminalReports.on).count == 2)
  }

  @Test func withoutTheMouseOnlyPastesAreReported() throws {
    let offline = try OfflineTerminal(usesMouse: false)
    offline.present(Canvas(size: offline.terminal.size))
    #expect(offline.screen.privateModes.contains(2004))
    offline.type("\u{1B}[<0;3;4Mn")
    #expect(offline.nextEvents() == [.key(.character("n"))])
    offline.terminal.close()
    offline.receive()
    #expect(!text(offline).contains("?1002"))
    #expect(!text(offline).contains("?1006"))
    #expect(offline.screen.privateModes.isDisjoint(with: TerminalReports.modes))
  }

  @Test func aTypeWithoutAMouseIsNotAskedForReports() throws {
    let offline = try OfflineTerminal(environment: ["TERM": "vt100"])
    offline.present(Canvas(size: offline.terminal.size, filledWith: Cell("x")))
    offline.terminal.close()
    offline.receive()
    for mode in TerminalReports.modes { #expect(!text(offline).contains("?\(mode)")) }
  }

  /// xterm's description has the newer form of reports as a key, screen's and tmux's the older one.
  @Test(arguments: ["xterm-256color", "screen-256color", "vt100"])
  func theMouseIsReportedBetweenKeysInOrder(type: String) throws {
    let offline = try OfflineTerminal(environment: ["TERM": type])
    offline.type("a\u{1B}[<0;300;2M\u{1B}[A\u{1B}[<32;301;2M\u{1B}[<0;301;2mb\u{1B}[M !!\u{1B}[<64;1;1Mc")
    #expect(
      offline.nextEvents() == [
        .key(.character("a")), .mouse(MouseEvent(.press, column: 299, row: 1)), .key(.up),
        .mouse(MouseEvent(.drag, column: 300, row: 1)), .mouse(MouseEvent(.release, column: 300, row: 1)),
        .key(.character("b")), .mouse(MouseEvent(.wheelUp, column: 0, row: 0)), .key(.character("c")),
      ])
  }

  @Test func noneOfManyReportsIsLost() throws {
    let offline = try OfflineTerminal()
    let places = (0..<1500).map { MouseEvent(.drag, column: $0, row: $0 % 50) }
    offline.type(places.map { "\u{1B}[<32;\($0.column + 1);\($0.row + 1)M" }.joined())
    var events: [TerminalEvent] = []
    while events.count < places.count, case let more = offline.nextEvents(), !more.isEmpty { events += more }
    #expect(events == places.map(TerminalEvent.mouse))
  }

  /// ncurses waits a while for the rest of what may be a key; the parts here are further apart than that.
  @Test func aReportInPartsIsReportedOnce() throws {
    let offline = try OfflineTerminal()
    for parts in [["\u{1B}[", "<0;3;4M"], ["\u{1B}[<", "0;3;4M"], ["\u{1B}[<0;3", ";4", "Mn"]] {
      var events: [TerminalEvent] = []
      for part in parts {
        offline.type(part)
        events += offline.terminal.waitForEvents(timeout: .milliseconds(60))
      }
      #expect(events.first == .mouse(MouseEvent(.press, column: 2, row: 3)))
      #expect(events.dropFirst() == (parts.count == 3 ? [.key(.character("n"))] : []))
    }
    offline.type("\u{1B}")
    #expect(offline.nextEvents() == [.key(.escape)])
    offline.type("[<0;3;4M")
    #expect(offline.nextEvents() == [.mouse(MouseEvent(.press, column: 2, row: 3))])
  }

  @Test func pastedTextIsReportedAsOneEvent() throws {
    let offline = try OfflineTerminal()
    offline.type("a\u{1B}[200~q\u{1B}[A\rtext\u{1B}[201~b")
    #expect(offline.nextEvents() == [.key(.character("a")), .pasted("q"), .key(.character("b"))])
  }
}
