import PseudoTerminals
import Screen
import Testing

@testable import NcursesTerminal

extension NcursesTerminalTests {
  private static let truecolor = ["TERM": "xterm-256color", "COLORTERM": "truecolor"]

  /// A canvas of pictures of random colours, with text and roles between them.
  private func colourful(_ size: Size, seed: UInt64, _ capabilities: Capabilities) -> Canvas {
    var state = seed
    func level() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 24)
    }
    var canvas = gallery(size, capabilities)
    let inside = canvas.bounds.inset(horizontal: 16, vertical: 1)
    let image = ScreenImage(
      intensities: (0..<6 * inside.width * inside.height).map { _ in level() }, width: inside.width,
      height: 2 * inside.height)
    ImageView(image).draw(on: &canvas, in: inside, capabilities: capabilities)
    return canvas
  }

  @Test(arguments: [
    truecolor, ["TERM": "xterm-256color"], ["TERM": "screen-256color", "COLORTERM": "24bit"],
    ["TERM": "xterm", "COLORTERM": "truecolor"],
  ]) func coloursArriveAsTheyWereDrawn(environment: [String: String]) throws {
    let offline = try OfflineTerminal(width: 60, height: 20, environment: environment)
    for seed in 0..<6 {
      let canvas = colourful(
        offline.terminal.size, seed: UInt64(seed), offline.terminal.capabilities)
      offline.present(canvas)
      #expect(offline.firstDifference(from: canvas) == nil)
    }
    #expect(offline.writes.count == 6)
  }

  /// More pairs than ncurses has numbers for are shown one after another, also after a redraw and a change of
  /// the size of the canvas.
  @Test func numbersOfPairsAreReused() throws {
    let offline = try OfflineTerminal(width: 120, height: 50, environment: Self.truecolor)
    for seed in 0..<16 {
      if seed == 9 { offline.terminal.invalidate() }
      let size = seed == 12 ? Size(width: 100, height: 40) : offline.terminal.size
      let canvas = colourful(size, seed: UInt64(seed), offline.terminal.capabilities)
      offline.present(canvas)
      #expect(offline.firstDifference(from: canvas) == nil, "\(seed)")
    }
  }

  /// 36,000 different cells are more than there are numbers: the rest has one colour of the palette a cell.
  @Test func tooManyPairsAreCoarse() throws {
    let offline = try OfflineTerminal(width: 360, height: 100, environment: Self.truecolor)
    var canvas = Canvas(size: offline.terminal.size)
    for row in 0..<100 {
      for column in 0..<360 {
        let number = row * 360 + column
        let color = Color.rgb(UInt8(number & 255), UInt8(number >> 8), 128)
        canvas[column, row] = Cell("▀", Style(color, on: .rgb(9, UInt8(row), 77)))
      }
      // Large frames do not fit into one datagram.
      if row % 10 == 9 { offline.present(canvas) }
    }
    var exact = 0
    for row in 0..<100 {
      for column in 0..<360 {
        let look = canvas[column, row].style.resolved(.truecolor)
        let pair = ColorPair(foreground: look.foreground, background: look.background)
        let seen = OfflineTerminal.colors(offline.screen[column, row])
        if seen == pair { exact += 1 } else { #expect(seen == pair.coarse) }
      }
    }
    #expect(exact == 32_767 - 1024 - 1)
  }

  @Test(arguments: [
    (["TERM": "xterm-256color"], nil, ColorDepth.many), (truecolor, nil, .truecolor),
    (["TERM": "xterm-kitty"], nil, .truecolor), (["TERM": "alacritty"], nil, .truecolor),
    (["TERM": "xterm-direct"], nil, .truecolor), (["TERM": "xterm-kitty", "STY": "1.a"], nil, .many),
    (["TERM": "xterm", "COLORTERM": "truecolor"], nil, .eight),
    (["TERM": "xterm-256color"], .truecolor, .truecolor), (truecolor, ColorDepth.many, .many),
    (truecolor, .eight, .eight), (truecolor, ColorDepth.none, .none),
  ]) func theDepthFollowsTheTypeAndTheEnvironment(
    environment: [String: String], choice: ColorDepth?, expected: ColorDepth
  ) throws {
    let offline = try OfflineTerminal(environment: environment, colors: choice)
    #expect(offline.terminal.capabilities.colors == expected)
  }

  /// The program's own description has sequences whose colours can be tokens.
  @Test func theOwnDescriptionTakesTokens() throws {
    let offline = try OfflineTerminal(
      width: 40, height: 9, environment: ["TERM": "xterm-kitty"], isDescribed: { _ in false })
    #expect(offline.terminal.capabilities.colors == .truecolor)
    let canvas = colourful(offline.terminal.size, seed: 3, offline.terminal.capabilities)
    offline.present(canvas)
    #expect(offline.firstDifference(from: canvas) == nil)
  }
}
