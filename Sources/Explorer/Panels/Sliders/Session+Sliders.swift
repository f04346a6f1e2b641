import Networks
import Screen
import Training

/// Actions that move the sliders.
extension Session {
  mutating func moveSlider(_ slider: Int? = nil, by steps: Double) {
    let slider = slider ?? selected
    sliderPanel.history.keep(sliders, slider: slider)
    setSlider(slider, to: scales[slider].moved(sliders.value(ofSlider: slider), by: steps))
    decode()
  }

  /// Sets a slider's value, in the coordinate's unit.
  mutating func setSlider(_ index: Int, to value: Double) {
    sliders.set(index, to: value)
    warnFarFromTheData(slider: index, value)
  }

  /// Tells whether a slider's value is below the 1st or above the 99th percentile of the data.
  func isFarFromTheData(_ slider: Int, _ value: Double) -> Bool {
    let statistics = modelInUse.model.details.statistics
    let latent = slider - schema.typed.count
    guard statistics.indices.contains(latent) else { return false }
    return value < statistics[latent].low || value > statistics[latent].high
  }

  /// Warns that the decoder was not trained on such a value.
  private mutating func warnFarFromTheData(slider: Int, _ value: Double) {
    guard isFarFromTheData(slider, value) else { return }
    let statistics = modelInUse.model.details.statistics[slider - schema.typed.count]
    let end =
      value < statistics.low
      ? "above \(NumberText.fixed(statistics.low, decimals: 2))"
      : "below \(NumberText.fixed(statistics.high, decimals: 2))"
    message = "\(scales[slider].label) is far from the data: 99 % lie \(end)"
  }

  /// Moves all sliders, or one of them, to the encoder's values.
  mutating func resetSliders(_ slider: Int? = nil) {
    sliderPanel.history.keep(sliders)
    if let slider {
      setSlider(slider, to: encoded.value(ofSlider: slider))
      let latent = slider - schema.typed.count
      if sliderPanel.baselineLatents.indices.contains(latent) {
        sliderPanel.baselineLatents[latent] = encoded.latents[latent]
      }
    } else {
      sliders = encoded
      sliderPanel.baselineLatents = encoded.latents
      resetToOrder()
    }
    if headsUntrained, slider ?? 0 < schema.typed.count, slider != nil || orderMeasure == nil {
      resetToInput(slider)
    }
    decode()
  }

  /// Moves typed sliders to their neutral values if samples are sorted by the error of the upright image.
  private mutating func resetToOrder() {
    guard orderMeasure == .upright, sliders.values != schema.neutralValues else { return }
    sliders.values = schema.neutralValues
    message = "reset to the upright reconstruction, the error of which sorts the samples"
  }

  /// Moves typed sliders to the input's transform if the typed heads are untrained.
  private mutating func resetToInput(_ slider: Int?) {
    for index in schema.typed.indices where slider ?? index == index {
      setSlider(index, to: inputValues[index])
    }
    message = "the \(headName) is not trained yet: reset to the input's values"
  }

  /// Draws every free latent from its measured quantiles; without statistics, from the standard normal
  /// distribution limited to −3…3.
  mutating func randomizeLatents() {
    sliderPanel.history.keep(sliders)
    let statistics = modelInUse.model.details.statistics
    for latent in sliders.latents.indices {
      sliders.latents[latent] =
        statistics.isEmpty
        ? Float(min(max(sliderPanel.draws.normal(), -3), 3))
        : Float(statistics[latent].value(atFraction: sliderPanel.draws.uniform()))
    }
    decode()
  }

  mutating func undo() { moveInHistory(to: sliderPanel.history.undo(sliders), otherwise: "nothing to undo") }

  mutating func redo() { moveInHistory(to: sliderPanel.history.redo(sliders), otherwise: "nothing to redo") }

  /// Moves the sliders to a position of the history, or shows the message if there is none.
  private mutating func moveInHistory(to position: LatentPoint?, otherwise nothing: String) {
    guard let position else {
      message = nothing
      return
    }
    sliders = position
    decode()
  }

  /// Moves the selected slider to a number in the unit shown, limited to its range.
  mutating func setSelectedSlider(toShown number: Double) {
    sliderPanel.history.keep(sliders)
    let scale = scales[selected]
    let value = scale.value(ofShown: number)
    if abs(scale.shown(value) - number) > 1e-6, !scale.isCyclic {
      message = "\(scale.label) ends at \(scale.text(value))"
    }
    setSlider(selected, to: value)
    decode()
  }

  /// The sliders near the selected one for which figures are kept: all, unless there are very many.
  var measuredSliders: Range<Int> {
    let most = Readouts.maximumSensitivities
    let first = max(0, min(selected - most / 2, sliderCount - most))
    return first..<min(sliderCount, first + most)
  }

  /// Creates the sliders' scales for the model in use, with its survey if known.
  ///
  /// - Parameter isNew: true if the survey was measured with other weights than the previous one.
  mutating func rebuildSliderScales(_ known: SliderSurvey? = nil, isNew: Bool = false) {
    let statistics = modelInUse.model.details.statistics
    sliderPanel.scales =
      schema.typed.map(SliderScale.init)
      + (0..<schema.freeCount).map {
        SliderScale(latent: $0, statistics: statistics.isEmpty ? nil : statistics[$0])
      }
    survey.replace(by: known, isNew: isNew)
  }

  /// Sets the latents' sliders to their marks.
  mutating func followMarks() {
    sliders.latents = encoded.latents
    sliderPanel.baselineLatents = encoded.latents
  }

  /// The offset of each latent from its mark by the user.
  var latentOffset: [Float] { zip(sliders.latents, sliderPanel.baselineLatents).map { $0 - $1 } }

  /// Tells whether the user has moved a latent.
  var hasLatentOffset: Bool { latentOffset.contains { $0 != 0 } }

  mutating func switchFollowing() {
    sliderPanel.followsTraining.toggle()
    let follows = sliderPanel.followsTraining
    message =
      follows
      ? "follow: training moves the latent sliders to the encoder's values" : "hold: training moves no slider"
    if follows {
      sliderPanel.history.keep(sliders)
      followMarks()
      decode()
    }
  }

  /// Moves the sliders to a position, as one change for undo.
  ///
  /// - Parameter group: consecutive moves of one group count as one change; nil for a change of its own.
  mutating func moveSliders(to position: LatentPoint, group: Int? = nil) {
    sliderPanel.history.keep(sliders, slider: group)
    sliders = position
    decode()
  }
}
