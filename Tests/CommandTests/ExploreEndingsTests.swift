import Checkpoints
import Foundation
import PseudoTerminals
import TestSupport
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// All ways of quitting the explorer restore the terminal, also during training.
@Suite struct ExploreEndingsTests {
  private func open(whileTraining: Bool, inShell script: String? = nil) throws -> RunningExplorer {
    let explorer = try RunningExplorer.open(whileTraining ? ["--train"] : [], inShell: script)
    if whileTraining { try explorer.terminal.waitForText("img/s") }
    return explorer
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT], [false, true])
  func requestsToQuitAreObeyed(signal: Int32, whileTraining: Bool) throws {
    let explorer = try open(whileTraining: whileTraining)
    explorer.terminal.signal(signal)
    #expect(try explorer.terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  @Test(arguments: [KeyBytes.controlC, "\u{1C}"], [false, true])
  func quitKeysAreObeyed(key: String, whileTraining: Bool) throws {
    let explorer = try open(whileTraining: whileTraining)
    explorer.terminal.type(key)
    #expect(try explorer.terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  /// `q` warns about unsaved weights; Ctrl-C and a closed connection do not.
  @Test func trainedWeightsAreSavedAtAnUnconfirmedEnd() throws {
    let explorer = try open(whileTraining: true)
    try explorer.terminal.waitForText("model being trained")
    explorer.terminal.type(KeyBytes.controlC)
    #expect(try explorer.terminal.waitForExit() == .status(0))
    explorer.expectRestored()
    let path = "\(explorer.dataHome)/latent-explorer/models/model-1.safetensors"
    #expect(explorer.terminal.screen.text.contains("saved the trained weights to"))
    #expect(try ModelFile.read(path).details.data == "digits")
  }

  @Test(arguments: [false, true]) func unchangedAndDiscardedWeightsAreNotWritten(whileTraining: Bool) throws {
    let explorer = try open(whileTraining: whileTraining)
    if whileTraining { try explorer.terminal.waitForText("model being trained") }
    // A user who confirms discards them.
    explorer.terminal.type(whileTraining ? "qq" : KeyBytes.controlC)
    #expect(try explorer.terminal.waitForExit() == .status(0))
    #expect(!explorer.terminal.screen.text.contains("wrote"))
    #expect(!FileManager.default.fileExists(atPath: "\(explorer.dataHome)/latent-explorer/models"))
  }

  /// The shell and the system both send a hang-up when a terminal closes.
  @Test func repeatedHangUpsLoseNoWeights() throws {
    let explorer = try open(whileTraining: true)
    try explorer.terminal.waitForText("model being trained")
    for _ in 0..<5 {
      explorer.terminal.signal(SIGHUP)
      usleep(2000)
    }
    #expect(try explorer.terminal.waitForExit() == .status(0))
    #expect(
      try ModelFile.read("\(explorer.dataHome)/latent-explorer/models/model-1.safetensors").details.data
        == "digits")
  }

  @Test func aClosedTerminalLosesNoWeights() throws {
    let explorer = try open(whileTraining: true)
    try explorer.terminal.waitForText("model being trained")
    explorer.terminal.hangUp()
    #expect(try explorer.terminal.waitForExit() == .status(0))
    #expect(
      try ModelFile.read("\(explorer.dataHome)/latent-explorer/models/model-1.safetensors").details.data
        == "digits")
  }

  /// Without a folder to save them.
  @Test(arguments: [SIGTERM, SIGINT, SIGHUP], ["unset HOME", "HOME=/dev/null"])
  func weightsThatAreLostAreAFailure(signal: Int32, home: String) throws {
    let explorer = try open(
      whileTraining: true, inShell: #"unset XDG_DATA_HOME; \#(home); exec "$0" "$@""#)
    try explorer.terminal.waitForText("model being trained")
    explorer.terminal.signal(signal)
    #expect(try explorer.terminal.waitForExit() == .status(1))
    #expect(explorer.terminal.screen.text.contains("the trained weights are lost: "))
    explorer.expectRestored()
  }

  @Test(arguments: [SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGUSR1, SIGALRM, SIGXCPU])
  func crashesRestoreTheTerminalWhileTheNetworkLearns(signal: Int32) throws {
    let explorer = try open(whileTraining: true)
    explorer.terminal.signal(signal)
    #expect(try explorer.terminal.waitForExit() == .signal(Int(signal)))
    explorer.expectRestored()
  }

  /// With and without SIGHUP, also for a program that ignores it.
  @Test(arguments: ["", "trap '' HUP; "], [false, true])
  func aClosedTerminalEndsTheProgram(before: String, whileTraining: Bool) throws {
    let explorer = try open(whileTraining: whileTraining, inShell: before + #"exec "$0" "$@""#)
    let terminal = explorer.terminal
    let used = terminal.processorSeconds
    terminal.hangUp()
    #expect(try terminal.waitForExit(seconds: PseudoTerminal.within(seconds: 2)) == .status(0))
    // Under a sanitizer its own time would be counted.
    guard !PseudoTerminal.isSlowed, let used, let total = terminal.processorSeconds else { return }
    // Reading an end of input repeatedly would use a whole core.
    if !whileTraining { #expect(total - used < 0.5) }
  }

  /// A terminal that accepts no more output, as in a hung window: the program blocks within a frame.
  private func openHungUp(whileTraining: Bool) throws -> RunningExplorer {
    let explorer = try open(whileTraining: whileTraining)
    // More than the device's buffer, which is not read.
    for _ in 0..<40 {
      explorer.terminal.type("\u{0C}" + KeyBytes.right)
      usleep(30_000)
    }
    return explorer
  }

  /// Also if it has output to print at its end.
  @Test(arguments: [false, true], ["", "S"])
  func oneRequestEndsAProgramWhoseTerminalHangs(whileTraining: Bool, key: String) throws {
    let explorer = try openHungUp(whileTraining: whileTraining)
    explorer.terminal.type(key)
    explorer.terminal.signal(SIGTERM)
    let deadline = PseudoTerminal.within(seconds: 2)
    #expect(try explorer.terminal.waitForUnreadExit(seconds: deadline) == .status(0))
    #expect(explorer.terminal.hasModesAsFound)
  }

  /// A frame without room is cut off; a window that accepts output later is not left with its colours.
  @Test(arguments: [false, true]) func aFrameThatIsCutShortLeavesNoColours(whileTraining: Bool) throws {
    for pause in [100, 200, 400] {
      let explorer = try openHungUp(whileTraining: whileTraining)
      explorer.terminal.signal(SIGTERM)
      usleep(UInt32(pause) * 1000)
      #expect(try explorer.terminal.waitForExit() == .status(0))
      explorer.expectRestored()
    }
  }

  @Test func filesBeingWrittenAtTheEndAreComplete() throws {
    let data = try TemporaryFolder()
    let explorer = try RunningExplorer.open(["--data", "digits"], environment: ["XDG_DATA_HOME": data.path])
    explorer.terminal.type("wq")
    #expect(try explorer.terminal.waitForExit() == .status(0))
    explorer.expectRestored()
    let folder = "\(data.path)/latent-explorer/models"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files == ["model-1.safetensors"])
    #expect(try Program.run(["inspect", "\(folder)/\(files[0])"]).status == 0)
  }

  /// Exceeding the shell's file size limit is an error of saving, not the end of the process.
  @Test func aSaveThatFailsEndsNothing() throws {
    let explorer = try RunningExplorer.open(width: 200, inShell: #"ulimit -f 64; exec "$0" "$@""#)
    explorer.terminal.type("w")
    try explorer.terminal.waitForText("File too large")
    try explorer.type(KeyBytes.right, untilThetaIs: "5°")
    explorer.terminal.type("q")
    #expect(try explorer.terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  @Test(arguments: [false, true]) func controlSDoesNotStopTheOutput(whileTraining: Bool) throws {
    let explorer = try open(whileTraining: whileTraining)
    try explorer.type("\u{13}" + KeyBytes.right, untilThetaIs: "5°")
    explorer.terminal.type("\u{13}")
    explorer.terminal.signal(SIGTERM)
    #expect(try explorer.terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  /// Moves the program to the background, where it is stopped as soon as it uses the terminal.
  ///
  /// A shell does not continue a job that it believes to be running: it must have seen the stop first.
  private static let background = #"bg; while [ -n "$(jobs -r)" ]; do sleep 0.01; done"#

  /// Also in the background in between, where it must not write, and the terminal's modes are those of the
  /// shell.
  @Test(
    arguments: [
      "read line", "\(background); read line", "read line; stty -echo; \(background); stty echo",
    ], [false, true])
  func suspendingAndResumingRestoresTheScreen(meanwhile: String, whileTraining: Bool) throws {
    let script = #"set -m; "$0" "$@"; echo paused; \#(meanwhile); fg; echo over"#
    let explorer = try open(whileTraining: whileTraining, inShell: script)
    let terminal = explorer.terminal
    terminal.type("\u{1A}")
    try terminal.waitForText("paused")
    explorer.expectRestored()
    terminal.type("\n")
    try terminal.wait(for: "the screen again") { terminal.screen.isAlternate }
    try explorer.type(KeyBytes.right, untilThetaIs: "5°")
    terminal.type(KeyBytes.controlC)
    try terminal.waitForText("over")
    _ = try terminal.waitForExit()
    explorer.expectRestored()
    #expect(terminal.hasModesAsFound)
  }

  @Test(arguments: [false, true]) func manyResizesAreHandled(whileTraining: Bool) throws {
    let explorer = try open(whileTraining: whileTraining)
    let terminal = explorer.terminal
    for index in 0..<1000 {
      let (width, height) =
        switch index % 5 {
        case 0: (1, 1)
        case 1: (1 + index % 197, 1 + index % 61)
        case 2: (400, 120)
        case 3: (1 + index % 7, 100)
        default: (300, 1 + index % 3)
        }
      if index % 100 == 99 { terminal.reportSize(width: 65535, height: 65535) }
      terminal.resize(width: width, height: height)
      if index % 50 == 0 { try? terminal.wait(for: "a moment", seconds: 0.02) { false } }
    }
    terminal.resize(width: 80, height: 24)
    try terminal.waitForText("q quit")
    try explorer.type(KeyBytes.right, untilThetaIs: "5°")
    terminal.signal(SIGTERM)
    #expect(try terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  /// More cells than fit into memory.
  @Test func aTerminalSizeBeyondMemoryIsHandled() throws {
    let explorer = try RunningExplorer.open()
    let terminal = explorer.terminal
    let count = terminal.screen.byteCount
    terminal.reportSize(width: 65535, height: 65535)
    try terminal.wait(for: "a frame for it", seconds: 60) { terminal.screen.byteCount > count + 1000 }
    terminal.reportSize(width: 80, height: 24)
    try explorer.type(KeyBytes.right, untilThetaIs: "5°")
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }
}
