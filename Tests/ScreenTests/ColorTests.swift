import Testing

@testable import Screen

@Suite struct ColorTests {
  private static let eight: [TerminalColor?] = (0..<8).map { .palette($0) } + [nil]

  @Test func greysRunFromBlackToWhite() {
    let indices = (0...Color.brightestGrey).map { Color.grey($0).resolved(.many) }
    #expect(indices == ([16] + (232...255).map { $0 } + [231]).map { .palette($0) })
    #expect(Color.grey(200).resolved(.many) == .palette(231))
    #expect(Color.grey(7).resolved(.eight) == nil)
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
      #expect(Set(roles.map { $0.resolved(depth) }).count == roles.count)
    }
    for color in roles + [.standard, .faint, .warning] {
      #expect(color.resolved(.none) == nil)
      #expect(Self.eight.contains(color.resolved(.eight)))
    }
  }

  @Test func tenKindsHaveColoursOfTheirOwn() {
    #expect(Set((0..<10).map { Color.kind($0).resolved(.many) }).count == 10)
    for kind in 0..<10 {
      #expect(Color.kind(kind).resolved(.none) == nil)
      #expect(Self.eight.contains(Color.kind(kind).resolved(.eight)))
      // The user's own point differs from the colours of the categories.
      #expect(Color.kind(kind).resolved(.many) != Color.accent.resolved(.many))
      for depth in ColorDepth.allCases {
        #expect(Color.kind(kind + 20).resolved(depth) == Color.kind(kind).resolved(depth))
      }
    }
    #expect(Color.kind(-1).resolved(.many) == nil)
    #expect(Color.kind(.min).resolved(.eight) == nil)
    #expect(Color.kind(.max).resolved(.many) == Color.kind(7).resolved(.many))
  }

  /// The two nearest candidates of xterm's 240 fixed colours have the same distance.
  @Test func colorsTakeTheNearestOfThePalette() {
    let all = (16...255).map { Palette.components(of: UInt8($0)) }
    func distance(_ a: (UInt8, UInt8, UInt8), _ b: (red: UInt8, green: UInt8, blue: UInt8)) -> Int {
      let steps = [(a.0, b.red), (a.1, b.green), (a.2, b.blue)].map { Int($0.0) - Int($0.1) }
      return steps.reduce(0) { $0 + $1 * $1 }
    }
    for red in stride(from: 0, through: 255, by: 15) {
      for green in stride(from: 0, through: 255, by: 17) {
        for blue in stride(from: 0, through: 255, by: 5) {
          let color = (UInt8(red), UInt8(green), UInt8(blue))
          let found = Palette.components(of: Palette.nearest(color.0, color.1, color.2))
          #expect(distance(color, found) == all.map { distance(color, $0) }.min())
        }
      }
    }
  }

  @Test func colorsOfThePaletteAreTheirOwnNearest() {
    for number in UInt8(16)...255 {
      let (red, green, blue) = Palette.components(of: number)
      #expect(Color.rgb(red, green, blue).resolved(.many) == .palette(number))
      #expect(Color.rgb(red, green, blue).resolved(.truecolor) == .rgb(red, green, blue))
      #expect(Color.rgb(red, green, blue).resolved(.eight) == nil)
    }
    #expect(Palette.components(of: 208) == (255, 135, 0))
    #expect(Palette.components(of: 244) == (128, 128, 128))
  }

  @Test func rolesAreOfThePaletteInTruecolorToo() {
    for color in [Color.standard, .grey(9), .accent, .mark, .good, .warning, .alarm, .faint, .kind(4)] {
      #expect(color.resolved(.truecolor) == color.resolved(.many))
    }
  }

  @Test func faintIsGreyOrDimButNotBoth() {
    #expect(Style.faint.resolved(.many) == (.palette(244), nil, []))
    #expect(Style.faint.resolved(.eight) == (nil, nil, .dim))
    #expect(Style.faint.resolved(.none) == (nil, nil, .dim))
  }
}
