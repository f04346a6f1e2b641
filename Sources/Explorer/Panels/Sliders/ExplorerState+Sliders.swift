import Networks
import Screen
import Training

/// Actions that move the sliders.
extension ExplorerState {
  mutating func moveSlider(_ slider: Int? = nil, by steps: Double) {
    let slider = slider ?? selected
    history.keep(sliders, slider: slider)
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
    let statistics = current.model.details.statistics
    let latent = slider - schema.typed.count
    guard statistics.indices.contains(latent) else { return false }
    return value < statistics[latent].low || value > statistics[latent].high
  }

  /// Warns that the decoder was not trained on such a value.
  private mutating func warnFarFromTheData(slider: Int, _ value: Double) {
    guard isFarFromTheData(slider, value) else { return }
    let statistics = current.model.details.statistics[slider - schema.typed.count]
    let end =
      value < statistics.low
      ? "above \(NumberText.fixed(statistics.low, decimals: 2))"
      : "below \(NumberText.fixed(statistics.high, decimals: 2))"
    message = "\(scales[slider].label) is far from the data: 99 % lie \(end)"
  }

  /// Moves all sliders, or one of them, to the encoder's values.
  mutating func resetSliders(_ slider: Int? = nil) {
    history.keep(sliders)
    if let slider {
      setSlider(slider, to: reading.value(ofSlider: slider))
      let latent = slider - schema.typed.count
      if baselineLatents.indices.contains(latent) { baselineLatents[latent] = reading.latents[latent] }
    } else {
      sliders = reading
      baselineLatents = reading.latents
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
    history.keep(sliders)
    let statistics = current.model.details.statistics
    for latent in sliders.latents.indices {
      sliders.latents[latent] =
        statistics.isEmpty
        ? Float(min(max(draws.normal(), -3), 3))
        : Float(statistics[latent].value(atFraction: draws.uniform()))
    }
    decode()
  }

  /// Moves the sliders to a position of the history, or shows the message if there is none.
  mutating func setSliders(_ position: LatentPoint?, otherwise nothing: String) {
    guard let position else {
      message = nothing
      return
    }
    sliders = position
    decode()
  }

  /// Recomputes the histograms if the sliders, the data or the visible sliders have changed.
  mutating func refreshHistograms() {
    let key = HistogramKey(model: surveyGeneration, sliders: measuredSliders)
    guard key != histogramKey else { return }
    let known = histogramKey?.model == key.model ? histogramKey?.sliders : nil
    histogramKey = key
    histograms = scales.indices.map { slider in
      guard key.sliders.contains(slider) else { return [] }
      // Only missing histograms are computed, because counting all visible ones is slow for many samples.
      if known?.contains(slider) == true { return histograms[slider] }
      return survey?.histogram(slider, scale: scales[slider]) ?? []
    }
  }
}

/// The input of the histograms besides the survey.
struct HistogramKey: Equatable {
  var model: Int
  var sliders: Range<Int>
}
