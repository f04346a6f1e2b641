import PseudoTerminals
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Every way out of the explorer leaves the terminal as it was, also while the network learns.
@Suite struct ExploreEndingsTests {
  @Test(arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT], [false, true])
  func requestsToLeaveAreFollowed(signal: Int32, whileTraining: Bool) throws {
    let explorer = try RunningExplorer.open(whileTraining ? ["--train"] : [])
    if whileTraining { try explorer.terminal.waitForText("img/s") }
    explorer.terminal.signal(signal)
    #expect(try explorer.terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  @Test func controlCLeaves() throws {
    let explorer = try RunningExplorer.open()
    explorer.terminal.type(KeyBytes.controlC)
    #expect(try explorer.terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  @Test(arguments: [false, true]) func aClosedTerminalEndsTheProgram(whileTraining: Bool) throws {
    let explorer = try RunningExplorer.open(whileTraining ? ["--train"] : [])
    if whileTraining { try explorer.terminal.waitForText("img/s") }
    explorer.terminal.hangUp()
    #expect(try explorer.terminal.waitForExit() == .status(0))
  }
}
