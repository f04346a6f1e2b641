import Screen
import Training

extension Session {
  /// The changes of an action that concerns the session only; nil for other actions.
  func changes(for action: Action) -> [Change]? {
    sliderChange(for: action) ?? sampleChanges(for: action) ?? trainingChanges(for: action)
      ?? viewChange(for: action).map { [$0] }
  }

  private func sliderChange(for action: Action) -> [Change]? {
    switch action {
    case .decrease: [.change { $0.moveSlider(by: -1) }]
    case .increase: [.change { $0.moveSlider(by: 1) }]
    case .decreaseMuch: [.change { $0.moveSlider(by: -10) }]
    case .increaseMuch: [.change { $0.moveSlider(by: 10) }]
    case .decreaseLittle: [.change { $0.moveSlider(by: -0.1) }]
    case .increaseLittle: [.change { $0.moveSlider(by: 0.1) }]
    case .resetOne: [.change { $0.resetSliders($0.selected) }]
    case .reset: [.change { $0.resetSliders() }]
    case .randomize: [.change { $0.randomizeLatents() }]
    case .undo: [.change { $0.undo() }]
    case .redo: [.change { $0.redo() }]
    case .typeValue(let character): [.overlay(.value(text: String(character)))]
    case .keepStart: [.change { $0.keepStart() }]
    case .play: [.change { $0.switchPlaying() }]
    case .playFaster: [.change { $0.changeSpeed(by: 1) }]
    case .playSlower: [.change { $0.changeSpeed(by: -1) }]
    case .switchFollowing: [.change { $0.switchFollowing() }]
    default: nil
    }
  }

  private func sampleChanges(for action: Action) -> [Change]? {
    switch action {
    case .nextSample: [.change { $0.step(1) }]
    case .previousSample: [.change { $0.step(-1) }]
    case .nextTenSamples: [.change { $0.step(10) }]
    case .previousTenSamples: [.change { $0.step(-10) }]
    case .goToSample: [.overlay(.goTo(digits: ""))]
    case .filterSamples: [.overlay(.classes(selected: classChoice))]
    case .sortSamples:
      if case .images = samples {
        [.overlay(.orders(selected: orderChoice))]
      } else {
        [.message("sorting by error needs the images")]
      }
    case .switchSamples: [.change { $0.switchSamples() }]
    case .turnInputBack: [.change { $0.turnInput(by: -1) }]
    case .turnInputForward: [.change { $0.turnInput(by: 1) }]
    case .fetchData: [fetchChange]
    default: nil
    }
  }

  private func trainingChanges(for action: Action) -> [Change]? {
    switch action {
    case .chooseModel: [.list(.models)]
    case .saveModel: [.effects([.save(modelInUse.model)])]
    case .chooseTraining: [.overlay(.training(selected: 0))]
    case .pauseOrResume: [.session { $0.pauseOrResume() }]
    case .stepOnce: [.session { $0.commandRun(.step) }]
    case .stopTraining: [.session { $0.commandRun(.stop) }]
    case .discardTraining: [.replaceWeights(.discardRun)]
    default: nil
    }
  }

  private func viewChange(for action: Action) -> Change? {
    switch action {
    case .invert: .change { $0.display.isInverted.toggle() }
    case .brighten: .change { $0.changeGamma(by: 1) }
    case .darken: .change { $0.changeGamma(by: -1) }
    case .switchScale, .switchPlace, .switchSmoothing, .zoomIn, .zoomOut, .wholeRun, .cursorLeft,
      .cursorRight, .cursorFirst, .cursorLast:
      .change { $0.performOnChart(action) }
    default: nil
    }
  }

  private mutating func changeGamma(by steps: Int) {
    let range = Display.gammaSteps
    display.gammaStep = min(max(display.gammaStep + steps, range.lowerBound), range.upperBound)
    message = "gamma \(NumberText.fixed(Double(display.gamma), decimals: 2))"
  }
}
