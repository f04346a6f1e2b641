import Screen

extension Session {
  /// Draws one line for each slider; the list scrolls to the selected one.
  func drawSliders(on canvas: inout Canvas, in region: Rectangle, _ layout: ExplorerLayout) {
    let columns = sliderColumns
    if layout.showsOneSlider { return drawSelectedSlider(on: &canvas, in: region) }
    let list = sliderList(in: region)
    if !list.heading.isEmpty {
      let style: Style = layout.focus == .sliders ? .selected : .faint
      canvas.put(sliderHeading(list), in: list.heading, style)
    }
    for (index, line) in list.lines {
      slider(index, columns, width: line.width).draw(on: &canvas, in: line, capabilities: capabilities)
    }
  }

  func drawSelectedSlider(on canvas: inout Canvas, in line: Rectangle) {
    slider(selected, sliderColumns, width: line.width).draw(on: &canvas, in: line, capabilities: capabilities)
  }

  func sliderList(in region: Rectangle) -> SliderList {
    SliderList(region, count: sliderCount, selected: selected, from: sliderPanel.first)
  }

  /// The visible sliders and their lines.
  struct SliderList {
    var heading: Rectangle
    var first: Int
    var lines: [(index: Int, line: Rectangle)]

    /// Scrolls as little as possible.
    ///
    /// - Parameter hint: the first slider, used if the selected one is then visible.
    init(_ region: Rectangle, count: Int, selected: Int, from hint: Int) {
      // If not all sliders fit, a heading that says so replaces one slider.
      let hasHeading = region.height > count || region.height >= 4 && region.height < count
      let list: Rectangle
      (heading, list) = region.split(top: hasHeading ? 1 : 0)
      let visible = max(0, min(list.height, count))
      let first = max(0, min(max(hint, selected - visible + 1), selected, count - visible))
      self.first = first
      lines = (0..<visible).map { (index: first + $0, line: list.line($0)) }
    }
  }

  private func sliderHeading(_ list: SliderList) -> String {
    let shown =
      list.lines.count < sliderCount
      ? ["\(list.first + 1)–\(list.first + list.lines.count) of \(sliderCount)"] : []
    // Only training moves sliders automatically.
    let moves = training == nil ? [] : [sliderPanel.followsTraining ? "follow" : "hold"]
    let notes = (shown + moves).joined(separator: ", ")
    let title = notes.isEmpty ? "sliders" : "sliders (\(notes))"
    return fitting([title, "◇ encoder", "▮ effect"], width: list.heading.width)
  }

  /// The number of columns for the labels of all sliders and the values of the visible ones.
  struct SliderColumns {
    var label: Int
    var value: Int
  }

  var sliderColumns: SliderColumns {
    let values = measuredSliders.map { scales[$0].text(sliders.value(ofSlider: $0)).count }
    // One more column for the exclamation mark of a value far from the data.
    return SliderColumns(
      label: scales.map { capabilities.spelled($0.label).count }.max() ?? 0,
      value: max(6, values.max() ?? 0) + 1)
  }

  /// A slider in a line of `width` columns.
  func slider(_ index: Int, _ columns: SliderColumns, width: Int) -> SliderView {
    let scale = scales[index]
    let value = sliders.value(ofSlider: index)
    let isFar = isFarFromTheData(index, value)
    var view = SliderView(
      label: capabilities.spelled(scale.label), value: scale.shown(value), range: scale.range,
      origin: scale.origin,
      mark: scale.shown(encoded.value(ofSlider: index)),
      valueText: scale.text(value) + (isFar ? "!" : " "), isSelected: index == selected,
      labelWidth: columns.label, valueWidth: columns.value)
    view.isFar = isFar
    view.histogram = index < survey.histograms.count ? survey.histograms[index] : []
    view.reaction = readouts.sensitivityFraction(index)
    view.reactionWidth = width >= 44 ? 4 : 2
    return view
  }
}
