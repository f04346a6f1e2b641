import Networks
import Screen
import Training

extension ExplorerState {
  /// Takes one event in and says what is to be done about it.
  public mutating func update(_ event: ExplorerEvent) -> [ExplorerEffect] {
    switch event {
    case .key(let key):
      message = nil
      return overlay == nil ? perform(KeyBinding.action(for: key)) : handle(key)
    case .resized(let size):
      self.size = size
      return []
    case .training(let update):
      return take(update)
    case .trainingStarted:
      // Another model may have been opened while the run was being prepared.
      return training == nil ? [.command(.stop)] : []
    case .trainingImpossible(let reason):
      training = nil
      message = reason
      return []
    case .weights(let model):
      takeWeights(model)
      return []
    case .models(let entries):
      if case .models(_, let selected) = overlay {
        overlay = .models(entries, selected: min(selected, max(0, entries.count - 1)))
      }
      return []
    case .opened(let model):
      return open(model)
    case .message(let text):
      message = text
      return []
    }
  }

  private mutating func perform(_ action: Action?) -> [ExplorerEffect] {
    switch action {
    case .decrease: moveSlider(by: -1)
    case .increase: moveSlider(by: 1)
    case .decreaseMuch: moveSlider(by: -10)
    case .increaseMuch: moveSlider(by: 10)
    case .decreaseLittle: moveSlider(by: -0.1)
    case .increaseLittle: moveSlider(by: 0.1)
    case .previousSlider: selected = (selected + sliderCount - 1) % sliderCount
    case .nextSlider: selected = (selected + 1) % sliderCount
    case .reset: resetSliders()
    case .randomize: randomizeLatents()
    case .undo: setSliders(history.undo(sliders), otherwise: "nothing to take back")
    case .redo: setSliders(history.redo(sliders), otherwise: "nothing to do again")
    case .nextSample: go(toSample: (sample + 1) % samples.count)
    case .previousSample: go(toSample: (sample + samples.count - 1) % samples.count)
    case .goToSample: overlay = .goTo(digits: "")
    case .switchSamples: switchSamples()
    case .turnInputBack: turnInput(by: -1)
    case .turnInputForward: turnInput(by: 1)
    case .chooseModel:
      overlay = .models(nil, selected: 0)
      return [.listModels]
    case .saveModel: return [.save(current.model)]
    case .chooseTraining: overlay = .training(selected: 0)
    case .pauseOrResume: return pauseOrResume()
    case .stepOnce: return commandRun(.step)
    case .stopTraining: return commandRun(.stop)
    case .switchFollowing: switchFollowing()
    case .typeValue(let character): overlay = .value(text: String(character))
    case .help: overlay = .help(first: 0)
    case .redraw: return [.redraw]
    case .quit: return [.quit]
    case nil: break
    }
    return []
  }

  // MARK: Sliders and samples

  private mutating func moveSlider(by steps: Double) {
    history.keep(sliders, slider: selected)
    let typedCount = schema.typed.count
    let value =
      selected < typedCount ? sliders.values[selected] : Double(sliders.latents[selected - typedCount])
    setSlider(selected, to: scales[selected].moved(value, by: steps))
    decode()
  }

  /// Sets a slider's value, in the coordinate's unit.
  mutating func setSlider(_ index: Int, to value: Double) {
    let typedCount = schema.typed.count
    if index < typedCount {
      sliders.values[index] = value
    } else {
      sliders.latents[index - typedCount] = Float(value)
      warnFarFromTheData(latent: index - typedCount, value)
    }
  }

  /// Says so where a latent lies beyond the 1st or the 99th percentile: what is drawn there means little.
  private mutating func warnFarFromTheData(latent: Int, _ value: Double) {
    let statistics = current.model.details.statistics
    guard !statistics.isEmpty else { return }
    let (low, high) = (statistics[latent].low, statistics[latent].high)
    if value < low {
      message = "z\(latent + 1) is far from the data: 99 % lie above \(NumberText.fixed(low, decimals: 2))"
    }
    if value > high {
      message = "z\(latent + 1) is far from the data: 99 % lie below \(NumberText.fixed(high, decimals: 2))"
    }
  }

  private mutating func resetSliders() {
    history.keep(sliders)
    sliders = reading
    decode()
  }

  /// Draws every free latent from the distribution that was measured; without one, from −3 to 3 as a normal
  /// one would have it.
  private mutating func randomizeLatents() {
    history.keep(sliders)
    let statistics = current.model.details.statistics
    for latent in sliders.latents.indices {
      sliders.latents[latent] =
        statistics.isEmpty
        ? Float(min(max(draws.normal(), -3), 3)) : Float(statistics[latent].value(atShare: draws.uniform()))
    }
    decode()
  }

  /// Moves the sliders to where the history says, if it says something.
  private mutating func setSliders(_ position: Reading?, otherwise nothing: String) {
    guard let position else {
      message = nothing
      return
    }
    sliders = position
    decode()
  }

  mutating func go(toSample number: Int) {
    sample = number
    takeSample(keepingValues: true)
  }

  /// Turns the input by steps of 15° and takes the sliders along.
  private mutating func turnInput(by steps: Double) {
    guard case .images = samples else {
      message = "the stored readings are of upright images; turning the input needs the images"
      return
    }
    guard let index = schema.index(of: .rotation) else { return }
    inputValues[index] = scales[index].moved(inputValues[index], by: 3 * steps)
    takeSample(keepingValues: false)
  }

  private mutating func switchSamples() {
    let details = current.model.details
    switch samples {
    case .images:
      guard !details.readings.isEmpty else {
        message = "this model's file carries no readings"
        return
      }
      samples = .readings(data: details.data ?? "its data set", details.readings)
      inputValues = schema.neutralValues
    case .readings:
      guard let dataset else {
        message = "no images are at hand"
        return
      }
      samples = Self.images(of: dataset)
    }
    sample = min(sample, samples.count - 1)
    takeSample(keepingValues: true)
  }

  // MARK: Models

  /// Shows another model; a run that is going on ends, or its weights would replace what was opened.
  private mutating func open(_ model: ModelInUse) -> [ExplorerEffect] {
    let endsTraining = isTraining
    training = nil
    let angle = sliders.values
    let sameSchema = model.schema == schema
    current = model
    samples = Self.samples(model: model, dataset: dataset, prefersImages: prefersImages)
    sample = min(sample, samples.count - 1)
    if !sameSchema { inputValues = schema.neutralValues }
    if case .readings = samples { inputValues = schema.neutralValues }
    selected = min(selected, sliderCount - 1)
    sliders = Reading(values: sameSchema ? angle : schema.neutralValues, latents: [])
    rescale()
    takeSample(keepingValues: true)
    message = "model: \(model.name)" + (endsTraining ? "; training was stopped" : "")
    return endsTraining ? [.command(.stop)] : []
  }

  /// New weights of the same network: pictures and marks change; sliders only where they follow.
  private mutating func takeWeights(_ model: TypedModel) {
    guard training != nil, model.architecture == current.model.architecture,
      let refreshed = try? ModelInUse(name: trainedName, model: model)
    else { return }
    current = refreshed
    // Stored readings are of the weights before; with images at hand the new weights can read for themselves.
    if case .readings = samples, let dataset {
      samples = Self.images(of: dataset)
      sample = min(sample, samples.count - 1)
    }
    rescale()
    readInput()
    if follows {
      sliders.latents = reading.latents
      history = SliderHistory()
    }
    decode()
  }

  private var trainedName: String { isTraining ? "being trained" : "trained" }
}
