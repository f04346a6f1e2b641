import Testing

@testable import Screen

@Suite struct ImageViewTests {
  private let modes: [Capabilities] = [
    .full, Capabilities(colors: .many, unicode: false), Capabilities(colors: .eight, unicode: true),
    Capabilities(colors: .none, unicode: true), .ascii,
  ]

  /// Two rows of a light and a dark half: `# .` over `. #`.
  private let checker = ScreenImage(bytes: [255, 0, 0, 255], width: 2)

  private func drawn(_ image: ScreenImage, _ width: Int, _ height: Int, _ mode: Capabilities) -> Canvas {
    var canvas = Canvas(size: Size(width: width, height: height))
    ImageView(image).draw(on: &canvas, in: canvas.bounds, capabilities: mode)
    return canvas
  }

  @Test(arguments: [
    (112, 56, 112, 56), (56, 28, 56, 28), (60, 40, 56, 28), (55, 28, 28, 14), (28, 14, 28, 14),
    (38, 12, 24, 12), (14, 7, 14, 7), (14, 30, 14, 7), (1, 1, 1, 1), (2, 1, 2, 1), (3, 3, 3, 1), (0, 5, 0, 0),
    (5, 0, 0, 0), (84, 42, 84, 42), (500, 300, 112, 56),
  ]) func sizesKeepTheProportionsAndFit(room: (Int, Int, Int, Int)) {
    let (width, height, expectedWidth, expectedHeight) = room
    let size = ImageView.size(imageWidth: 28, imageHeight: 28, in: Size(width: width, height: height))
    #expect(size == Size(width: expectedWidth, height: expectedHeight))
  }

  /// Small images have larger pixels, large ones are reduced, and all keep their proportions.
  @Test(arguments: [
    (8, 8, 200, 100, 112, 56), (8, 8, 30, 40, 24, 12), (64, 64, 64, 32, 64, 32), (64, 64, 63, 40, 63, 31),
    (64, 64, 32, 16, 32, 16), (128, 128, 300, 64, 128, 64), (16, 8, 40, 20, 32, 8), (8, 16, 40, 20, 16, 16),
    (128, 32, 64, 40, 64, 8), (32, 128, 64, 40, 20, 40), (64, 64, 256, 128, 256, 128),
  ]) func sizesOfOtherShapes(sizes: (Int, Int, Int, Int, Int, Int)) {
    let (imageWidth, imageHeight, width, height, expectedWidth, expectedHeight) = sizes
    let size = ImageView.size(
      imageWidth: imageWidth, imageHeight: imageHeight, in: Size(width: width, height: height))
    #expect(size == Size(width: expectedWidth, height: expectedHeight))
  }

  /// Red, green, blue and white in a square.
  private let colors = ScreenImage(
    intensities: [1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1], width: 2, height: 2)

  @Test func colouredImagesKeepTheirColours() {
    let truecolor = Capabilities(colors: .truecolor, unicode: true)
    for mode in [Capabilities.full, truecolor] {
      let expected = [
        Cell("▀", Style(.rgb(255, 0, 0), on: .rgb(0, 0, 255))),
        Cell("▀", Style(.rgb(0, 255, 0), on: .rgb(255, 255, 255))),
      ]
      #expect(drawn(colors, 2, 1, mode).cells == expected)
      // Inversion is of ink and background, which colours do not have.
      var canvas = Canvas(size: Size(width: 2, height: 1))
      ImageView(colors, isInverted: true).draw(on: &canvas, in: canvas.bounds, capabilities: mode)
      #expect(canvas.cells == expected)
    }
    let ascii = drawn(colors, 2, 1, Capabilities(colors: .truecolor, unicode: false)).cells
    #expect(ascii.map(\.style.background) == [.rgb(128, 0, 128), .rgb(128, 255, 128)])
  }

  @Test func coloursAreDrawnByLightnessWithoutColours() {
    // 0.299, 0.587, 0.114 and 1 of the ten steps.
    #expect(ScreenText.plain(drawn(colors, 4, 2, .ascii)) == "--++\n..@@\n")
    #expect(ScreenText.plain(drawn(colors, 4, 2, modes[2])) == "░░▒▒\n  ██\n")
    var canvas = Canvas(size: Size(width: 4, height: 2))
    ImageView(colors, isInverted: true).draw(on: &canvas, in: canvas.bounds, capabilities: .ascii)
    #expect(ScreenText.plain(canvas) == "**==\n%%\n")
  }

  @Test func truecolorHasAllGreys() {
    let image = ScreenImage(bytes: (0...255).map { UInt8($0) }, width: 256)
    let canvas = drawn(image, 256, 1, Capabilities(colors: .truecolor, unicode: true))
    #expect(canvas.cells.map(\.style.background) == (0...255).map { .rgb($0, $0, $0) })
  }

  /// With 256 colours, different colours that look the same need no glyph.
  @Test func coloursOfThePaletteAreComparedAsShown() {
    let image = ScreenImage(intensities: [0.99, 1, 0.01, 0, 0, 0.01], width: 1, height: 2)
    let red = Cell(" ", Style(.rgb(255, 0, 0), on: .rgb(255, 0, 0)))
    #expect(drawn(image, 1, 1, .full).cells == [red])
  }

  @Test func planesAreReducedApart() {
    let plane = (0..<64).map { Float($0 % 8) / 7 }
    let image = ScreenImage(intensities: plane + plane.map { 1 - $0 } + plane, width: 8, height: 8)
    let reduced = image.resampled(width: 3, height: 4)
    let alone = ScreenImage(intensities: plane, width: 8).resampled(width: 3, height: 4)
    #expect(Array(reduced[..<12]) == alone && Array(reduced[24...]) == alone)
    for (index, value) in alone.enumerated() { #expect(abs(reduced[12 + index] - (1 - value)) < 1e-6) }
  }

  @Test func halfBlocksHoldEveryPixel() {
    let image = ScreenImage(bytes: (0..<784).map { UInt8($0 % 256) }, width: 28)
    let canvas = drawn(image, 28, 14, .full)
    for row in 0..<14 {
      for column in 0..<28 {
        let upper = Color.grey(intensity: image.intensities[2 * row * 28 + column])
        let lower = Color.grey(intensity: image.intensities[(2 * row + 1) * 28 + column])
        let cell = upper == lower ? Cell(" ", Style(upper, on: upper)) : Cell("▀", Style(upper, on: lower))
        #expect(canvas[column, row] == cell)
      }
    }
  }

  @Test func twoColumnsAPixelAreBackgroundsOnly() {
    let canvas = drawn(checker, 4, 2, .full)
    let white = Cell(" ", Style(.grey(25), on: .grey(25)))
    let black = Cell(" ", Style(.grey(0), on: .grey(0)))
    #expect(canvas.cells == [white, white, black, black, black, black, white, white])
  }

  @Test func everyModeHasItsGlyphs() {
    #expect(ScreenText.plain(drawn(checker, 4, 2, modes[2])) == "██\n  ██\n")
    #expect(ScreenText.plain(drawn(checker, 4, 2, modes[3])) == "██\n  ██\n")
    #expect(ScreenText.plain(drawn(checker, 4, 2, .ascii)) == "@@\n  @@\n")
    #expect(ScreenText.plain(drawn(checker, 2, 1, .ascii)) == "++\n")
    #expect(ScreenText.plain(drawn(checker, 2, 1, modes[2])) == "▒▒\n")
    #expect(drawn(checker, 2, 1, modes[1])[0, 0].style.background == Color.grey(intensity: 0.5))
  }

  @Test func onlyTheRichestModeUsesColours() {
    for mode in modes.dropFirst(2) {
      #expect(drawn(checker, 8, 4, mode).cells.allSatisfy { $0.style == .standard })
    }
    for mode in modes where !mode.unicode {
      #expect(drawn(checker, 9, 5, mode).cells.allSatisfy { $0.glyph.isASCII })
    }
  }

  @Test func reducingAveragesAreas() {
    let image = ScreenImage(intensities: (0..<784).map { Float($0 % 28) / 27 }, width: 28)
    let reduced = image.resampled(width: 14, height: 14)
    for column in 0..<14 {
      #expect(abs(reduced[column] - (Float(2 * column) + 0.5) / 27) < 1e-6)
    }
    let uneven = image.resampled(width: 9, height: 5)
    let mean = image.intensities.reduce(0, +) / 784
    #expect(abs(uneven.reduce(0, +) / 45 - mean) < 1e-5)
  }

  @Test func theImageStandsInTheMiddleAndOneRowOfPixelsFillsItsCell() {
    var canvas = Canvas(size: Size(width: 10, height: 5))
    let area = ImageView(checker).draw(
      on: &canvas, in: canvas.bounds, capabilities: .full, largestScale: 2)
    #expect(area == Rectangle(column: 3, row: 1, width: 4, height: 2))
    let row = drawn(ScreenImage(bytes: [255, 0], width: 2), 2, 4, .full)
    #expect(row[0, 1] == Cell(" ", Style(.grey(25), on: .grey(25))))
  }

  @Test func inversionSwapsInkAndBackground() {
    var canvas = Canvas(size: Size(width: 4, height: 2))
    ImageView(checker, isInverted: true).draw(on: &canvas, in: canvas.bounds, capabilities: .ascii)
    #expect(ScreenText.plain(canvas) == "  @@\n@@\n")
  }

  @Test func intensitiesAreClamped() {
    let image = ScreenImage(intensities: [.nan, -1, 2, .infinity], width: 4)
    #expect(image.intensities == [0, 0, 1, 1])
    #expect(ScreenImage(intensities: [], width: 3).height == 0)
    #expect(drawn(ScreenImage(intensities: [], width: 3), 4, 4, .full).cells.allSatisfy { $0 == .blank })
  }

  @Test func everySizeIsSafeInEveryMode() {
    let image = ScreenImage(bytes: (0..<784).map { UInt8($0 % 256) }, width: 28)
    for mode in modes {
      for (width, height) in [(0, 0), (1, 1), (2, 1), (1, 9), (9, 1), (13, 7), (31, 11), (57, 29)] {
        let canvas = drawn(image, width, height, mode)
        #expect(width * height == 0 || canvas.cells.contains { $0 != .blank })
      }
    }
  }

  private func levels(gamma: Float, isInverted: Bool = false) -> [Color] {
    let image = ScreenImage(intensities: [0, 0.25, 0.5, 0.75, 1], width: 5)
    var canvas = Canvas(size: Size(width: 5, height: 1))
    ImageView(image, isInverted: isInverted, gamma: gamma)
      .draw(on: &canvas, in: canvas.bounds, capabilities: Capabilities(colors: .many, unicode: false))
    return canvas.cells.map(\.style.background)
  }

  @Test func gammaChangesIntermediateIntensities() {
    #expect(levels(gamma: 1) == [0, 0.25, 0.5, 0.75, 1].map { Color.grey(intensity: $0) })
    #expect(levels(gamma: 2) == [0, 0.0625, 0.25, 0.5625, 1].map { Color.grey(intensity: $0) })
    #expect(levels(gamma: 0.5) == [0, 0.5, 0.707_11, 0.866_03, 1].map { Color.grey(intensity: $0) })
  }

  /// Ink is made stronger, and then exchanged with paper.
  @Test func inversionComesAfterGamma() {
    #expect(
      levels(gamma: 2, isInverted: true) == [1, 0.9375, 0.75, 0.4375, 0].map { Color.grey(intensity: $0) })
  }
}
