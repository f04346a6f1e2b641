import PseudoTerminals
import TestSupport
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The mouse on a pseudo-terminal: it reaches the program, and is never left on.
extension TerminalDemoTests {
  /// Starts the demo and waits until the terminal has been asked for reports.
  private func startWithMouse() throws -> PseudoTerminal {
    let terminal = try start()
    try terminal.waitForText("demo")
    try waitForReports(terminal)
    return terminal
  }

  private func waitForReports(_ terminal: PseudoTerminal) throws {
    try terminal.wait(for: "reports of the mouse") {
      terminal.screen.privateModes.isSuperset(of: TerminalReports.modes)
    }
  }

  /// Asserts that the last order to the terminal is the one to stop, before the screen is left.
  private func expectReportsOff(
    _ terminal: PseudoTerminal, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let written = String(decoding: terminal.output, as: UTF8.self)
    let on = try #require(written.ranges(of: TerminalReports.on).last, sourceLocation: sourceLocation)
    let off = try #require(written.ranges(of: TerminalReports.off).last, sourceLocation: sourceLocation)
    let leaving = try #require(written.ranges(of: "\u{1B}[?1049l").last, sourceLocation: sourceLocation)
    #expect(on.upperBound <= off.lowerBound, sourceLocation: sourceLocation)
    #expect(off.upperBound <= leaving.lowerBound, sourceLocation: sourceLocation)
    expectRestored(terminal, sourceLocation: sourceLocation)
  }

  @Test func clicksDragsAndTheWheelReachTheProgram() throws {
    let terminal = try startWithMouse()
    terminal.type("\u{1B}[<0;13;4M\u{1B}[<32;14;4M\u{1B}[<0;14;4m")
    try terminal.waitForText("keys press@12,3 drag@13,3 release@13,3")
    terminal.type("\u{1B}[<2;1;1M\u{1B}[<2;1;1m\u{1B}[<64;300;1M\u{1B}[<69;1;24M")
    try terminal.waitForText("release@13,3 wheelUp@299,0 wheelDown@0,23+Shift")
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
    try expectReportsOff(terminal)
  }

  @Test func aPasteDoesNotQuitTheProgram() throws {
    let terminal = try startWithMouse()
    terminal.type("\u{1B}[200~q x o\r\u{1B}[201~n")
    try terminal.waitForText("keys n")
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
    #expect(terminal.screen.line(0) == "left in order")
  }

  @Test func theMouseCanBeDisabled() throws {
    let terminal = try start(arguments: ["--no-mouse"])
    try terminal.waitForText("demo")
    terminal.type("\u{1B}[<0;13;4Mn")
    try terminal.waitForText("keys n")
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
    let written = String(decoding: terminal.output, as: UTF8.self)
    #expect(!written.contains("?1002"))
    #expect(!written.contains("?1006"))
    expectRestored(terminal)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT]) func aRequestToQuitSwitchesTheMouseOff(
    signal: Int32
  ) throws {
    let terminal = try startWithMouse()
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .status(3))
    try expectReportsOff(terminal)
  }

  @Test(arguments: [("x", SIGILL), ("d", SIGILL), ("o", SIGSEGV)]) func aCrashSwitchesTheMouseOff(
    key: String, signal: Int32
  ) throws {
    let terminal = try startWithMouse()
    terminal.type(key)
    let exit = try terminal.waitForExit()
    #expect(exit == .signal(Int(signal)) || exit == .signal(Int(SIGTRAP)))
    try expectReportsOff(terminal)
  }

  /// With the program stopped, the second request is already there when it looks for the first.
  @Test func aSecondRequestToQuitSwitchesTheMouseOff() throws {
    let terminal = try startWithMouse()
    terminal.signal(SIGSTOP)
    try terminal.waitForStop()
    terminal.signal(SIGTERM)
    terminal.signal(SIGINT)
    terminal.signal(SIGCONT)
    let exit = try terminal.waitForExit()
    #expect([.status(128 + Int(SIGTERM)), .status(128 + Int(SIGINT)), .status(3)].contains(exit))
    try expectReportsOff(terminal)
  }

  @Test func suspendingSwitchesTheMouseOffAndContinuingOn() throws {
    let shell = "set -m; \(BuiltPrograms.path("TerminalDemo")); echo paused; read line; fg; echo over"
    let terminal = try PseudoTerminal(["/bin/bash", "-c", shell], environment: environment([:]))
    try terminal.waitForText("demo 80x24")
    try waitForReports(terminal)
    terminal.type("\u{1B}[200~a paste without an end")
    // Once the new size is shown, what was typed before it has been read.
    terminal.resize(width: 90, height: 28)
    try terminal.waitForText("demo 90x28")
    terminal.type("\u{1A}")
    try terminal.waitForText("paused")
    try expectReportsOff(terminal)
    terminal.type("\n")
    try terminal.waitForText("demo 90x28")
    try waitForReports(terminal)
    terminal.type("\u{1B}[<0;2;2M")
    try terminal.waitForText("keys press@1,1")
    terminal.type("q")
    _ = try terminal.waitForExit()
    try expectReportsOff(terminal)
  }

  @Test func aNewSizeAndAnUnaskedStopKeepTheMouseOn() throws {
    let terminal = try startWithMouse()
    terminal.resize(width: 90, height: 28)
    try terminal.waitForText("demo 90x28")
    try terminal.wait(for: "the order for reports again") {
      String(decoding: terminal.output, as: UTF8.self).ranges(of: TerminalReports.on).count == 2
    }
    terminal.signal(SIGSTOP)
    try terminal.waitForStop()
    terminal.signal(SIGCONT)
    try terminal.wait(for: "the order for reports a third time") {
      String(decoding: terminal.output, as: UTF8.self).ranges(of: TerminalReports.on).count == 3
    }
    terminal.type("\u{1B}[<0;2;2Mq")
    #expect(try terminal.waitForExit() == .status(0))
    try expectReportsOff(terminal)
  }
}
