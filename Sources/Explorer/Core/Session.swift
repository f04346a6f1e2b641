import Coordinates
import Datasets
import Networks
import Screen
import Training

/// Everything that panels and pages show: the model, the samples, the sliders and the pictures.
struct Session {
  var display: Display
  var models: Models
  var data: AvailableData
  var selection: SampleSelection
  /// The sliders' values, which are decoded.
  var sliders: LatentPoint
  /// The encoder's values of the input, shown as marks.
  var encoded: LatentPoint
  var sliderPanel = SliderPanel()
  var pictures = Pictures()
  /// Figures of the pictures.
  var readouts = Readouts()
  var survey = Survey()
  /// The path from A to B, and the automatic movement of the sliders.
  var path = PathState()
  var training: TrainingPanel?
  var chart = ChartControls()
  var inference = PendingInference()
  var status = StatusLine()

  /// The screen, and the settings of its pictures.
  struct Display {
    /// The capabilities of the terminal.
    let capabilities: Capabilities
    var size: Size
    var view = PictureView.truth
    var isInverted = false
    /// Gamma steps: above 0 faint ink is stronger, below 0 weaker.
    var gammaStep = 0
    /// Tells whether the training panel shows first steps for a new user.
    var showsHints = false
  }

  /// The model in use, and the one before a run.
  struct Models {
    var inUse: ModelInUse
    /// Number of models put into use; it identifies results of an earlier model.
    var generation = 0
    /// Number of models opened by the user.
    var openedCount = 0
    /// Number of runs.
    var runCount = 0
    /// The model in use before the run.
    var beforeTraining: ModelInUse?
  }

  /// The images, even if the samples are not images.
  struct AvailableData {
    var dataset: Dataset?
    /// The value of `--data`; nil for images without a name.
    var reference: String?
    /// Tells whether the user requested the images, so that a model's stored latents do not replace them.
    var isPreferred = false
    /// The data set being downloaded.
    var fetched: String?
    /// Remarks about what was read, and how.
    var remarks: [DataRemark] = []
  }

  /// The three pictures with intensities in [0, 1]; input and truth are nil if only stored latents are
  /// available.
  struct Pictures: Equatable {
    var input: [Float]?
    var decoded: [Float] = []
    var truth: [Float]?
  }

  /// The text of the status line.
  struct StatusLine {
    /// The message that replaces the readouts.
    var message: String?
    /// The effect of the last step to a sample on moved sliders.
    var stepNote: String?
  }

  /// Opens on the first sample of a data set, or on the model's stored latents without one.
  init(model: ModelInUse, data: AvailableData, display: Display) {
    self.display = display
    self.data = data
    models = Models(inUse: model)
    selection = SampleSelection(Samples(for: model, data), inputValues: model.schema.neutralValues)
    sliders = LatentPoint(
      values: model.schema.neutralValues, latents: Array(repeating: 0, count: model.schema.freeCount))
    encoded = sliders
    if case .images = samples, let dataset = data.dataset {
      selection.index = min(dataset.opening, samples.count - 1)
    }
    rebuildSliderScales()
    showSample(keepingValues: false)
    inferNow()
    refreshReadouts()
    message = dataMessage
  }
}

extension Session {
  var modelInUse: ModelInUse { models.inUse }
  var schema: CoordinateSchema { modelInUse.schema }
  var dataset: Dataset? { data.dataset }
  var capabilities: Capabilities { display.capabilities }
  var samples: Samples { selection.samples }
  /// The index of the sample.
  var sample: Int { selection.index }
  /// The values of the input's transform before encoding.
  var inputValues: [Double] { selection.inputValues }
  /// Tells whether a drawing of the user is the input in place of the sample.
  var showsDrawing: Bool { selection.drawing != nil }
  var scales: [SliderScale] { sliderPanel.scales }
  /// The index of the selected slider: typed coordinates first, then free latents.
  var selected: Int { sliderPanel.selected }
  var sliderCount: Int { schema.typed.count + schema.freeCount }
  /// Tells whether a run is learning or paused.
  var isTraining: Bool { training?.isActive ?? false }

  var message: String? {
    get { status.message }
    set { status.message = newValue }
  }

  var transformer: ImageTransformer {
    ImageTransformer(
      shape: imageShape, schema: schema,
      interpolation: modelInUse.model.details.interpolation)
  }

  /// The drawing or sample before its transform; nil if only stored latents are available.
  var shownImage: (images: any ImageSource, index: Int)? {
    if let drawing = selection.drawing { return (drawing.images, 0) }
    guard case .images(_, _, let images) = samples else { return nil }
    return (images, sample)
  }

  /// The subject of what is computed for the pictures.
  var subject: ShownSubject {
    ShownSubject(
      sample: showsDrawing ? nil : sample, isImage: shownImage != nil, model: models.generation)
  }

  /// Updates the readouts that are quick to measure.
  mutating func refreshReadouts() {
    survey.refreshHistograms(scales, sliders: measuredSliders)
    guard inference.hasNewPictures else { return }
    inference.hasNewPictures = false
    readouts.compare(pictures.decoded, with: target, imageShape)
  }

  // MARK: Changes of the sample

  /// Encodes the current sample and moves the latents to the result. Typed values are kept, moved to those
  /// of the sorting error if samples are sorted, or set to the input's.
  mutating func showSample(keepingValues: Bool) {
    sliderPanel.history = SliderHistory()
    // The path belongs to the previous sample.
    if case .path = path.playback { path.playback = nil }
    readInput(movingLatents: true, movingValues: keepingValues && comparesWithInput)
    if !keepingValues {
      sliders.values = inputValues
    } else if orderMeasure == .upright {
      sliders.values = schema.neutralValues
    }
    decode()
  }

  // MARK: Changes of the model

  /// Opens another model and ends an active run, whose weights would replace it.
  mutating func open(_ model: ModelInUse) -> [ExplorerEffect] {
    let endsTraining = isTraining
    (training, models.beforeTraining) = (nil, nil)
    let values = sliders.values
    let sameSchema = model.schema == schema
    replaceModel(with: model)
    models.openedCount += 1
    if !sameSchema { selection.inputValues = schema.neutralValues }
    sliderPanel.selected = min(selected, sliderCount - 1)
    // Until the first inference, only the counts of these values are correct.
    encoded = LatentPoint(
      values: schema.neutralValues, latents: Array(repeating: 0, count: schema.freeCount))
    sliders = LatentPoint(values: sameSchema ? values : schema.neutralValues, latents: encoded.latents)
    rebuildSliderScales()
    showSample(keepingValues: true)
    survey.isWanted = true
    message = "model: \(model.name)" + (endsTraining ? "; training stopped" : "")
    return endsTraining ? [.command(.stop)] : []
  }

  /// Restores the model before a run.
  mutating func restore(_ model: ModelInUse) {
    replaceModel(with: model)
    sliderPanel.followsTraining = false
    rebuildSliderScales()
    showSample(keepingValues: true)
    survey.isWanted = true
  }

  /// Replaces the model, and discards the stored points of the previous one.
  private mutating func replaceModel(with model: ModelInUse) {
    if model.model.architecture.imageShape != imageShape {
      // Pictures of one shape are never compared with those of another.
      (pictures, selection.drawing) = (Pictures(), nil)
    }
    models.inUse = model
    models.generation += 1
    (path.start, path.playback) = (nil, nil)
    let suitable = Samples(for: model, data)
    if case (.images(_, _, let shown), .images(_, _, let images)) = (samples, suitable),
      shown.shape == images.shape
    {
      dropOrder()
    } else {
      selection.show(suitable)
    }
  }

  /// Applies new weights of the same network: pictures and marks change, sliders only in follow mode.
  mutating func applyTrainedWeights(_ trained: ModelInUse, _ trainedSurvey: SliderSurvey?) {
    guard training != nil, trained.model.architecture == modelInUse.model.architecture else { return }
    use(trained)
    // Stored latents belong to the previous weights; available images are encoded by the new ones.
    if case .encoderOutputs = samples, let dataset { selection.show(Samples(of: dataset, for: modelInUse)) }
    rebuildSliderScales(trainedSurvey ?? survey.current, isNew: trainedSurvey != nil)
    // The stored point A belongs to the previous weights.
    if path.start != nil {
      (path.start, path.playback) = (nil, nil)
      message = "A was encoded by earlier weights: Space pauses, k sets A again"
    }
    readInput(movingLatents: sliderPanel.followsTraining)
    if sliderPanel.followsTraining { sliderPanel.history = SliderHistory() }
    decode()
  }
}
