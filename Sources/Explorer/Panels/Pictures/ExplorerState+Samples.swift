import Datasets
import Networks
import Screen
import Training

/// Navigation through samples: order, class and transform of the input.
extension ExplorerState {
  /// Moves by some samples; from a drawing, returns to the sample before it.
  mutating func step(_ offset: Int) {
    go(toSample: showsDrawing ? sample : list.sample(offset, from: sample))
  }

  mutating func go(toSample number: Int) {
    let latents = zip(scales.dropFirst(schema.typed.count), latentOffset).filter { $0.1 != 0 }.map(\.0.label)
    sample = number
    showsDrawing = false
    showSample(keepingValues: true)
    stepNote = stepNote(movedLatents: latents)
  }

  /// The effect of a step on moved sliders: a latent's offset belongs to its sample, typed values remain.
  private func stepNote(movedLatents: [String]) -> String? {
    var notes: [String] = []
    if let name = movedLatents.first {
      notes.append(
        movedLatents.count == 1
          ? "\(name) back at this sample's value" : "latents back at this sample's values")
    }
    let kept = schema.typed.indices.filter { sliders.values[$0] != inputValues[$0] }.map { scales[$0].label }
    if orderMeasure == nil, !kept.isEmpty {
      notes.append("\(kept.joined(separator: ", ")) kept: Backspace resets")
    }
    return notes.isEmpty ? nil : notes.joined(separator: ", ")
  }

  /// Shows other samples in their stored order.
  mutating func show(_ samples: Samples) {
    self.samples = samples
    sample = min(sample, samples.count - 1)
    list = SampleList(samples)
    awaitedOrder = nil
  }

  /// Shows one class, or all samples for nil.
  mutating func filter(_ label: Int?) {
    list.filter = label
    list.refresh()
    if let label {
      message = "\(list.numbers.count) samples of class \(samples.className(label)); c shows all again"
    }
    if list.position(of: sample) == nil { go(toSample: list.numbers[0]) }
  }

  /// Turns the input and the sliders by steps of 15°.
  mutating func turnInput(by steps: Double) {
    guard shownImage != nil else {
      message = "stored latents are of upright images: rotating the input needs the images"
      return
    }
    guard let index = schema.index(of: .rotation) else {
      message = "this model has no rotation"
      return
    }
    inputValues[index] = scales[index].moved(inputValues[index], by: 3 * steps)
    showSample(keepingValues: false)
  }

  /// The set that the model was trained on, or MNIST.
  var setToFetch: String {
    let data = current.model.details.data ?? ""
    return DataLocations.publicSets.contains(data) ? data : DataLocations.publicSets[0]
  }

  /// Begins or cancels a download.
  mutating func fetchData() -> [ExplorerEffect] {
    guard fetchedSet == nil else { return [.stopFetching] }
    guard dataset?.name != setToFetch else {
      message = "\(setToFetch) is already here"
      return []
    }
    guard !isTraining else {
      message = "training is running: x stops it, then G fetches \(setToFetch)"
      return []
    }
    return replaceWeights(.fetch)
  }

  /// Begins to download a set.
  mutating func startFetching() -> [ExplorerEffect] {
    fetchedSet = setToFetch
    message = "fetching \(setToFetch)…; G stops"
    return [.fetch(setToFetch)]
  }

  /// Shows downloaded images, with the model of that name if the one in use was trained on another set.
  mutating func receiveFetched(_ dataset: Dataset?, reference: String) -> [ExplorerEffect] {
    fetchedSet = nil
    guard let dataset else { return [] }
    guard !isTraining else {
      message = "fetched \(reference); --data \(reference) opens it"
      return []
    }
    (self.dataset, dataReference, prefersImages) = (dataset, reference, true)
    training = nil
    show(Self.images(of: dataset))
    rebuildSliderScales()
    showSample(keepingValues: true)
    message = "fetched \(reference)"
    // Unsaved weights are kept.
    let entry = LibraryEntry(title: reference, reference: reference)
    if current.model.details.data != reference, current.reference != nil,
      modelsLost(by: .open(entry)).isEmpty
    {
      return [.open(.models, entry)]
    }
    return surveyIfUnknown()
  }

  mutating func switchSamples() {
    guard !showsDrawing else { return go(toSample: sample) }
    if focus == .sketch, !drawingBoard.framed.isEmpty { return useDrawingAsInput() }
    let details = current.model.details
    switch samples {
    case .images:
      guard !details.encoderOutputs.isEmpty else {
        message = "this model file has no stored latents"
        return
      }
      show(.encoderOutputs(data: details.data ?? "its data set", details.encoderOutputs))
    case .encoderOutputs:
      guard let dataset else {
        message = "no images: start with --data digits"
        return
      }
      show(Self.images(of: dataset))
    }
    // The survey belongs to the previous samples.
    rebuildSliderScales()
    showSample(keepingValues: true)
  }
}
