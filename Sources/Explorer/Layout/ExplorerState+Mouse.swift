import Screen

/// The target of a drag, from the press to the release.
enum DragTarget: Equatable {
  /// A slider, in its line.
  case slider(Int, line: Rectangle)
  case chart
  case map
  case sketch
  case time
}

extension ExplorerState {
  /// Handles a mouse event: clicks and drags move the target under the pointer, the wheel moves it in
  /// steps.
  mutating func handle(_ event: MouseEvent) -> [ExplorerEffect] {
    switch event.kind {
    case .press:
      (message, stepNote) = (nil, nil)
      hasWarnedOfLoss = false
      dragTarget = nil
      return overlay == nil ? press(event) : pressOverlay(event)
    case .drag:
      drag(event)
    case .release:
      if dragTarget == .sketch { drawingBoard.endStroke() }
      dragTarget = nil
    case .wheelUp, .wheelDown:
      let direction = event.kind == .wheelUp ? 1 : -1
      if overlay != nil { return handle(direction > 0 ? .up : .down) }
      (message, stepNote) = (nil, nil)
      turnWheel(event, direction)
    }
    return []
  }

  /// The slider in a row, with its line.
  private func slider(at event: MouseEvent) -> (index: Int, line: Rectangle)? {
    let layout = ExplorerLayout(self, size: size)
    if let page = layout.page {
      return sliderLine(on: page).flatMap { $0.contains(event) ? (selected, $0) : nil }
    }
    guard let region = layout.sliders, region.contains(event) else { return nil }
    let lines =
      layout.showsOneSlider
      ? [(index: selected, line: region.line(0))]
      : sliderList(in: region).lines
    return lines.first { $0.line.row == event.row }
  }

  private mutating func press(_ event: MouseEvent) -> [ExplorerEffect] {
    if let (index, line) = slider(at: event) {
      if !focus.isPage { focus = .sliders }
      if track(of: index, in: line).columns.contains(event.column) {
        dragTarget = .slider(index, line: line)
        drag(event)
      }
      select(index)
      return []
    }
    let layout = ExplorerLayout(self, size: size)
    if let page = layout.page, page.panel == .sketch {
      pressDrawing(event, in: page.region)
    } else if let page = layout.page, page.panel == .time {
      pressHistory(event, in: page.region)
    } else if let page = layout.page, page.panel == .map {
      dragTarget = .map
      drag(event)
    } else if let page = layout.page, page.panel == .filmstrip {
      let pressed = shownFrames(in: page.region).first { $0.place.contains(event) }
      if let pressed { choose(frame: pressed.index) }
    } else if layout.slots.contains(where: { $0.region.contains(event) }) {
      focus = .pictures
    } else if layout.training?.contains(event) == true {
      focus = .training
      dragTarget = .chart
      drag(event)
    } else if layout.sliders?.contains(event) == true {
      focus = .sliders
    }
    return []
  }

  /// The region of a page while it is shown; keys may open another page during a drag.
  func region(ofPage panel: Panel) -> Rectangle? {
    let page = ExplorerLayout(self, size: size).page
    return page?.panel == panel ? page?.region : nil
  }

  private mutating func drag(_ event: MouseEvent) {
    switch dragTarget {
    case .slider(let index, let line):
      let view = slider(index, sliderColumns, width: line.width)
      let shown = view.value(at: event.column, of: view.track(in: line))
      history.keep(sliders, slider: index)
      setSlider(index, to: scales[index].value(ofShown: shown))
      decode()
    case .map:
      dragOnMap(event)
    case .sketch:
      dragDrawing(event)
    case .time:
      dragHistory(event)
    case .chart:
      moveCursor(to: event.column)
    case nil:
      break
    }
  }

  /// The part of a slider's line that represents values.
  private func track(of index: Int, in line: Rectangle) -> Rectangle {
    slider(index, sliderColumns, width: line.width).track(in: line)
  }

  private mutating func moveCursor(to column: Int) {
    guard let chart = lossChart, let region = chartRegion, let step = chart.step(at: column, in: region)
    else { return }
    training?.zoom.moveCursor(to: step, within: chart.learntSteps)
  }

  private var chartRegion: Rectangle? {
    guard let training, let region = ExplorerLayout(self, size: size).training else { return nil }
    return trainingRows(training, in: region).chart
  }

  private mutating func turnWheel(_ event: MouseEvent, _ direction: Int) {
    if let (index, _) = slider(at: event) {
      moveSlider(index, by: Double(direction * (event.isShifted ? 10 : 1)))
      return
    }
    let layout = ExplorerLayout(self, size: size)
    if layout.training?.contains(event) == true, training != nil {
      moveCursor(to: event.column)
      performOnChart(direction > 0 ? .zoomIn : .zoomOut)
    } else if layout.slots.contains(where: { $0.region.contains(event) }) {
      step(-direction)
    }
  }

  /// Handles a click on an overlay: on a line it acts like Enter, outside the list it closes it.
  private mutating func pressOverlay(_ event: MouseEvent) -> [ExplorerEffect] {
    let screen = Rectangle(column: 0, row: 0, width: size.width, height: size.height)
    guard let list = overlayList(width: size.width) else { return [] }
    let region = list.region(in: screen)
    guard region.contains(event) else {
      overlay = nil
      return []
    }
    guard let line = list.line(column: event.column, row: event.row, in: screen), list.selected != nil else {
      return []
    }
    switch overlay {
    case .actions(let query, _): overlay = .actions(query: query, selected: line)
    case .library(let library, let entries, _): overlay = .library(library, entries, selected: line)
    case .training: overlay = .training(selected: line)
    case .classes: overlay = .classes(selected: line)
    case .orders: overlay = .orders(selected: line)
    case .question(let replacement, _): overlay = .question(replacement, selected: line)
    case .figures: overlay = .figures(selected: line)
    case .recipe(let editor, let selected):
      overlay = .recipe(editor, selected: line)
      return selected == line ? handle(.right) : []
    case .value, .goTo, .state, nil: return []
    }
    return handle(.enter)
  }
}

extension Rectangle {
  fileprivate func contains(_ event: MouseEvent) -> Bool {
    columns.contains(event.column) && rows.contains(event.row)
  }
}
