import PseudoTerminals
import Testing

/// Conditions for starting the explorer, with the errors if they are not met.
@Suite struct ExploreStartTests {
  @Test(arguments: [
    (#"TERM=dumb "$0""#, "cannot move its cursor"), (#"TERM=no-such-terminal "$0""#, "does not know"),
    (#"TERM= "$0""#, "TERM is not set"), (#"unset TERM; "$0""#, "TERM is not set"),
    (#"TERM=$'a\e]0;b\a' "$0""#, "does not know"),
    (#""$0" < /dev/null"#, "Standard input is not a terminal"),
    (#""$0" <&-"#, "Standard input is not a terminal"),
    (#""$0" | cat"#, "Standard output is not a terminal"),
    (#""$0" > /dev/null"#, "Standard output is not a terminal"),
    (#""$0" >&-"#, "Standard output is not a terminal"),
  ])
  func anUnusableTerminalIsAnError(script: String, words: String) throws {
    let explorer = try RunningExplorer(width: 200, inShell: "set -o pipefail; \(script); exit $?")
    #expect(try explorer.terminal.waitForExit() == .status(1))
    #expect(explorer.terminal.screen.text.contains(words))
    #expect(!explorer.terminal.output.contains(0x1B))
    explorer.expectRestored()
  }

  /// The pipe has no writer, so that nothing is read until the test has seen the line.
  @Test func theDataThatAreReadAreNamedAtOnce() throws {
    let explorer = try RunningExplorer(
      ["set"], inShell: #"mkdir "$1"; mkfifo "$1/a.csv"; exec "$0" --data "$1/a.csv""#)
    try explorer.terminal.waitForText("reading set/a.csv …")
    #expect(!explorer.terminal.output.contains(0x1B))
    explorer.terminal.type(KeyBytes.controlC)
    _ = try explorer.terminal.waitForExit()
    explorer.expectRestored()
  }

  @Test func theExplorerSaysWhatWasRead() throws {
    let data = try SmallDataset()
    let explorer = try RunningExplorer(["--data", data.path])
    try explorer.terminal.waitForText("images of 28×28, 10 classes · I shows what was read")
    explorer.terminal.type("I")
    try explorer.terminal.waitForText("idx: train-images-idx3-ubyte (u1, 96×28×28)")
    explorer.terminal.type("qq")
    #expect(try explorer.terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  @Test(arguments: [
    ["LC_ALL": "C"], ["LC_ALL": "", "LANG": "C"], ["LC_ALL": "POSIX"], ["LC_ALL": ""],
    ["LC_ALL": "no_SUCH.locale"], ["LC_ALL": "", "LC_CTYPE": "C"],
  ])
  func everyLocaleShowsTheDigit(environment: [String: String]) throws {
    let explorer = try RunningExplorer.open(environment: environment)
    try explorer.type(KeyBytes.right, untilThetaIs: "5°")
    explorer.terminal.type("q")
    #expect(try explorer.terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }
}
