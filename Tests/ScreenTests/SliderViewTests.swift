import Testing

@testable import Screen

@Suite struct SliderViewTests {
  private func line(_ slider: SliderView, width: Int, unicode: Bool = true) -> String {
    var canvas = Canvas(size: Size(width: width, height: 1))
    slider.draw(on: &canvas, in: canvas.bounds, capabilities: .full)
    return String(ScreenText.plain(canvas, unicode: unicode).dropLast())
  }

  private func slider(_ value: Double, mark: Double? = nil, selected: Bool = false) -> SliderView {
    SliderView(
      label: "latent 1", value: value, range: -2...2, mark: mark, valueText: "+1.50", isSelected: selected)
  }

  @Test func knobMarkAndFillStandWhereTheValuesAre() {
    #expect(line(slider(1), width: 36) == "  latent 1 ├────────━━━━●────┤ +1.50")
    #expect(line(slider(1, mark: -1), width: 36) == "  latent 1 ├────◇───━━━━●────┤ +1.50")
    #expect(line(slider(1, mark: 1), width: 36) == "  latent 1 ├────────━━━━◈────┤ +1.50")
    #expect(line(slider(-2), width: 36) == "  latent 1 ├●━━━━━━━━────────┤ +1.50")
    #expect(line(slider(2, mark: -9), width: 36) == "  latent 1 ├◇───────━━━━━━━━●┤ +1.50")
  }

  @Test func beyondTheRangeAnArrowShowsTheWay() {
    #expect(line(slider(3), width: 36) == "  latent 1 ├────────━━━━━━━━▶┤ +1.50")
    #expect(line(slider(-3), width: 36) == "  latent 1 ├◀━━━━━━━━────────┤ +1.50")
    #expect(line(slider(.nan, mark: .nan), width: 36) == "  latent 1 ├─────────────────┤ +1.50")
    #expect(line(slider(.infinity), width: 36).contains("▶"))
  }

  @Test func theSelectedOneHasAGlyphAndBoldBesideItsColour() {
    #expect(line(slider(1, selected: true), width: 36) == "▸ latent 1 ├────────━━━━●────┤ +1.50")
    var canvas = Canvas(size: Size(width: 36, height: 1))
    slider(1, mark: 0.5, selected: true).draw(on: &canvas, in: canvas.bounds, capabilities: .full)
    #expect(canvas[2, 0].style == .selected)
    #expect(canvas[24, 0] == Cell("●", .selected))
    #expect(canvas[22, 0] == Cell("◇", Style(.mark)))
    #expect(canvas[21, 0] == Cell("━", Style(.accent)))
    #expect(canvas[13, 0] == Cell("─", .faint))
    slider(1, mark: 0.5).draw(on: &canvas, in: canvas.bounds, capabilities: .full)
    #expect(canvas[2, 0].style == .standard)
  }

  @Test func asciiFormsTellKnobAndMarkApart() {
    #expect(
      line(slider(1, mark: -1, selected: true), width: 36, unicode: false)
        == "> latent 1 +----^---====O----+ +1.50")
  }

  @Test func narrowLinesOmitParts() {
    #expect(line(slider(1), width: 25) == "  latent 1 ├───━●─┤ +1.50")
    #expect(line(slider(1), width: 22) == "  laten… ├──━●─┤ +1.50")
    #expect(line(slider(1), width: 19) == "  la… ├──━●─┤ +1.50")
    #expect(line(slider(1), width: 18) == "  latent 1 +1.50")
    #expect(line(slider(1), width: 12) == "  lat… +1.50")
    #expect(line(slider(1, selected: true), width: 7) == "▸ +1.50")
    #expect(line(slider(1, selected: true), width: 5) == "▸ +1…")
    #expect(line(slider(1, selected: true), width: 2) == "+…")
    for width in 0...40 { #expect(line(slider(1), width: width).count <= width) }
  }

  @Test func clicksOnTheBarMeanItsValues() {
    var canvas = Canvas(size: Size(width: 36, height: 1))
    let track = slider(0).draw(on: &canvas, in: canvas.bounds, capabilities: .full)
    #expect(track == Rectangle(column: 12, row: 0, width: 17, height: 1))
    #expect(slider(0).value(at: 12, of: track) == -2)
    #expect(slider(0).value(at: 20, of: track) == 0)
    #expect(slider(0).value(at: 99, of: track) == 2)
    #expect(slider(0).draw(on: &canvas, in: canvas.bounds.split(left: 9).left, capabilities: .full).isEmpty)
  }

  /// A scale is neither enlarged nor made smaller at 1, not at 0.
  @Test func theBarIsFilledFromItsOrigin() {
    let scale = SliderView(label: "s", value: 1.4, range: 0.6...1.4, origin: 1, valueText: "1.40")
    let bar = line(scale, width: 30)
    #expect(bar.contains("├─") && bar.contains("━━●┤"))
    let neutral = SliderView(label: "s", value: 1, range: 0.6...1.4, origin: 1, valueText: "1.00")
    #expect(line(neutral, width: 30).contains("─●─"))
  }

  @Test func aRangeOfNoLengthIsSafe() {
    let fixed = SliderView(label: "x", value: 1, range: 1...1, valueText: "1")
    #expect(line(fixed, width: 20).contains("●"))
    let endless = SliderView(
      label: "x", value: 1, range: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude,
      valueText: "1")
    #expect(line(endless, width: 20).contains("●"))
  }

  /// With a histogram its bars stand in the place of the line; each column has the mean of its parts.
  @Test func aHistogramStandsBehindTheKnob() {
    var view = slider(1, mark: -1)
    view.histogram = (0..<17).map { Double($0) / 16 }
    #expect(line(view, width: 36) == "  latent 1 ├▁▁▂▂◇▃▄▄▅▅▅▆●▇▇██┤ +1.50")
    view.histogram = [0, 0, 1, 1]
    #expect(line(view, width: 28) == "  latent 1 ├▁▁◇▁▁█●██┤ +1.50")
    view.histogram = (0..<48).map { $0 % 2 == 0 ? 1 : 0 }
    #expect(line(view, width: 36).filter { "▃▄▅▆".contains($0) }.count == 15)
    view.histogram = [1]
    #expect(line(view, width: 36).filter { $0 == "█" }.count == 15)
    view.histogram = [.nan, .infinity]
    #expect(line(view, width: 36).contains("█"))
  }

  /// Without greys, thin glyphs leave the knob and the filled part in sight.
  @Test(arguments: [ColorDepth.eight, .none], [true, false])
  func aHistogramWithoutGreysIsThin(depth: ColorDepth, unicode: Bool) {
    var view = slider(1)
    view.histogram = (0..<17).map { Double($0) / 16 }
    var canvas = Canvas(size: Size(width: 36, height: 1))
    let capabilities = Capabilities(colors: depth, unicode: unicode)
    let track = view.draw(on: &canvas, in: canvas.bounds, capabilities: capabilities)
    #expect(String(track.columns.map { canvas[$0, 0].glyph }) == "   ·····━━━━●:│││")
    let knob = canvas[track.column + 12, 0]
    #expect(knob.style.attributes.contains(.bold) && !knob.style.attributes.contains(.dim))
    view.histogram = [.nan, .infinity]
    view.draw(on: &canvas, in: canvas.bounds, capabilities: capabilities)
    #expect(canvas[track.column, 0].glyph == " ")
  }

  @Test func theFilledPartOfAHistogramIsBrighter() {
    var view = slider(1, selected: true)
    view.histogram = [1]
    var canvas = Canvas(size: Size(width: 36, height: 1))
    let track = view.draw(on: &canvas, in: canvas.bounds, capabilities: .full)
    #expect(canvas[track.column, 0] == Cell("█", Style(.grey(8), .dim)))
    #expect(canvas[track.column + 9, 0] == Cell("█", Style(.accent)))
  }

  private func reaction(_ fraction: Double, cells: Int = 4) -> String {
    var view = slider(1)
    view.reaction = fraction
    view.reactionWidth = cells
    return String(line(view, width: 40).suffix(cells))
  }

  @Test func theSensitivityIsASmallBar() {
    let fractions: [Double] = [0, 0.12, 0.13, 0.5, 0.87, 0.88, 1]
    #expect(fractions.map { reaction($0) } == ["▯▯▯▯", "▯▯▯▯", "▮▯▯▯", "▮▮▯▯", "▮▮▮▯", "▮▮▮▮", "▮▮▮▮"])
    #expect(reaction(-3) == "▯▯▯▯" && reaction(9) == "▮▮▮▮" && reaction(.infinity) == "▮▮▮▮")
    #expect(reaction(0.5, cells: 2) == "▮▯")
    var view = slider(1)
    view.reactionWidth = 4
    #expect(!line(view, width: 40).contains("▯"))
  }

  /// The sensitivity is left out before the bar.
  @Test func theSensitivityIsOmittedFirst() {
    var view = slider(1)
    view.reaction = 1
    view.reactionWidth = 2
    #expect(line(view, width: 22) == "  la… ├──━●─┤ +1.50 ▮▮")
    #expect(line(view, width: 21) == "  late… ├──━●─┤ +1.50")
    for width in 0...40 { #expect(line(view, width: width).count <= width) }
  }

  @Test func aFarValueWarns() {
    var view = slider(1, selected: true)
    view.isFar = true
    var canvas = Canvas(size: Size(width: 36, height: 1))
    view.draw(on: &canvas, in: canvas.bounds, capabilities: .full)
    #expect(canvas[35, 0] == Cell("0", Style(.warning, .bold)))
    #expect(canvas[2, 0].style == .selected)
  }

  @Test func theTrackIsWhatDrawReturns() {
    var view = slider(0)
    view.reaction = 0.5
    for reactionWidth in [0, 2, 4] {
      view.reactionWidth = reactionWidth
      for width in 0...60 {
        for height in 0...2 {
          var canvas = Canvas(size: Size(width: 64, height: 5))
          let region = Rectangle(column: 3, row: 1, width: width, height: height)
          let drawn = view.draw(on: &canvas, in: region, capabilities: .full)
          let track = view.track(in: region)
          #expect(drawn == track || drawn.isEmpty && track.isEmpty, "\(width) by \(height)")
          guard !track.isEmpty else { continue }
          #expect(canvas[track.column - 1, 1].glyph == "├")
          #expect(canvas[track.columns.upperBound, 1].glyph == "┤")
        }
      }
    }
  }

  /// A knob that is put at a column is drawn there.
  @Test func clickedColumnsAreThoseOfTheKnob() {
    var canvas = Canvas(size: Size(width: 50, height: 1))
    let track = slider(0).track(in: canvas.bounds)
    for column in track.columns {
      slider(slider(0).value(at: column, of: track)).draw(on: &canvas, in: canvas.bounds, capabilities: .full)
      #expect(canvas[column, 0].glyph == "●")
    }
  }
}
