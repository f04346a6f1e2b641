import Screen

/// The target of a drag, from the press to the release.
enum DragTarget: Equatable {
  /// A slider, in its line.
  case slider(Int, line: Rectangle)
  case chart
  case page(PageID)
}

extension ExplorerState {
  /// Handles a mouse event: clicks and drags move the target under the pointer, the wheel moves it in
  /// steps.
  mutating func handle(_ event: MouseEvent) -> [ExplorerEffect] {
    switch event.kind {
    case .press:
      session.status = Session.StatusLine()
      hasWarnedOfLoss = false
      dragTarget = nil
      return overlay.map { apply(changes(forPress: event, on: $0)) } ?? press(event)
    case .drag:
      return drag(event)
    case .release:
      if case .page(let page) = dragTarget { pages[page].release() }
      dragTarget = nil
    case .wheelUp, .wheelDown:
      let direction = event.kind == .wheelUp ? 1 : -1
      if let overlay { return apply(overlay.changes(for: direction > 0 ? .up : .down, in: self)) }
      session.status = Session.StatusLine()
      session.turnWheel(event, direction, layout, slider: slider(at: event)?.index)
    }
    return []
  }

  /// The slider in a row, with its line.
  private func slider(at event: MouseEvent) -> (index: Int, line: Rectangle)? {
    let layout = layout
    if let page = layout.page {
      guard let line = pages[page.id].sliderLine(in: page.region, session), line.contains(event) else {
        return nil
      }
      return (session.selected, line)
    }
    guard let region = layout.sliders, region.contains(event) else { return nil }
    let lines =
      layout.showsOneSlider
      ? [(index: session.selected, line: region.line(0))] : session.sliderList(in: region).lines
    return lines.first { $0.line.row == event.row }
  }

  private mutating func press(_ event: MouseEvent) -> [ExplorerEffect] {
    if let (index, line) = slider(at: event) {
      if route == nil { focus = .sliders }
      var effects: [ExplorerEffect] = []
      if session.track(of: index, in: line).columns.contains(event.column) {
        dragTarget = .slider(index, line: line)
        effects = drag(event)
      }
      select(index)
      return effects
    }
    let layout = layout
    if let page = layout.page {
      dragTarget = .page(page.id)
      return apply(pages[page.id].press(event, in: page.region, session))
    }
    if layout.slots.contains(where: { $0.region.contains(event) }) {
      focus = .pictures
    } else if layout.training?.contains(event) == true {
      focus = .training
      dragTarget = .chart
      return drag(event)
    } else if layout.sliders?.contains(event) == true {
      focus = .sliders
    }
    return []
  }

  private mutating func drag(_ event: MouseEvent) -> [ExplorerEffect] {
    switch dragTarget {
    case .slider(let index, let line):
      session.dragSlider(index, in: line, to: event.column)
    case .page(let id):
      // A key may have opened another page during the drag.
      guard let page = layout.page, page.id == id else { return [] }
      return apply(pages[id].drag(event, in: page.region, session))
    case .chart:
      session.moveCursor(to: event.column, layout)
    case nil: break
    }
    return []
  }

  /// The changes of a click on an overlay: on a line it acts like Enter, outside the list it closes it.
  private func changes(forPress event: MouseEvent, on overlay: Overlay) -> [Change] {
    let screen = Rectangle(column: 0, row: 0, width: size.width, height: size.height)
    guard let list = overlayList(width: size.width) else { return [] }
    let region = list.region(in: screen)
    guard region.contains(event) else { return [.overlay(nil)] }
    guard let line = list.line(column: event.column, row: event.row, in: screen), list.selected != nil else {
      return []
    }
    if case .recipe(_, let selected) = overlay {
      let selecting = overlay.selecting(line)
      return [.overlay(selecting)] + (selected == line ? selecting.changes(for: .right, in: self) : [])
    }
    let chosen = overlay.selecting(line)
    return [.overlay(chosen)] + chosen.changes(for: .enter, in: self)
  }
}

extension Session {
  /// The part of a slider's line that represents values.
  func track(of index: Int, in line: Rectangle) -> Rectangle {
    slider(index, sliderColumns, width: line.width).track(in: line)
  }

  fileprivate mutating func dragSlider(_ index: Int, in line: Rectangle, to column: Int) {
    let view = slider(index, sliderColumns, width: line.width)
    let shown = view.value(at: column, of: view.track(in: line))
    sliderPanel.history.keep(sliders, slider: index)
    setSlider(index, to: scales[index].value(ofShown: shown))
    decode()
  }

  fileprivate mutating func moveCursor(to column: Int, _ layout: ExplorerLayout) {
    guard let training, let panel = layout.training, let chart = lossChart else { return }
    let region = trainingRows(training, in: panel).chart
    guard let step = chart.step(at: column, in: region) else { return }
    self.training?.zoom.moveCursor(to: step, within: chart.learntSteps)
  }

  fileprivate mutating func turnWheel(
    _ event: MouseEvent, _ direction: Int, _ layout: ExplorerLayout, slider: Int?
  ) {
    if let slider {
      moveSlider(slider, by: Double(direction * (event.isShifted ? 10 : 1)))
    } else if layout.training?.contains(event) == true, training != nil {
      moveCursor(to: event.column, layout)
      performOnChart(direction > 0 ? .zoomIn : .zoomOut)
    } else if layout.slots.contains(where: { $0.region.contains(event) }) {
      step(-direction)
    }
  }
}

extension Rectangle {
  func contains(_ event: MouseEvent) -> Bool {
    columns.contains(event.column) && rows.contains(event.row)
  }
}
