import Datasets
import Networks
import Screen
import Training

/// Navigation through samples: order, class and transform of the input.
extension Session {
  /// Moves by some samples; from a drawing, returns to the sample before it.
  mutating func step(_ offset: Int) {
    go(toSample: showsDrawing ? sample : selection.list.sample(offset, from: sample))
  }

  mutating func go(toSample number: Int) {
    let latents = zip(scales.dropFirst(schema.typed.count), latentOffset).filter { $0.1 != 0 }.map(\.0.label)
    selection.index = number
    selection.drawing = nil
    showSample(keepingValues: true)
    status.stepNote = stepNote(movedLatents: latents)
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

  /// Shows one class, or all samples for nil.
  mutating func filter(_ label: Int?) {
    selection.list.filter = label
    selection.list.refresh()
    if let label {
      message =
        "\(selection.list.numbers.count) samples of class \(samples.className(label)); c shows all again"
    }
    if selection.list.position(of: sample) == nil { go(toSample: selection.list.numbers[0]) }
  }

  /// The line of the current class in the class list; the first is for all samples.
  var classChoice: Int {
    guard let filter = selection.list.filter else { return 0 }
    return (selection.list.classes.firstIndex { $0.label == filter } ?? -1) + 1
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
    selection.inputValues[index] = scales[index].moved(inputValues[index], by: 3 * steps)
    showSample(keepingValues: false)
  }

  /// The set that the model was trained on, or MNIST.
  var setToFetch: String {
    let data = modelInUse.model.details.data ?? ""
    return DataLocations.publicSets.contains(data) ? data : DataLocations.publicSets[0]
  }

  /// Begins or cancels a download.
  var fetchChange: Change {
    guard data.fetched == nil else { return .effects([.stopFetching]) }
    guard dataset?.name != setToFetch else { return .message("\(setToFetch) is already here") }
    guard !isTraining else {
      return .message("training is running: x stops it, then G fetches \(setToFetch)")
    }
    return .replaceWeights(.fetch)
  }

  /// Begins to download a set.
  mutating func startFetching() -> [ExplorerEffect] {
    data.fetched = setToFetch
    message = "fetching \(setToFetch)…; G stops"
    return [.fetch(setToFetch)]
  }

  /// Shows downloaded images, with the model of that name if the one in use was trained on another set.
  mutating func receiveFetched(_ dataset: Dataset?, reference: String) -> [ExplorerEffect] {
    data.fetched = nil
    guard let dataset else { return [] }
    guard !isTraining else {
      message = "fetched \(reference); --data \(reference) opens it"
      return []
    }
    data = AvailableData(dataset: dataset, reference: reference, isPreferred: true)
    training = nil
    selection.show(Samples(of: dataset, for: modelInUse))
    rebuildSliderScales()
    showSample(keepingValues: true)
    message = "fetched \(reference)"
    // Unsaved weights are kept.
    let entry = LibraryEntry(title: reference, reference: reference)
    if modelInUse.model.details.data != reference, modelInUse.reference != nil,
      modelsLost(by: .open(entry)).isEmpty
    {
      return [.open(.models, entry)]
    }
    survey.isWanted = true
    return []
  }

  /// Replaces the first images of a data set by all of them; the sample stays.
  mutating func receiveAllImages(of dataset: Dataset) {
    guard data.dataset?.name == dataset.name else { return }
    data.dataset = dataset
    guard case .images = samples else { return }
    selection.show(Samples(of: dataset, for: modelInUse))
    // The survey is of the first images.
    rebuildSliderScales()
    survey.isWanted = true
  }

  mutating func switchSamples() {
    guard !showsDrawing else { return go(toSample: sample) }
    let details = modelInUse.model.details
    switch samples {
    case .images:
      guard !details.encoderOutputs.isEmpty else {
        message = "this model file has no stored latents"
        return
      }
      selection.show(.encoderOutputs(data: details.data ?? "its data set", details.encoderOutputs))
    case .encoderOutputs:
      guard let dataset else {
        message = "no images: start with --data digits"
        return
      }
      selection.show(Samples(of: dataset, for: modelInUse))
    }
    // The survey belongs to the previous samples.
    rebuildSliderScales()
    survey.isWanted = true
    showSample(keepingValues: true)
  }

  /// Opens the sample at an index of the survey.
  mutating func openSample(surveyedAt position: Int) {
    guard let survey = survey.current, survey.outputs.indices.contains(position) else { return }
    switch samples {
    case .images: go(toSample: min(survey.outputs[position].index, samples.count - 1))
    case .encoderOutputs: go(toSample: min(position, samples.count - 1))
    }
    let label = samples.classNumber(at: sample).map(samples.className)
    message = "sample \(sample)" + (label.map { ", class \($0)" } ?? "")
  }

  /// Uses a drawing as input; a nearly empty one is replaced by the sample.
  mutating func useAsInput(_ drawing: Drawing) {
    selection.drawing = drawing.isEmpty ? nil : drawing
    showSample(keepingValues: true)
  }

  /// Uses a drawing as input without a transform.
  mutating func useUprightAsInput(_ drawing: Drawing) {
    selection.inputValues = schema.neutralValues
    useAsInput(drawing)
    showSample(keepingValues: false)
  }
}
