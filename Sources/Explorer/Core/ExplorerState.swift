import Coordinates
import Datasets
import Kernels
import Networks
import Primitives
import Screen
import Training

/// The state of the explorer without a terminal.
///
/// `update` handles an event and returns effects for the program to carry out; `draw` draws the state on a
/// canvas. Neither reads a clock, a file or a terminal.
public struct ExplorerState {
  /// The capabilities of the terminal.
  public let capabilities: Capabilities
  /// The screen's size.
  public internal(set) var size: Size
  var current: ModelInUse
  /// The available images, even if the samples are not images.
  var dataset: Dataset?
  /// Tells whether the user requested the images, so that a model's stored latents do not replace them.
  var prefersImages: Bool
  /// The value of `--data`; nil for images without a name.
  var dataReference: String?
  /// The data set being downloaded.
  var fetchedSet: String?
  var samples: Samples
  /// The list of samples.
  var list: SampleList
  /// The index of the sample.
  var sample = 0
  /// The values of the input's transform before encoding.
  var inputValues: [Double]
  /// The sliders' values, which are decoded.
  var sliders: LatentPoint
  /// The latents' sliders when they were last set to the encoder's values; the difference is the offset by
  /// the user.
  var baselineLatents: [Float] = []
  /// The encoder's values of the input, shown as marks.
  var reading: LatentPoint
  /// Earlier positions of the sliders.
  var history = SliderHistory()
  /// The random numbers for latents, the same in every session, so that sessions are reproducible.
  var draws = RandomStream(seed: 0, purpose: .exploring)
  /// The index of the selected slider: typed coordinates first, then free latents.
  var selected = 0
  /// The first visible slider of a scrolled list, as long as the selected one is visible.
  var firstSlider = 0
  var pictures = Pictures()
  /// The inference that is needed or awaited.
  var pendingInference = PendingInference()
  /// Keys, mouse events and ticks deferred until the awaited inference.
  var deferredEvents: [ExplorerEvent] = []
  /// Figures of the pictures.
  var readouts = Readouts()
  /// Tells whether the pictures have changed since the readouts were measured.
  var needsReadouts = false
  /// The survey of the encoder's output for many images; nil until it is known.
  var survey: SliderSurvey? { didSet { histogramKey = nil } }
  /// The histogram of the data along each slider; empty for sliders far from the selected one if there are
  /// very many.
  var histograms: [[Double]] = []
  var histogramKey: HistogramKey?
  /// Number of the current survey; it identifies late answers.
  var surveyGeneration = 0
  var focus = Panel.sliders
  /// Tells whether the focused panel fills the screen.
  var isEnlarged = false
  var view = PictureView.truth
  var isInverted = false
  /// Gamma steps: above 0 faint ink is stronger, below 0 weaker.
  var gammaStep = 0
  var chart = ChartControls()
  /// The state of each kind of analysis, and the number of requests.
  var analysisRequests: [Analysis.Kind: AnalysisRequest] = [:]
  var analysisCount = 0
  /// Number of opened models; it identifies results of an earlier model.
  var modelGeneration = 0
  /// The pictures of the filmstrip in order; empty while it is hidden or not yet drawn.
  var frames: [FilmstripFrame] = []
  /// The start of the path from A to B; nil while the selected slider is traversed.
  var pathStart: PathStart?
  var pathChoice: PathChoice?
  /// The plane of the map and the earlier positions on it.
  var plane = MapPlane.components
  var trail: [MapPlace] = []
  /// The drawing of the user, and its use as input in place of the sample.
  var drawingBoard = DrawingBoard()
  var showsDrawing = false
  /// The samples with the nearest latents.
  var neighbours: [Neighbour] = []
  /// The state of the history page.
  var time = HistoryPage()
  /// The model compared with the one in use, and the pictures of both.
  var otherModel = OtherModel.unknown
  var otherModelCount = 0
  var comparison: [DecoderPicture] = []
  /// The automatic movement of the sliders.
  var playback: Playback?
  /// The speed of the playback, as a power of two.
  var speedStep = 0
  /// Tells whether new weights move the latents' sliders to their marks.
  var follows = false
  var overlay: Overlay?
  var training: TrainingPanel?
  /// The model in use before the run.
  var modelBeforeTraining: ModelInUse?
  /// Tells whether the training panel shows first steps for a new user.
  let showsHints: Bool
  /// The message that replaces the readouts in the status line.
  public internal(set) var message: String?
  /// The effect of the last step to a sample on moved sliders.
  var stepNote: String?
  /// The target of the current drag.
  var dragTarget: DragTarget?
  /// Tells whether the last key warned that quitting loses weights.
  var hasWarnedOfLoss = false
  /// The text that restores the screen at the time of the request.
  public internal(set) var shownState: StateText?
  /// The awaited ranking; earlier requests are ignored.
  var awaitedOrder: AwaitedSampleOrder?
  var rankingCount = 0
  var scales: [SliderScale] = []
  let startsTraining: Bool

  /// The three pictures with intensities in [0, 1]; input and truth are nil if only stored latents are
  /// available.
  struct Pictures: Equatable {
    var input: [Float]?
    var decoded: [Float] = []
    var truth: [Float]?
  }

  /// Opens on the first sample of a data set, or on the model's stored latents without one.
  ///
  /// - Parameters:
  ///   - dataReference: the value of `--data`, nil for a data set without a name.
  ///   - prefersImages: true if the user requested the data set; otherwise the stored latents of a model
  ///     that was trained on other images replace it.
  ///   - startsTraining: true if `start` begins to train afresh.
  ///   - showsHints: true to show the first steps to a new user.
  public init(
    model: ModelInUse, dataset: Dataset?, dataReference: String? = nil, size: Size,
    capabilities: Capabilities, prefersImages: Bool = false, startsTraining: Bool = false,
    showsHints: Bool = false
  ) {
    self.current = model
    self.dataset = dataset
    self.dataReference = dataReference
    self.prefersImages = prefersImages
    self.showsHints = showsHints
    self.size = size
    self.capabilities = capabilities
    self.startsTraining = startsTraining
    samples = Self.samples(model: model, dataset: dataset, prefersImages: prefersImages)
    list = SampleList(samples)
    inputValues = model.schema.neutralValues
    sliders = LatentPoint(
      values: inputValues, latents: Array(repeating: 0, count: model.schema.freeCount))
    reading = sliders
    if case .images = samples, let dataset { sample = min(dataset.opening, samples.count - 1) }
    rebuildSliderScales()
    showSample(keepingValues: false)
    inferNow()
    refreshReadouts()
  }

  /// Returns the effects of opening.
  public mutating func start() -> [ExplorerEffect] {
    surveyIfUnknown() + (startsTraining ? train() : []) + requestInference() + requestOtherModel()
      + requestAnalyses()
  }

  /// Tells whether the playback runs and needs ticks.
  public var isPlaying: Bool { playback != nil }

  /// Tells whether a run is currently learning.
  public var isLearning: Bool { training?.status == .running }

  /// Tells whether a run is learning or paused.
  public var isTraining: Bool { training?.isActive ?? false }

  var schema: CoordinateSchema { current.schema }

  var sliderCount: Int { schema.typed.count + schema.freeCount }

  static func samples(model: ModelInUse, dataset: Dataset?, prefersImages: Bool) -> Samples {
    let details = model.model.details
    if let dataset,
      prefersImages || details.encoderOutputs.isEmpty || details.data == nil || details.data == dataset.name
    {
      return images(of: dataset)
    }
    if !details.encoderOutputs.isEmpty {
      return .encoderOutputs(data: details.data ?? "its data set", details.encoderOutputs)
    }
    guard let dataset else { return images(of: Digits.dataset()) }
    return images(of: dataset)
  }

  static func images(of dataset: Dataset) -> Samples {
    .images(title: dataset.title, classNames: dataset.classNames, dataset.test)
  }

  /// Creates the sliders' scales and histograms for the model in use, with its survey if known.
  mutating func rebuildSliderScales(_ known: SliderSurvey? = nil) {
    surveyGeneration += 1
    if known == nil { trail = [] }
    let statistics = current.model.details.statistics
    scales =
      schema.typed.map(SliderScale.init)
      + (0..<schema.freeCount).map {
        SliderScale(latent: $0, statistics: statistics.isEmpty ? nil : statistics[$0])
      }
    survey = known
  }

  /// Requests a survey of the available samples if there is none.
  func surveyIfUnknown() -> [ExplorerEffect] {
    guard survey == nil else { return [] }
    return switch samples {
    case .images: [.survey(current.model, number: surveyGeneration)]
    case .encoderOutputs(_, let readings): [.surveyReadings(readings, number: surveyGeneration)]
    }
  }

  /// Encodes the current sample and moves the latents to the result. Typed values are kept, moved to those
  /// of the sorting error if samples are sorted, or set to the input's.
  mutating func showSample(keepingValues: Bool) {
    history = SliderHistory()
    // The path belongs to the previous sample.
    if case .path = playback { playback = nil }
    readInput(movingLatents: true, movingValues: keepingValues && comparesWithInput)
    if !keepingValues {
      sliders.values = inputValues
    } else if orderMeasure == .upright {
      sliders.values = schema.neutralValues
    }
    decode()
  }

  /// Sets the latents' sliders to their marks.
  mutating func followMarks() {
    sliders.latents = reading.latents
    baselineLatents = reading.latents
  }

  /// The offset of each latent from its mark by the user.
  var latentOffset: [Float] { zip(sliders.latents, baselineLatents).map { $0 - $1 } }

  /// The drawing or sample before its transform; nil if only stored latents are available.
  var shownImage: (images: any ImageSource, index: Int)? {
    if showsDrawing { return (drawingBoard.framed.images, 0) }
    guard case .images(_, _, let images) = samples else { return nil }
    return (images, sample)
  }

  /// Updates the readouts that are quick to measure.
  mutating func refreshReadouts() {
    refreshHistograms()
    guard needsReadouts else { return }
    needsReadouts = false
    readouts.compare(pictures.decoded, with: target)
  }

  /// The sliders near the selected one for which figures are kept: all, unless there are very many.
  var measuredSliders: Range<Int> {
    let first = max(
      0, min(selected - Readouts.maximumSensitivities / 2, sliderCount - Readouts.maximumSensitivities))
    return first..<min(sliderCount, first + Readouts.maximumSensitivities)
  }

  var transformer: ImageTransformer {
    ImageTransformer(schema: schema, interpolation: current.model.details.interpolation)
  }
}
