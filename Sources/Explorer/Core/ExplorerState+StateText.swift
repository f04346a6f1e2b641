import Coordinates
import Screen

extension ExplorerState {
  /// The text that restores this screen.
  public var stateText: StateText {
    var text = StateText()
    text.model = current.reference
    // A named data set replaces stored latents.
    if case .images = samples { text.data = dataReference }
    text.sample = sample
    text.filter = list.filter
    for (index, coordinate) in schema.typed.enumerated() {
      let value = scales[index].shown(sliders.values[index])
      text.values[coordinate.meaning] = value.isFinite ? value : nil
      if inputValues[index] != coordinate.neutralValue {
        text.inputs[coordinate.meaning] = scales[index].shown(inputValues[index])
      }
    }
    // Unmoved latents are omitted because they follow from the sample.
    let isMoved = sliders.latents != reading.latents && sliders.latents.allSatisfy(\.isFinite)
    text.latents = isMoved ? sliders.latents : nil
    text.selected = selected == 0 ? nil : name(ofSlider: selected)
    text.focus = focus == .sliders ? nil : focus
    text.isEnlarged = isEnlarged
    text.view = view == .truth ? nil : view
    text.isInverted = isInverted
    text.gammaStep = gammaStep == 0 ? nil : gammaStep
    return text
  }

  private func name(ofSlider index: Int) -> String {
    let typed = schema.typed.count
    return index < typed ? schema.typed[index].meaning.rawValue : "z\(index - typed + 1)"
  }

  /// Restores the state of a text; reports items that do not exist here.
  public mutating func apply(_ text: StateText) {
    var missing: [String] = []
    if let sample = text.sample {
      if sample < samples.count { self.sample = sample } else { missing.append("sample \(sample)") }
    }
    for (index, coordinate) in schema.typed.enumerated() {
      if let input = text.inputs[coordinate.meaning] {
        inputValues[index] = scales[index].value(ofShown: input)
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
        selected = index
      } else {
        missing.append(name)
      }
    }
    if let label = text.filter {
      if list.classes.contains(where: { $0.label == label }) {
        list.filter = label
        list.refresh()
      } else {
        missing.append("class \(label)")
      }
    }
    applyLayout(text)
    decode()
    inferNow()
    refreshReadouts()
    if !missing.isEmpty { message = "not found: " + missing.joined(separator: ", ") }
  }

  private mutating func applyLayout(_ text: StateText) {
    focus = text.focus ?? focus
    isEnlarged = text.isEnlarged
    view = text.view ?? view
    isInverted = text.isInverted
    gammaStep = text.gammaStep ?? gammaStep
    keepFocusOnShownPanel()
  }
}
