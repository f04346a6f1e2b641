import Testing

@testable import Screen

@Suite struct ColorTests {
  @Test func greysRunFromBlackToWhite() {
    let indices = (0...Color.brightestGrey).map { Color.grey($0).paletteIndex(.many) }
    #expect(indices == [16] + (232...255).map { $0 } + [231])
    #expect(Color.grey(200).paletteIndex(.many) == 231)
    #expect(Color.grey(7).paletteIndex(.eight) == nil)
  }

  @Test func intensitiesTakeTheNearestGrey() {
    let bytes = [0] + (0..<24).map { 8 + 10 * $0 } + [255]
    for byte in 0...255 {
      guard case .grey(let level) = Color.grey(intensity: Float(byte) / 255) else {
        Issue.record("no grey")
        return
      }
      let nearest = bytes.map { abs($0 - byte) }.min()
      #expect(abs(bytes[Int(level)] - byte) == nearest)
    }
    #expect(Color.grey(intensity: .nan) == .grey(0))
    #expect(Color.grey(intensity: -1) == .grey(0))
    #expect(Color.grey(intensity: .infinity) == .grey(25))
  }

  @Test func rolesHaveColoursOfTheirOwn() {
    let roles: [Color] = [.accent, .mark, .good, .alarm]
    for depth in [ColorDepth.eight, .many] {
      #expect(Set(roles.map { $0.paletteIndex(depth) }).count == roles.count)
    }
    for color in roles + [.standard, .faint, .warning] {
      #expect(color.paletteIndex(.none) == nil)
      #expect((color.paletteIndex(.eight) ?? 0) < 8)
    }
  }

  @Test func tenKindsHaveColoursOfTheirOwn() {
    #expect(Set((0..<10).map { Color.kind($0).paletteIndex(.many) }).count == 10)
    for kind in 0..<10 {
      #expect(Color.kind(kind).paletteIndex(.none) == nil)
      #expect((0..<8).contains(Color.kind(kind).paletteIndex(.eight) ?? 0))
      // The user's own point differs from the colours of the categories.
      #expect(Color.kind(kind).paletteIndex(.many) != Color.accent.paletteIndex(.many))
      for depth in ColorDepth.allCases {
        #expect(Color.kind(kind + 20).paletteIndex(depth) == Color.kind(kind).paletteIndex(depth))
      }
    }
    #expect(Color.kind(-1).paletteIndex(.many) == nil)
    #expect(Color.kind(.min).paletteIndex(.eight) == nil)
    #expect(Color.kind(.max).paletteIndex(.many) == Color.kind(7).paletteIndex(.many))
  }

  @Test func faintIsGreyOrDimButNotBoth() {
    #expect(Style.faint.resolved(.many) == (244, nil, []))
    #expect(Style.faint.resolved(.eight) == (nil, nil, .dim))
    #expect(Style.faint.resolved(.none) == (nil, nil, .dim))
  }
}

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
