import PseudoTerminals
import TestSupport
import Testing

/// Terminal types that the system does not describe, or describes with other colours.
@Suite struct ExploreTerminalTypesTests {
  /// An undescribed type of a known family.
  @Test func aSubstitutedTerminalTypeIsReportedAtTheEnd() throws {
    let explorer = try RunningExplorer.open(environment: ["TERM": "xterm-nobody"], width: 120)
    try explorer.type(KeyBytes.right, untilThetaIs: "5°")
    explorer.terminal.type("q")
    #expect(try explorer.terminal.waitForExit() == .status(0))
    explorer.expectRestored()
    let note = "latent-explorer: TERM 'xterm-nobody' is not described here; drew as xterm-256color"
    #expect(explorer.terminal.screen.text.components(separatedBy: note).count == 2)
    let report = try Program.run(["inspect"], environment: ["TERM": "xterm-nobody"])
    #expect(report.output.contains("drawn as                 xterm-256color\n"))
    let json = try Program.run(["inspect", "--json"], environment: ["TERM": "xterm-nobody"])
    #expect(json.output.contains(#""drawn_as" : "xterm-256color""#))
    for type in ["dumb", "lpr", "foot-extra", "nobody"] {
      let refused = try Program.run(["inspect", "--json"], environment: ["TERM": type])
      #expect(!refused.output.contains("drawn_as"))
    }
  }

  /// The greys of pictures have 24 bits, in the sequences that most terminals know.
  @Test func directColoursAreDrawnInTruecolor() throws {
    let explorer = try RunningExplorer.open(environment: ["TERM": "xterm-direct"], width: 120)
    let text = String(decoding: explorer.terminal.output, as: UTF8.self)
    #expect(text.contains("48;2;") && !text.contains("48:2"))
    explorer.terminal.type("q")
    #expect(try explorer.terminal.waitForExit() == .status(0))
    #expect(
      explorer.terminal.screen.text.contains(
        "'xterm-direct' stands for direct colours; drew as xterm-256color"))
  }
}
