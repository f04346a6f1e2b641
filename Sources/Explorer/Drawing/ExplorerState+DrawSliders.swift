import Screen

extension ExplorerState {
  /// One line for each slider; the list scrolls so that the selected one is in sight.
  func drawSliders(on canvas: inout Canvas, in region: Rectangle) {
    guard region.height > 0 else { return }
    // Where not all have room, a line that says so is worth more than one more slider.
    let hasHeading = region.height > sliderCount || region.height >= 4 && region.height < sliderCount
    let (heading, list) = region.split(top: hasHeading ? 1 : 0)
    let visible = min(list.height, sliderCount)
    let first = min(max(0, selected - visible / 2), sliderCount - visible)
    if hasHeading {
      let shown = visible < sliderCount ? "\(first + 1)–\(first + visible) of \(sliderCount), " : ""
      canvas.put(sliderHeading(shown, width: heading.width), in: heading, .faint)
    }
    let labelWidth = scales.map(\.label.count).max() ?? 0
    let valueWidth = (0..<sliderCount).map { text(ofSlider: $0).count }.max() ?? 0
    for line in 0..<max(0, visible) {
      let index = first + line
      slider(index, labelWidth: labelWidth, valueWidth: max(valueWidth, 6))
        .draw(on: &canvas, in: list.line(line), capabilities: capabilities)
    }
  }

  private func sliderHeading(_ shown: String, width: Int) -> String {
    let title = "sliders (\(shown)\(follows ? "follow" : "hold"))"
    let legend = "   ◇ the encoder's reading"
    return title.count + legend.count <= width ? title + legend : title
  }

  private func slider(_ index: Int, labelWidth: Int, valueWidth: Int) -> SliderView {
    let scale = scales[index]
    return SliderView(
      label: scale.label, value: scale.shown(value(ofSlider: index)), range: scale.range,
      origin: scale.origin, mark: scale.shown(mark(ofSlider: index)), valueText: text(ofSlider: index),
      isSelected: index == selected, labelWidth: labelWidth, valueWidth: valueWidth)
  }

  private func text(ofSlider index: Int) -> String { scales[index].text(value(ofSlider: index)) }

  private func value(ofSlider index: Int) -> Double {
    let typed = sliders.values.count
    return index < typed ? sliders.values[index] : Double(sliders.latents[index - typed])
  }

  private func mark(ofSlider index: Int) -> Double {
    let typed = reading.values.count
    return index < typed ? reading.values[index] : Double(reading.latents[index - typed])
  }
}
