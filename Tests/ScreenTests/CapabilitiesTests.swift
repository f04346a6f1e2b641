import Screen
import Testing

@Suite struct CapabilitiesTests {
  @Test func coloursComeFromTheTerminalUnlessRefused() {
    func colors(_ environment: [String: String], _ count: Int) -> ColorDepth {
      Capabilities(environment: environment, terminalColors: count, codeset: "UTF-8").colors
    }
    #expect(colors([:], 256) == .many)
    #expect(colors([:], 1 << 24) == .many)
    #expect(colors([:], 255) == .eight)
    #expect(colors([:], 8) == .eight)
    #expect(colors([:], 0) == .none)
    #expect(colors([:], -1) == .none)
    #expect(colors(["NO_COLOR": "1"], 256) == .none)
    #expect(colors(["NO_COLOR": ""], 256) == .many)
  }

  @Test(arguments: [
    ([:], false, ColorDepth.many), ([:], true, .truecolor),
    (["COLORTERM": "truecolor"], false, .truecolor), (["COLORTERM": "24bit"], false, .truecolor),
    (["COLORTERM": "yes"], false, .many), (["COLORTERM": "truecolor", "NO_COLOR": "1"], true, .none),
    (["COLORTERM": "truecolor", "STY": "7.pts"], true, .many), (["STY": ""], true, .truecolor),
    (["COLORTERM": "truecolor", "TERM": "linux"], true, .many),
  ])
  func truecolorIsStatedAndNotRuledOut(
    environment: [String: String], isStated: Bool, expected: ColorDepth
  ) {
    let capabilities = Capabilities(
      environment: environment, terminalColors: 256, hasTruecolor: isStated, codeset: "UTF-8")
    #expect(capabilities.colors == expected)
    let eight = Capabilities(
      environment: environment, terminalColors: 8, hasTruecolor: isStated, codeset: "UTF-8")
    #expect(eight.colors == (expected == .none ? .none : .eight))
  }

  /// An option precedes the environment, within what the terminal's description supports.
  @Test func aChoiceIsLimitedByTheDescriptionAlone() {
    func colors(_ choice: ColorDepth, _ count: Int) -> ColorDepth {
      Capabilities(
        environment: ["NO_COLOR": "1", "STY": "1", "COLORTERM": "truecolor"], terminalColors: count,
        choice: choice, codeset: "UTF-8"
      ).colors
    }
    let all: [ColorDepth] = [.none, .eight, .many, .truecolor]
    #expect(all.map { colors($0, 256) } == all)
    #expect(all.map { colors($0, 8) } == [.none, .eight, .eight, .eight])
    #expect(all.map { colors($0, 0) } == [.none, .none, .none, .none])
  }

  @Test func unicodeComesFromTheLocale() {
    func capabilities(_ codeset: String, term: String = "xterm") -> Capabilities {
      Capabilities(environment: ["TERM": term], terminalColors: 8, codeset: codeset)
    }
    #expect(capabilities("UTF-8").unicode)
    #expect(capabilities("utf8").unicode)
    #expect(!capabilities("ANSI_X3.4-1968").unicode)
    #expect(!capabilities("ISO-8859-1").braille)
    #expect(capabilities("UTF-8").braille)
    #expect(!capabilities("UTF-8", term: "linux").braille)
  }
}
