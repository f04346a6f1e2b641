import Primitives
import Screen
import Training

extension ExplorerState {
  /// Handles an event and returns the effects to carry out.
  public mutating func update(_ event: ExplorerEvent) -> [ExplorerEffect] { update([event]) }

  /// Handles events in order, and measures their combined change once.
  public mutating func update(_ events: [ExplorerEvent]) -> [ExplorerEffect] {
    let effects = events.flatMap { handleInOrder($0) } + handleDeferredEvents()
    session.refreshReadouts()
    return effects + sendQueries()
  }

  /// Handles an event, or defers it until a pending inference that it depends on has finished. Keys, mouse
  /// events and ticks keep their order.
  private mutating func handleInOrder(_ event: ExplorerEvent) -> [ExplorerEffect] {
    let comesAfterOthers = event.isInput && !deferredEvents.isEmpty
    guard comesAfterOthers || waitsForInference(event) else { return handle(event) }
    deferredEvents.append(event)
    return []
  }

  private mutating func handleDeferredEvents() -> [ExplorerEffect] {
    var effects: [ExplorerEffect] = []
    while let event = deferredEvents.first, !waitsForInference(event) {
      deferredEvents.removeFirst()
      effects += handle(event)
    }
    return effects
  }

  /// Tells whether an event depends on a pending inference: on the encoder's output, or on a picture that
  /// is chosen from a list to be written.
  private func waitsForInference(_ event: ExplorerEvent) -> Bool {
    let inference = session.inference
    return switch event {
    case .key, .mouse, .pasted: inference.isEncoding || inference.isPending && overlay != nil
    case .tick: inference.isEncoding
    default: false
    }
  }

  private mutating func handle(_ event: ExplorerEvent) -> [ExplorerEffect] {
    defer { pages.sessionDidChange(session) }
    switch event {
    case .key(let key):
      session.status = Session.StatusLine()
      if key != .character("q") { hasWarnedOfLoss = false }
      let before = (session.sliders, session.path.playback)
      let effects = press(key)
      session.interruptPlayback(ifMovedFrom: before)
      return effects
    case .mouse(let event):
      let before = (session.sliders, session.path.playback)
      let effects = handle(event)
      session.interruptPlayback(ifMovedFrom: before)
      return effects
    case .pasted(let line):
      return paste(line)
    case .resized(let size):
      session.display.size = size
      closeHiddenPanels()
      return []
    case .training(let update):
      receive(update)
      return []
    case .trainingStarted:
      // Another model may have been opened while the run was being prepared.
      return session.training == nil ? [.command(.stop)] : []
    case .trainingImpossible(let reason):
      session.training = nil
      session.message = reason
      return []
    case .weights(let trained, let survey):
      session.applyTrainedWeights(trained, survey)
      return []
    case .answered(let answer):
      return receive(answer)
    case .listed(let library, let entries):
      if case .library(library, _, _) = overlay {
        let reference = session.modelInUse.reference
        let inUse = library == .models ? entries.firstIndex { $0.reference == reference } : nil
        overlay = .library(library, entries, selected: inUse ?? 0)
      }
      return []
    case .otherModelChosen(let model):
      pages[ComparisonPage.self].choose(model)
      return []
    case .imagesRead(let dataset):
      session.receiveAllImages(of: dataset)
      return []
    case .fetched(let dataset, let reference):
      return session.receiveFetched(dataset, reference: reference)
    case .drawingOpened(let drawing):
      let changes = pages[DrawingPage.self].replace(with: drawing.fitted(to: session.imageShape))
      show(.drawing)
      return apply(changes)
    case .opened(let model, let warning):
      dragTarget = nil
      if overlay?.dependsOnModel ?? false { overlay = nil }
      let effects = session.open(model)
      session.message = warning ?? session.message
      return effects
    case .saved(let path, let model, let isNew):
      session.note(path, of: model)
      session.message =
        isNew ? "wrote \(path.printable)" : "these weights are already in \(path.printable)"
      return []
    case .tick(let seconds):
      session.play(for: seconds)
      return []
    case .messageExpired:
      session.message = nil
      hasWarnedOfLoss = false
      return []
    case .message(let text):
      session.message = text
      return []
    }
  }

  private mutating func press(_ key: Key) -> [ExplorerEffect] {
    apply(overlay?.changes(for: key, in: self) ?? [.perform(KeyBinding.action(for: key, in: place))])
  }

  /// Inserts the first line of pasted text into the open text field; elsewhere it is ignored, so that it does
  /// not act as keys.
  private mutating func paste(_ line: String) -> [ExplorerEffect] {
    guard overlay?.isTextField ?? false else {
      session.message = "a pasted text was dropped: it is not run as keys"
      return []
    }
    session.message = nil
    return line.flatMap { character in
      apply(overlay?.changes(forPasted: character == " " ? .space : .character(character), in: self) ?? [])
    }
  }

  // MARK: Changes

  mutating func apply(_ changes: [Change]) -> [ExplorerEffect] { changes.flatMap { apply($0) } }

  mutating func apply(_ change: Change) -> [ExplorerEffect] {
    switch change {
    case .session(let change):
      return change(&session)
    case .perform(let action):
      return perform(action)
    case .overlay(let next):
      overlay = next
    case .list(let library):
      overlay = .library(library, nil, selected: 0)
      return [.list(library)]
    case .closePage:
      show(nil)
    case .select(let slider):
      select(slider)
    case .writeFigure(let line):
      return write(figure: line)
    case .replaceWeights(let replacement):
      guard session.canReplace(by: replacement) else {
        overlay = .question(replacement, selected: 0)
        return []
      }
      return session.carryOut(replacement)
    case .effects(let effects):
      return effects
    }
    return []
  }

  /// Performs an action; nil for a key without one.
  private mutating func perform(_ action: Action?) -> [ExplorerEffect] {
    guard let action else { return [] }
    if let changes = pages.perform(action, on: route, session) { return apply(changes) }
    if let changes = session.changes(for: action) { return apply(changes) }
    switch action {
    case .previousSlider: select((session.selected + session.sliderCount - 1) % session.sliderCount)
    case .nextSlider: select((session.selected + 1) % session.sliderCount)
    case .switchView: switchView()
    case .nextPanel: moveFocus(by: 1)
    case .previousPanel: moveFocus(by: -1)
    case .enlarge: if route == nil { isEnlarged.toggle() }
    case .show(let page): return switchPage(page)
    case .closePage: show(nil)
    case .chooseFigure: overlay = .figures(selected: shownFigure)
    case .showData: overlay = .data(selected: 0)
    case .showState:
      overlay = .state
      shownState = stateText
    case .help: overlay = .actions(query: "", selected: 0)
    case .redraw: return [.redraw]
    case .quit: return quit()
    default: break
    }
    return []
  }

  /// Quits; if weights or a page's content would be lost, only when repeated.
  private mutating func quit() -> [ExplorerEffect] {
    let warning =
      session.unsaved.isEmpty
      ? pages.unsavedWarning : "the trained weights are not saved: w saves them, q again quits"
    guard let warning, !hasWarnedOfLoss else { return [.quit] }
    hasWarnedOfLoss = true
    session.message = warning
    return []
  }

  // MARK: Panels and pages

  /// Shows a page, or closes it if it is shown.
  private mutating func switchPage(_ page: PageID) -> [ExplorerEffect] {
    show(route == page ? nil : page)
    guard let route else {
      if layout.text != nil { session.message = "the screen is too small" }
      return []
    }
    return route == page ? apply(pages[page].didOpen(session)) : []
  }

  /// Shows a page, or the panels for nil.
  mutating func show(_ page: PageID?) {
    if let route { pages[route].willClose() }
    route = page
    closeHiddenPanels()
  }

  /// Closes a page and moves the focus from a panel that a smaller screen omits.
  mutating func closeHiddenPanels() {
    if let route, layout.page == nil {
      pages[route].willClose()
      self.route = nil
    }
    if route == nil, !layout.panels.contains(focus) { focus = .sliders }
  }

  private mutating func moveFocus(by offset: Int) {
    if route != nil {
      guard isEnlarged else { return }
      show(nil)
      focus = .sliders
      return
    }
    let panels = isEnlarged ? Panel.allCases : layout.panels
    guard let index = panels.firstIndex(of: focus) else {
      focus = panels.first ?? .sliders
      return
    }
    focus = panels[(index + offset + panels.count) % panels.count]
  }

  mutating func select(_ slider: Int) {
    session.sliderPanel.selected = slider
    if let region = layout.sliders { session.sliderPanel.first = session.sliderList(in: region).first }
  }

  /// Shows the next view that is not already shown.
  private mutating func switchView() {
    let before = layout
    for _ in PictureView.allCases {
      session.display.view = session.display.view.next
      if layout != before { return }
    }
    session.message = "no picture has another view here"
  }

  // MARK: Training

  /// Receives an update of the run. A stopped run is inserted as the first line of the menu, which may be
  /// open.
  private mutating func receive(_ update: TrainingUpdate) {
    let lines = session.trainingTitles.count
    session.receive(update)
    if case .training(let selected) = overlay {
      overlay = .training(selected: max(0, selected + session.trainingTitles.count - lines))
    }
  }
}
