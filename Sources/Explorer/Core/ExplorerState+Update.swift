import Networks
import Primitives
import Screen
import Training

extension ExplorerState {
  /// Handles an event and returns the effects to carry out.
  public mutating func update(_ event: ExplorerEvent) -> [ExplorerEffect] { update([event]) }

  /// Handles events in order, and measures their combined change once.
  public mutating func update(_ events: [ExplorerEvent]) -> [ExplorerEffect] {
    let effects = events.flatMap { handleInOrder($0) } + handleDeferredEvents()
    refreshReadouts()
    return effects + requestInference() + requestHistory() + requestOtherModel() + requestAnalyses()
  }

  /// Handles an event, or defers it until a pending inference that it depends on has finished. Keys, mouse
  /// events and ticks keep their order.
  private mutating func handleInOrder(_ event: ExplorerEvent) -> [ExplorerEffect] {
    let comesAfterOthers = event.isInput && !deferredEvents.isEmpty
    guard comesAfterOthers || waitsForInference(event) else { return handle(event) }
    deferredEvents.append(event)
    return []
  }

  /// True while events wait for an inference.
  public var hasDeferredEvents: Bool { !deferredEvents.isEmpty }

  private mutating func handleDeferredEvents() -> [ExplorerEffect] {
    var effects: [ExplorerEffect] = []
    while let event = deferredEvents.first, !waitsForInference(event) {
      deferredEvents.removeFirst()
      effects += handle(event)
    }
    return effects
  }

  private mutating func handle(_ event: ExplorerEvent) -> [ExplorerEffect] {
    switch event {
    case .key(let key):
      (message, stepNote) = (nil, nil)
      if key != .character("q") { hasWarnedOfLoss = false }
      return interruptingPlayback { state in state.press(key) }
    case .mouse(let event):
      return interruptingPlayback { state in state.handle(event) }
    case .pasted(let line):
      return paste(line)
    case .resized(let size):
      self.size = size
      keepFocusOnShownPanel()
      return []
    case .training(let update):
      return apply(update)
    case .trainingStarted:
      // Another model may have been opened while the run was being prepared.
      return training == nil ? [.command(.stop)] : []
    case .trainingImpossible(let reason):
      training = nil
      message = reason
      return []
    case .weights(let trained, let survey):
      applyTrainedWeights(trained, survey)
      return []
    case .surveyed(let survey, let number):
      guard number == surveyGeneration else { return [] }
      self.survey = survey
      trail = []
      return []
    case .analysed(let result, let number):
      receive(result, number: number)
      return []
    case .inferred(let result, let number):
      receive(result, number: number)
      return []
    case .ranked(let ranking, let number):
      receive(ranking, number: number)
      return []
    case .filmed(let frames, let number):
      receive(frames, number: number)
      return []
    case .measured(let figures, let step, let number):
      receive(figures, ofStep: step, number: number)
      return []
    case .listed(let library, let entries):
      if case .library(library, _, _) = overlay {
        let inUse = library == .models ? entries.firstIndex { $0.reference == current.reference } : nil
        overlay = .library(library, entries, selected: inUse ?? 0)
      }
      return []
    case .otherModel(let model, let number):
      receive(otherModel: model, number: number)
      return []
    case .fetched(let dataset, let reference):
      return receiveFetched(dataset, reference: reference)
    case .drawingOpened(let sketch):
      openDrawing(sketch)
      return []
    case .opened(let model, let warning):
      let effects = open(model)
      message = warning ?? message
      return effects
    case .saved(let path, let model, let isNew):
      note(path, of: model)
      message = isNew ? "wrote \(path.printable)" : "these weights are already in \(path.printable)"
      return []
    case .tick(let seconds):
      play(for: seconds)
      return []
    case .messageExpired:
      message = nil
      hasWarnedOfLoss = false
      return []
    case .message(let text):
      message = text
      return []
    }
  }

  private mutating func press(_ key: Key) -> [ExplorerEffect] {
    overlay == nil ? perform(KeyBinding.action(for: key, in: focus)) : handle(key)
  }

  /// Stops the playback of a path when an action of the user moves the sliders.
  private mutating func interruptingPlayback(
    _ change: (inout ExplorerState) -> [ExplorerEffect]
  ) -> [ExplorerEffect] {
    let before = (sliders, playback)
    let effects = change(&self)
    if case .path = playback, playback == before.1, sliders != before.0 { playback = nil }
    return effects
  }

  mutating func perform(_ action: Action?) -> [ExplorerEffect] {
    switch action {
    case .decrease: moveSlider(by: -1)
    case .increase: moveSlider(by: 1)
    case .decreaseMuch: moveSlider(by: -10)
    case .increaseMuch: moveSlider(by: 10)
    case .decreaseLittle: moveSlider(by: -0.1)
    case .increaseLittle: moveSlider(by: 0.1)
    case .previousSlider: select((selected + sliderCount - 1) % sliderCount)
    case .nextSlider: select((selected + 1) % sliderCount)
    case .resetOne: resetSliders(selected)
    case .reset: resetSliders()
    case .randomize: randomizeLatents()
    case .undo: setSliders(history.undo(sliders), otherwise: "nothing to undo")
    case .redo: setSliders(history.redo(sliders), otherwise: "nothing to redo")
    case .typeValue(let character): overlay = .value(text: String(character))
    case .nextSample: step(1)
    case .previousSample: step(-1)
    case .nextTenSamples: step(10)
    case .previousTenSamples: step(-10)
    case .goToSample: overlay = .goTo(digits: "")
    case .filterSamples: overlay = .classes(selected: classChoice)
    case .sortSamples: showOrders()
    case .switchSamples:
      switchSamples()
      return surveyIfUnknown()
    case .turnInputBack: turnInput(by: -1)
    case .turnInputForward: turnInput(by: 1)
    default: return performElsewhere(action)
    }
    return []
  }

  /// Performs an action that does not concern sliders or samples.
  private mutating func performElsewhere(_ action: Action?) -> [ExplorerEffect] {
    switch action {
    case .switchView: switchView()
    case .invert: isInverted.toggle()
    case .brighten: changeGamma(by: 1)
    case .darken: changeGamma(by: -1)
    case .nextPanel: moveFocus(by: 1)
    case .previousPanel: moveFocus(by: -1)
    case .enlarge: if !focus.isPage { isEnlarged.toggle() }
    case .showFilmstrip: switchPage(.filmstrip)
    case .showMap: switchPage(.map)
    case .showHistory: switchPage(.time)
    case .showDecoders: switchPage(.decoders)
    case .chooseOtherModel: return show(.otherModels)
    case .showDrawing:
      switchPage(.sketch)
      if focus == .sketch, !drawingBoard.framed.isEmpty { useDrawingAsInput() }
    case .mapLeft: moveOnMap(-1, 0)
    case .mapRight: moveOnMap(1, 0)
    case .mapUp: moveOnMap(0, 1)
    case .mapDown: moveOnMap(0, -1)
    case .switchPlane: switchPlane()
    case .openNearest: openNearest()
    case .closePage: switchPage(focus)
    case .keepStart: keepStart()
    case .play: switchPlaying()
    case .playFaster: changeSpeed(by: 1)
    case .playSlower: changeSpeed(by: -1)
    case .fetchData: return fetchData()
    case .chooseModel: return show(.models)
    case .saveModel: return [.save(current.model)]
    case .chooseFigure: overlay = .figures(selected: shownFigure)
    case .chooseTraining: overlay = .training(selected: 0)
    case .pauseOrResume: return pauseOrResume()
    case .stepOnce: return commandRun(.step)
    case .stopTraining: return commandRun(.stop)
    case .discardTraining: return replaceWeights(.discardRun)
    case .switchFollowing: switchFollowing()
    case .showState:
      overlay = .state
      shownState = stateText
    case .help: overlay = .actions(query: "", selected: 0)
    case .redraw: return [.redraw]
    case .quit: return quit()
    default: return performOnPage(action)
    }
    return []
  }

  /// Performs an action of one page or of the chart.
  private mutating func performOnPage(_ action: Action?) -> [ExplorerEffect] {
    if let effects = performOnDrawing(action) ?? performOnHistory(action) { return effects }
    performOnChart(action)
    return []
  }

  /// Quits; if weights would be lost, only when repeated.
  private mutating func quit() -> [ExplorerEffect] {
    if hasUnsavedWeights, !hasWarnedOfLoss {
      hasWarnedOfLoss = true
      message = "the trained weights are not saved: w saves them, q again quits"
      return []
    }
    if hasUnsavedDrawing, !hasWarnedOfLoss {
      hasWarnedOfLoss = true
      message = "your drawing is not saved: W on its page saves it, q again quits"
      return []
    }
    return [.quit]
  }

  /// Shows a page, or closes it if it is shown.
  private mutating func switchPage(_ page: Panel) {
    drawingBoard.endStroke()
    focus = focus == page ? .sliders : page
    keepFocusOnShownPanel()
    if focus == .sliders, ExplorerLayout(self, size: size).text != nil {
      message = "the screen is too small"
    }
  }

  /// Shows the next view that is not already shown.
  private mutating func switchView() {
    let before = ExplorerLayout(self, size: size)
    for _ in PictureView.allCases {
      view = view.next
      if ExplorerLayout(self, size: size) != before { return }
    }
    message = "no picture has another view here"
  }

  mutating func select(_ slider: Int) {
    selected = slider
    if let region = ExplorerLayout(self, size: size).sliders { firstSlider = sliderList(in: region).first }
  }

  private mutating func moveFocus(by offset: Int) {
    let layout = ExplorerLayout(self, size: size)
    let panels = isEnlarged ? Panel.allCases.filter { !$0.isPage } : layout.panels
    guard let index = panels.firstIndex(of: focus) else {
      focus = panels.first ?? .sliders
      return
    }
    focus = panels[(index + offset + panels.count) % panels.count]
  }

  /// Moves the focus from a panel that a smaller screen omits.
  mutating func keepFocusOnShownPanel() {
    if !ExplorerLayout(self, size: size).panels.contains(focus) { focus = .sliders }
  }

  /// The range of gamma steps.
  static let gammaSteps = -4...4

  private mutating func changeGamma(by steps: Int) {
    gammaStep = min(max(gammaStep + steps, Self.gammaSteps.lowerBound), Self.gammaSteps.upperBound)
    message = "gamma \(NumberText.fixed(Double(gamma), decimals: 2))"
  }

  /// The exponent of the pictures' intensities.
  var gamma: Float { [0.4, 0.5, 0.63, 0.8, 1, 1.25, 1.6, 2, 2.5][4 - gammaStep] }

  // MARK: Models

  /// Opens another model and ends an active run, whose weights would replace it.
  private mutating func open(_ model: ModelInUse) -> [ExplorerEffect] {
    let endsTraining = isTraining
    (training, modelBeforeTraining) = (nil, nil)
    (trail, plane) = ([], .components)
    resetSelectionsOfModel()
    let values = sliders.values
    let sameSchema = model.schema == schema
    replaceModel(with: model)
    if !sameSchema { inputValues = schema.neutralValues }
    selected = min(selected, sliderCount - 1)
    // Until the first inference, only the counts of these values are correct.
    reading = LatentPoint(
      values: schema.neutralValues, latents: Array(repeating: 0, count: schema.freeCount))
    sliders = LatentPoint(values: sameSchema ? values : schema.neutralValues, latents: reading.latents)
    rebuildSliderScales()
    showSample(keepingValues: true)
    message = "model: \(model.name)" + (endsTraining ? "; training stopped" : "")
    return surveyIfUnknown() + (endsTraining ? [.command(.stop)] : [])
  }

  /// Resets selections and closes lists that another model may not have.
  private mutating func resetSelectionsOfModel() {
    dragTarget = nil
    switch overlay {
    case .training, .recipe, .classes, .orders, .question: overlay = nil
    case .actions, .value, .goTo, .library, .figures, .state, nil: break
    }
  }

  /// Shows the samples for the model in use; the same images are kept, but not their order.
  private mutating func showSamplesOfModel() {
    let suitable = Self.samples(model: current, dataset: dataset, prefersImages: prefersImages)
    if case (.images, .images) = (samples, suitable) {
      dropOrder()
    } else {
      show(suitable)
    }
  }

  /// Replaces the model, and discards the results and stored points of the previous one.
  private mutating func replaceModel(with model: ModelInUse) {
    current = model
    modelGeneration += 1
    discardAnalyses()
    otherModel = .unknown
    (pathStart, playback) = (nil, nil)
    showSamplesOfModel()
  }

  /// Restores the model before a run.
  mutating func restore(_ model: ModelInUse) -> [ExplorerEffect] {
    replaceModel(with: model)
    follows = false
    rebuildSliderScales()
    showSample(keepingValues: true)
    return surveyIfUnknown()
  }

  /// Applies new weights of the same network: pictures and marks change, sliders only in follow mode.
  private mutating func applyTrainedWeights(_ trained: ModelInUse, _ survey: SliderSurvey?) {
    guard training != nil, trained.model.architecture == current.model.architecture else { return }
    use(trained)
    // Stored latents belong to the previous weights; available images are encoded by the new ones.
    if case .encoderOutputs = samples, let dataset { show(Self.images(of: dataset)) }
    if survey != nil { trail = [] }
    rebuildSliderScales(survey ?? self.survey)
    // The stored point A belongs to the previous weights.
    if pathStart != nil {
      (pathStart, playback) = (nil, nil)
      message = "A was encoded by earlier weights: Space pauses, k sets A again"
    }
    readInput(movingLatents: follows)
    if follows { history = SliderHistory() }
    decode()
  }
}
