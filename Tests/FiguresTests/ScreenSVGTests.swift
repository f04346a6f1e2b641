import Formats
import Screen
import TestSupport
import Testing

@testable import Figures

/// A terminal's screen as SVG.
@Suite struct ScreenSVGTests {
  private func drawing(
    _ text: String, _ style: Style = .standard, _ capabilities: Capabilities = .full
  ) -> ScreenDrawing {
    var canvas = Canvas(size: Size(width: text.count, height: 1))
    canvas.put(text, column: 0, row: 0, style)
    return ScreenDrawing(canvas, capabilities: capabilities)
  }

  /// The colours that the first group of shapes gives to squares of eight units, by column and row.
  private func painted(_ svg: String) throws -> [[Int]: String] {
    let parsed = try ParsedXML.parse(svg)
    let group = try #require(parsed.attributes.firstIndex { $0["id"] == "grounds" })
    var colors: [[Int]: String] = [:]
    for attributes in parsed.attributes[(group + 1)...].prefix(while: { $0["id"] == nil }) {
      let path = try #require(attributes["d"])
      let boxes = path.matches(of: /M(\d+) (\d+)h(\d+)v(\d+)h-(\d+)z/)
      #expect(boxes.map { String($0.0) }.joined() == path)
      for box in boxes {
        let numbers = [box.1, box.2, box.3, box.4, box.5].compactMap { Int($0) }
        try #require(numbers.count == 5 && numbers.allSatisfy { $0 % 8 == 0 } && numbers[2] == numbers[4])
        for column in numbers[0] / 8..<(numbers[0] + numbers[2]) / 8 {
          for row in numbers[1] / 8..<(numbers[1] + numbers[3]) / 8 {
            // No square is painted twice.
            #expect(colors.updateValue(attributes["fill"] ?? "", forKey: [column, row]) == nil)
          }
        }
      }
    }
    return colors
  }

  @Test func everyPixelOfAPictureIsASquareOfItsGrey() throws {
    let bytes = noiseBytes(784, seed: 9)
    var canvas = Canvas(size: Size(width: 31, height: 17))
    ImageView(ScreenImage(bytes: bytes, width: 28)).draw(
      on: &canvas, in: Rectangle(column: 2, row: 1, width: 28, height: 14), capabilities: .full)
    let colors = try painted(SVG.encode(canvas, capabilities: .full, title: ""))
    #expect(colors.count == 784)
    for (place, byte) in bytes.enumerated() {
      let grey = try #require(Color.grey(intensity: Float(byte) / 255).resolved(.many).map(Self.grey))
      let color = PixelImage.RGB(grey, grey, grey).hexadecimal
      #expect(colors[[2 + place % 28, 2 + place / 28]] == color)
    }
  }

  /// The level of one of xterm's greys: black and white of its cube, and a ramp.
  private static func grey(_ color: TerminalColor) -> UInt8 {
    guard case .palette(let number) = color, number != 16 else { return 0 }
    return number == 231 ? 255 : 8 + 10 * (number - 232)
  }

  @Test(arguments: [ColorDepth.many, .truecolor])
  func everyPixelOfAColouredPictureIsASquareOfItsColour(depth: ColorDepth) throws {
    let bytes = noiseBytes(3 * 48, seed: 5)
    let capabilities = Capabilities(colors: depth, unicode: true)
    var canvas = Canvas(size: Size(width: 8, height: 3))
    ImageView(ScreenImage(intensities: bytes.map { Float($0) / 255 }, width: 8, height: 6))
      .draw(on: &canvas, in: canvas.bounds, capabilities: capabilities)
    let colors = try painted(SVG.encode(canvas, capabilities: capabilities, title: ""))
    for place in 0..<48 {
      var color = PixelImage.RGB(bytes[place], bytes[48 + place], bytes[96 + place])
      if depth == .many {
        let (red, green, blue) = Palette.components(of: Palette.nearest(color.red, color.green, color.blue))
        color = PixelImage.RGB(red, green, blue)
      }
      #expect(colors[[place % 8, place / 8]] == color.hexadecimal)
    }
  }

  @Test func equalNeighboursAreOneRectangle() throws {
    var canvas = Canvas(size: Size(width: 20, height: 6))
    canvas.fill(canvas.bounds, with: Cell(" ", Style(.standard, on: .grey(9))))
    #expect(ScreenDrawing(canvas, capabilities: .full).grounds.count == 1)
    var frame = Canvas(size: Size(width: 10, height: 4))
    frame.drawBox(frame.bounds)
    let shapes = ScreenDrawing(frame, capabilities: .full).shapes
    let boxes = Set(shapes.map { [$0.x, $0.y, $0.width, $0.height] })
    #expect(boxes == [[4, 8, 73, 1], [4, 56, 73, 1], [4, 8, 1, 49], [76, 8, 1, 49]])
  }

  @Test func blocksShadesAndBrailleAreShapes() {
    let background = TerminalPalette.background
    #expect(drawing("█").shapes.map(\.height) == [16] && drawing("▁").shapes.map(\.y) == [14])
    #expect(drawing("▏").shapes.map(\.width) == [1] && drawing("▯").shapes.count == 4)
    #expect(drawing("▀").shapes.isEmpty && drawing("▀").grounds.map(\.height) == [8])
    let shade = drawing("▒").grounds
    #expect(shade.map(\.color) == [background.mixed(with: TerminalPalette.foreground, fraction: 0.5)])
    #expect(drawing("⣿").dots.count == 8)
    #expect(drawing("⠑").dots.map { [$0.x, $0.y] } == [[2, 2], [6, 6]])
    #expect(drawing("█▁▒⣿─").words.isEmpty)
    // On a terminal of ASCII alone all of them are letters.
    #expect(drawing("█─⣿", .standard, .ascii).words.map(\.text) == ["@-*"])
  }

  @Test func wordsStandInTheirColumns() {
    #expect(drawing("  ab c   d ").words.map(\.text) == ["ab c", "d"])
    #expect(drawing("  ab c   d ").words.map(\.column) == [2, 9])
    // Glyphs of fallback fonts are separate.
    #expect(drawing("θ is 5°").words.map(\.text) == ["θ", "is 5", "°"])
    let reversed = drawing("x", Style(.standard, [.reverse, .bold]))
    #expect(reversed.words.map(\.look) == [.init(color: TerminalPalette.background, isBold: true)])
    #expect(reversed.grounds.map(\.color) == [TerminalPalette.foreground])
    let dim = drawing("x", Style(.standard, .dim), Capabilities(colors: .none, unicode: true)).words
    #expect(dim[0].look.color != TerminalPalette.foreground)
    #expect(drawing("x", Style(.standard, .underline)).shapes.map(\.height) == [1])
    let accent = drawing("x", Style(.accent), Capabilities(colors: .eight, unicode: true)).words
    #expect(accent.map(\.look.color) == [TerminalPalette.color(.palette(6))])
  }

  @Test func theTextIsSoundXML() throws {
    var canvas = Canvas(size: Size(width: 12, height: 2))
    canvas.put("<b>&amp;\"'", column: 0, row: 0)
    canvas.put("◇", column: 3, row: 1, Style(.mark))
    let parsed = try ParsedXML.parse(SVG.encode(canvas, capabilities: .full, title: "a < b\u{1B}"))
    #expect(parsed.text.contains("<b>&amp;\"'") && parsed.text.contains("a < b\u{FFFD}"))
    let texts = zip(parsed.names, parsed.attributes).filter { $0.0 == "text" }.map(\.1)
    #expect(texts.map { $0["x"] } == ["0", "24"] && texts.map { $0["textLength"] } == ["80", "8"])
    #expect(texts.map { $0["lengthAdjust"] } == [nil, "spacingAndGlyphs"])
    #expect(parsed.attributes[0]["viewBox"] == "0 0 128 64")
    // A screen without cells is a frame.
    let empty = Canvas(size: Size(width: 0, height: 0))
    _ = try ParsedXML.parse(SVG.encode(empty, capabilities: .full, title: ""))
  }

  @Test func thePaletteIsThatOfXterm() {
    let colors: [UInt8: PixelImage.RGB] = [
      16: .init(0, 0, 0), 39: .init(0, 175, 255), 214: .init(255, 175, 0), 231: .init(255, 255, 255),
      232: .init(8, 8, 8), 255: .init(238, 238, 238),
    ]
    for (number, color) in colors { #expect(TerminalPalette.color(.palette(number)) == color) }
  }
}
