import Testing

@testable import Screen

/// Numbers that are not finite, or far too large, are drawn as something: no view ends the program.
@Suite struct NotFiniteTests {
  private static let numbers: [Double] = [
    .nan, .infinity, -.infinity, 1e300, -1e300, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1e19, 0,
    -0.0, .leastNonzeroMagnitude,
  ]

  @Test(arguments: numbers)
  func slidersTakeEveryNumber(number: Double) {
    var canvas = Canvas(size: Size(width: 60, height: 1))
    for reaction in Self.numbers {
      var slider = SliderView(
        label: "z", value: number, range: -2...2, mark: -number,
        valueText: NumberText.fixed(number, decimals: 2),
        isSelected: false)
      slider.reaction = reaction
      slider.histogram = [reaction, number]
      slider.draw(on: &canvas, in: canvas.bounds, capabilities: .full)
    }
    #expect(ScreenText.plain(canvas).contains("z"))
  }

  @Test(arguments: [Float(1), 0.5, 2], [false, true])
  func picturesTakeEveryNumber(gamma: Float, isInverted: Bool) {
    let image = ScreenImage(intensities: Self.numbers.map { Float($0) }, width: Self.numbers.count)
    for depth in ColorDepth.allCases {
      let colors = Capabilities(colors: depth, unicode: true)
      var canvas = Canvas(size: Size(width: 22, height: 4))
      ImageView(image, isInverted: isInverted, gamma: gamma)
        .draw(on: &canvas, in: canvas.bounds, capabilities: colors)
      #expect(canvas.size.width == 22)
    }
  }

  @Test(arguments: numbers)
  func mapsTakeEveryNumber(number: Double) {
    for other in Self.numbers {
      var canvas = Canvas(size: Size(width: 40, height: 12))
      var view = ScatterView(
        points: [(x: number, y: other, kind: 0), (x: 0, y: 1, kind: 1)], kindNames: [],
        horizontal: ScatterView.Axis("x"), vertical: ScatterView.Axis("y"))
      view.path = [(x: other, y: number), (x: 0, y: 0)]
      view.draw(on: &canvas, in: canvas.bounds, capabilities: .full)
      #expect(canvas.size.width == 40)
    }
  }
}
