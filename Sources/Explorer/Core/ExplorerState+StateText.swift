import Coordinates
import Screen

extension ExplorerState {
  /// The text that restores this screen.
  public var stateText: StateText {
    var text = StateText()
    let (scales, sliders, inputValues) = (session.scales, session.sliders, session.inputValues)
    text.model = session.modelInUse.reference
    // A named data set replaces stored latents.
    if case .images = session.samples { text.data = session.data.reference }
    text.sample = session.sample
    text.filter = session.selection.list.filter
    for (index, coordinate) in session.schema.typed.enumerated() {
      let value = scales[index].shown(sliders.values[index])
      text.values[coordinate.meaning] = value.isFinite ? value : nil
      if inputValues[index] != coordinate.neutralValue {
        text.inputs[coordinate.meaning] = scales[index].shown(inputValues[index])
      }
    }
    // Unmoved latents are omitted because they follow from the sample.
    let isMoved = sliders.latents != session.encoded.latents && sliders.latents.allSatisfy(\.isFinite)
    text.latents = isMoved ? sliders.latents : nil
    text.selected = session.selected == 0 ? nil : session.name(ofSlider: session.selected)
    text.place = place == .panel(.sliders) ? nil : place
    text.isEnlarged = isEnlarged
    let display = session.display
    text.view = display.view == .truth ? nil : display.view
    text.isInverted = display.isInverted
    text.gammaStep = display.gammaStep == 0 ? nil : display.gammaStep
    return text
  }

  /// Restores the state of a text; reports items that do not exist here.
  public mutating func apply(_ text: StateText) {
    let missing = session.apply(text)
    switch text.place {
    case .panel(let panel): focus = panel
    case .page(let page): route = page
    case nil: break
    }
    isEnlarged = text.isEnlarged
    closeHiddenPanels()
    session.decode()
    session.inferNow()
    session.refreshReadouts()
    if !missing.isEmpty { session.message = "not found: " + missing.joined(separator: ", ") }
  }
}

extension Session {
  fileprivate func name(ofSlider index: Int) -> String {
    let typed = schema.typed.count
    return index < typed ? schema.typed[index].meaning.rawValue : "z\(index - typed + 1)"
  }

  /// Restores the items of a text that concern the session.
  ///
  /// - Returns: The items that do not exist here.
  fileprivate mutating func apply(_ text: StateText) -> [String] {
    var missing: [String] = []
    if let sample = text.sample {
      if sample < samples.count { selection.index = sample } else { missing.append("sample \(sample)") }
    }
    for (index, coordinate) in schema.typed.enumerated() {
      if let input = text.inputs[coordinate.meaning] {
        selection.inputValues[index] = scales[index].value(ofShown: input)
      }
    }
    showSample(keepingValues: false)
    inferNow()
    for (index, coordinate) in schema.typed.enumerated() {
      if let value = text.values[coordinate.meaning] {
        sliders.values[index] = scales[index].value(ofShown: value)
      }
    }
    let meanings = Set(schema.typed.map(\.meaning))
    missing += Set(text.values.keys).union(text.inputs.keys).subtracting(meanings).map(\.rawValue).sorted()
    if let latents = text.latents {
      if latents.count == sliders.latents.count {
        sliders.latents = latents
      } else {
        missing.append("\(latents.count) latents")
      }
    }
    if let name = text.selected {
      if let index = (0..<sliderCount).first(where: { self.name(ofSlider: $0) == name }) {
        sliderPanel.selected = index
      } else {
        missing.append(name)
      }
    }
    if let label = text.filter {
      if selection.list.classes.contains(where: { $0.label == label }) {
        selection.list.filter = label
        selection.list.refresh()
      } else {
        missing.append("class \(label)")
      }
    }
    display.view = text.view ?? display.view
    display.isInverted = text.isInverted
    display.gammaStep = text.gammaStep ?? display.gammaStep
    return missing
  }
}
