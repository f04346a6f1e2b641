import PseudoTerminals
import TestSupport
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The terminal on a pseudo-terminal, in a program of its own: every way out leaves the device as it was.
@Suite struct TerminalDemoTests {
  func start(
    _ extra: [String: String] = [:], arguments: [String] = [], width: Int = 80, height: Int = 24
  ) throws -> PseudoTerminal {
    try PseudoTerminal(
      [BuiltPrograms.path("TerminalDemo")] + arguments, environment: environment(extra), width: width,
      height: height)
  }

  func environment(_ extra: [String: String]) -> [String: String] {
    ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no", "PATH": "/usr/bin:/bin"]
      .merging(SanitizerOptions.environment) { $1 }.merging(extra) { $1 }
  }

  func expectRestored(_ terminal: PseudoTerminal, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(terminal.isCooked, sourceLocation: sourceLocation)
    #expect(terminal.unrestored == [], sourceLocation: sourceLocation)
  }

  @Test func keysAreNamedAndTheProgramQuits() throws {
    let terminal = try start()
    try terminal.waitForText("demo 80x24 many")
    #expect(!terminal.isCooked)
    #expect(terminal.screen.isAlternate)
    #expect(!terminal.screen.isCursorVisible)
    terminal.type("\u{1B}OC\u{1B}[1;2D\u{1B}[B né\r\u{13}")
    try terminal.waitForText("keys Right Shift+Left Down Space n é Enter Ctrl+S")
    try terminal.waitForText("+50°")
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
    #expect(terminal.screen.line(0) == "left in order")
    expectRestored(terminal)
  }

  @Test func aNewSizeIsDrawnAtOnce() throws {
    let terminal = try start()
    try terminal.waitForText("demo 80x24")
    for (width, height) in [(100, 30), (1, 1), (7, 3), (160, 50)] {
      terminal.resize(width: width, height: height)
      let title = Array("demo \(width)x\(height)").prefix(min(width, 12) - (width < 10 ? 1 : 0))
      try terminal.wait(for: "the size \(width)x\(height)") {
        terminal.screen.text.hasPrefix(String(title))
      }
    }
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
  }

  /// A terminal that grows before it reads the first bytes has kept the region of the old size.
  @Test(arguments: ["vt100", "xterm-256color"]) func aNewSizeIsTheRegionThatScrolls(type: String) throws {
    let terminal = try start(["TERM": type])
    try terminal.waitForText("demo 80x24")
    terminal.resize(width: 100, height: 30)
    try terminal.waitForText("demo 100x30")
    let output = String(decoding: terminal.output, as: UTF8.self)
    let regions = output.matches(of: /\u{1B}\[(\d+;\d+)r/).map { String($0.1) }
    #expect(regions == ["1;24", "1;30"])
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT]) func requestsToQuitAreObeyed(signal: Int32) throws {
    let terminal = try start()
    try terminal.waitForText("demo")
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .status(3))
    #expect(terminal.screen.text.contains("ended signal(\(signal))"))
    expectRestored(terminal)
  }

  @Test func controlCRequestsQuitting() throws {
    let terminal = try start()
    try terminal.waitForText("demo")
    terminal.type("\u{03}")
    #expect(try terminal.waitForExit() == .status(3))
    #expect(terminal.screen.text.contains("ended signal(2)"))
    expectRestored(terminal)
  }

  /// The device may discard output when a key requests a signal; the restoring sequences must not be among it.
  @Test(arguments: ["\u{03}", "\u{1C}"]) func noQuitKeyDiscardsTheRestoringSequences(key: String) throws {
    for _ in 0..<40 {
      let terminal = try start()
      try terminal.waitForText("demo")
      // In the middle of a frame.
      terminal.type("\u{1B}[C\u{1B}[C" + key)
      #expect(try terminal.waitForExit() == .status(3))
      expectRestored(terminal)
    }
  }

  @Test func aClosedTerminalEndsTheProgram() throws {
    let terminal = try start()
    try terminal.waitForText("demo")
    terminal.hangUp()
    #expect(try terminal.waitForExit() == .status(3))
  }

  @Test(arguments: [("x", SIGILL), ("d", SIGILL), ("o", SIGSEGV), ("O", SIGSEGV), ("T", SIGSEGV)])
  func aCrashRestoresTheTerminal(
    key: String, signal: Int32
  ) throws {
    let terminal = try start()
    try terminal.waitForText("demo")
    terminal.type(key)
    let exit = try terminal.waitForExit()
    // Some processors report a trap as SIGTRAP.
    #expect(exit == .signal(Int(signal)) || exit == .signal(Int(SIGTRAP)))
    expectRestored(terminal)
    // The trap's message was kept back and comes after the screen.
    let written = String(decoding: terminal.output, as: UTF8.self)
    let afterScreen = written.split(separator: "\u{1B}[?1049l").last ?? ""
    if signal == SIGILL { #expect(afterScreen.contains("the demo was asked to crash")) }
  }

  /// Ends that no handler of crashes and no order to leave would see by themselves.
  @Test(arguments: [
    SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGPIPE, SIGXCPU, SIGXFSZ, SIGSYS, SIGABRT, SIGBUS, SIGFPE,
    SIGSEGV, SIGILL, SIGTRAP,
  ]) func everyOtherSignalThatEndsTheProgramRestoresTheTerminal(signal: Int32) throws {
    let terminal = try start()
    try terminal.waitForText("demo")
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .signal(Int(signal)))
    expectRestored(terminal)
  }

  @Test func anExitFromWithinRestoresTheTerminal() throws {
    let terminal = try start()
    try terminal.waitForText("demo")
    terminal.type("E")
    #expect(try terminal.waitForExit() == .status(7))
    expectRestored(terminal)
  }

  /// A program that does not look at its events any more.
  @Test(arguments: [SIGTERM, SIGINT, SIGQUIT]) func aHungProgramEndsAtTheSecondRequest(signal: Int32) throws {
    let terminal = try start()
    try terminal.waitForText("demo")
    terminal.type("h")
    // The second must not come before the first has been taken, or the system makes one of both.
    var seen = 0
    while seen < 200, (try? terminal.waitForExit(seconds: 0.05)) == nil {
      terminal.signal(signal)
      seen += 1
    }
    #expect(try terminal.waitForExit() == .status(128 + Int(signal)))
    expectRestored(terminal)
  }

  /// With the default setting of backtraces; none waits for input on the terminal.
  @Test func aCrashEndsTheProgramAtOnce() throws {
    var plain = environment([:])
    plain["SWIFT_BACKTRACE"] = nil
    let terminal = try PseudoTerminal(
      [BuiltPrograms.path("TerminalDemo")], environment: plain, width: 80, height: 24)
    try terminal.waitForText("demo")
    terminal.type("x")
    let exit = try terminal.waitForExit()
    #expect(exit == .signal(Int(SIGILL)) || exit == .signal(Int(SIGTRAP)))
    expectRestored(terminal)
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("Press space"))
  }

  @Test func otherOutputIsPrintedEscapedAfterTheScreen() throws {
    let terminal = try start()
    try terminal.waitForText("demo")
    terminal.type("e")
    try terminal.waitForText("keys e")
    #expect(!terminal.screen.text.contains("stray"))
    terminal.type("q")
    _ = try terminal.waitForExit()
    #expect(terminal.screen.line(0) == "stray ?[2J text")
    #expect(terminal.screen.line(1) == "left in order")
  }

  @Test func aWakeIsReported() throws {
    let terminal = try start()
    try terminal.waitForText("wakes 0")
    terminal.type("w")
    try terminal.waitForText("wakes 1")
  }

  @Test func nothingIsWrittenWhileNothingHappens() throws {
    let terminal = try start(height: 30)
    try terminal.waitForText("3 read")
    let count = terminal.screen.byteCount
    #expect(throws: PseudoTerminal.Failure.self) {
      try terminal.wait(for: "another byte", seconds: 0.3) { terminal.screen.byteCount > count }
    }
  }

  @Test func suspendingRestoresTheTerminalForTheShell() throws {
    let shell = "set -m; \(BuiltPrograms.path("TerminalDemo")); echo paused; read line; fg; echo over"
    let terminal = try PseudoTerminal(["/bin/bash", "-c", shell], environment: environment([:]))
    try terminal.waitForText("demo 80x24")
    terminal.type("\u{1A}")
    try terminal.waitForText("paused")
    expectRestored(terminal)
    terminal.resize(width: 90, height: 28)
    terminal.type("\n")
    try terminal.waitForText("demo 90x28")
    #expect(terminal.screen.isAlternate)
    #expect(!terminal.isCooked)
    terminal.type("n")
    try terminal.waitForText("keys n")
    terminal.type("q")
    _ = try terminal.waitForExit()
    #expect(terminal.screen.text.contains("over"))
    expectRestored(terminal)
  }

  @Test(arguments: [
    (["TERM": "dumb"], "cannot move its cursor"), (["TERM": ""], "TERM is not set"),
    (["TERM": "no-such-terminal"], "does not know"),
  ]) func anUnusableTerminalIsRefusedWithAMessage(extra: [String: String], words: String) throws {
    let terminal = try start(extra)
    #expect(try terminal.waitForExit() == .status(4))
    #expect(terminal.screen.text.contains(words))
    expectRestored(terminal)
  }

  @Test func outputOtherThanATerminalIsRefusedWithAMessage() throws {
    let shell =
      "\(BuiltPrograms.path("TerminalDemo")) | cat; \(BuiltPrograms.path("TerminalDemo")) < /dev/null"
    let terminal = try PseudoTerminal(["/bin/sh", "-c", shell], environment: environment([:]))
    _ = try terminal.waitForExit()
    #expect(terminal.screen.text.contains("Standard output is not a terminal"))
    #expect(terminal.screen.text.contains("Standard input is not a terminal"))
  }

  @Test func withoutUnicodeOrColourAllIsStillShown() throws {
    let terminal = try start(["NO_COLOR": "1"], arguments: ["--ascii"], width: 100, height: 40)
    try terminal.waitForText("demo 100x40 none")
    try terminal.waitForText("steps")
    #expect(terminal.screen.text.utf8.allSatisfy { $0 < 0x80 })
    #expect(terminal.screen.text.contains("@@@"))
  }
}
