import Coordinates
import Datasets
import Kernels
import Networks
import Primitives
import Screen
import Training

/// The whole explorer without a terminal: what is shown, and how it changes.
///
/// `update` takes an event and answers with effects for the surroundings to carry out; `draw` puts the state
/// on a canvas. Neither reads a clock, a file or a terminal.
public struct ExplorerState {
  /// What the screen can show.
  public let capabilities: Capabilities
  /// The screen's size.
  public internal(set) var size: Size
  var current: ModelInUse
  /// The images at hand, whatever is being stepped through.
  var dataset: Dataset?
  /// Whether the images were asked for, so that a model's stored readings do not take their place.
  var prefersImages: Bool
  /// What `--data` would name; absent where the images are nobody's to name.
  var dataReference: String?
  /// The set that is being fetched.
  var fetchedSet: String?
  var samples: Samples
  /// Which of them are stepped through.
  var list: SampleList
  /// The number of the sample, counted from 0.
  var sample = 0
  /// The values by which the input is transformed before the encoder sees it.
  var inputValues: [Double]
  /// What the sliders say: this is decoded.
  var sliders: LatentPoint
  /// Where the latents' sliders stood when they were last put on their marks: what they are off now is what a
  /// person moved.
  var baselineLatents: [Float] = []
  /// What the encoder reads from the input: the marks.
  var reading: LatentPoint
  /// Where the sliders were.
  var history = SliderHistory()
  /// What random latents are drawn from: the same in every session, so that one can be told from another.
  var draws = RandomStream(seed: 0, purpose: .exploring)
  /// The selected slider: typed coordinates first, then free latents.
  var selected = 0
  /// The slider at the top of a list that scrolls, as long as the selected one is in sight.
  var firstSlider = 0
  var pictures = Pictures()
  /// What of them is to be looked at anew.
  var due = PendingInference()
  /// Keys, mouse events and ticks that came meanwhile and wait for it.
  var deferredEvents: [ExplorerEvent] = []
  /// What the pictures amount to.
  var readouts = Readouts()
  /// Whether the readouts are of pictures that have changed since.
  var needsReadouts = false
  /// What the encoder reads from many images; absent until it is known.
  var survey: SliderSurvey? { didSet { histogramKey = nil } }
  /// For each slider, how the data lie along it; with very many, empty for those far from the selected one.
  var histograms: [[Double]] = []
  var histogramKey: HistogramKey?
  /// Counts models: what comes back from a queue is of one of them.
  var surveyGeneration = 0
  var focus = Panel.sliders
  /// Whether the focused panel has the whole screen.
  var isEnlarged = false
  var view = PictureView.truth
  var isInverted = false
  /// How faint ink is shown: each step above 0 stronger, below 0 weaker.
  var gammaStep = 0
  var chart = ChartControls()
  /// What other threads are asked for, and how often they were.
  var analysisRequests: [Analysis.Kind: AnalysisRequest] = [:]
  var analysisCount = 0
  /// Counts models that were opened: what a study found by one is not shown for another's.
  var modelGeneration = 0
  /// The pictures of the filmstrip, in order; empty while it is not shown, and until they have been drawn.
  var frames: [FilmstripFrame] = []
  /// Where a way from A to B begins; absent while the selected slider is traversed.
  var pathStart: PathStart?
  var pathChoice: PathChoice?
  /// What the map shows, and where its current point has been.
  var plane = MapPlane.components
  var trail: [MapPlace] = []
  /// What a person draws, and whether it is the input in place of the sample.
  var drawingBoard = DrawingBoard()
  var showsDrawing = false
  /// The samples nearest to it.
  var neighbours: [Neighbour] = []
  /// What the page of times shows.
  var time = HistoryPage()
  /// The model that the one in use is compared with, and both their pictures.
  var otherModel = OtherModel.unknown
  var otherModelCount = 0
  var comparison: [DecoderPicture] = []
  /// What moves by itself.
  var playback: Playback?
  /// How fast, as a power of two.
  var speedStep = 0
  /// Whether new weights move the latents' sliders to their marks.
  var follows = false
  var overlay: Overlay?
  var training: TrainingPanel?
  /// The model in use before the run.
  var modelBeforeTraining: ModelInUse?
  /// Whether the training panel tells newcomers what to do first.
  let showsHints: Bool
  /// What the status line says instead of the readouts.
  public internal(set) var message: String?
  /// What the last step to a sample did with sliders that had been moved.
  var stepNote: String?
  /// What the mouse holds.
  var dragTarget: DragTarget?
  /// Whether the last key was told that quitting loses weights.
  var hasWarnedOfLoss = false
  /// What brings back the screen of the moment when that was last asked for.
  public internal(set) var shownState: StateText?
  /// The ranking that is on its way: only the last one asked for counts.
  var awaitedOrder: AwaitedSampleOrder?
  var rankingCount = 0
  var scales: [SliderScale] = []
  let startsTraining: Bool

  /// The three pictures as numbers in [0, 1]; input and truth are absent where only readings are at hand.
  struct Pictures: Equatable {
    var input: [Float]?
    var decoded: [Float] = []
    var truth: [Float]?
  }

  /// Opens on the first sample of a data set, or on the model's stored readings where there is none.
  ///
  /// - Parameters:
  ///   - dataReference: what `--data` would name the data set.
  ///   - prefersImages: whether the data set was asked for; otherwise the stored readings of a model that
  ///     learnt from other images take its place.
  ///   - startsTraining: whether `start` begins to train afresh.
  ///   - showsHints: whether newcomers are told what to do first.
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

  /// The effects of opening.
  public mutating func start() -> [ExplorerEffect] {
    surveyIfUnknown() + (startsTraining ? train() : []) + requestInference() + requestOtherModel() + study()
  }

  /// Whether something moves by itself, and wants ticks.
  public var isPlaying: Bool { playback != nil }

  /// Whether a run learns now.
  public var isLearning: Bool { training?.status == .running }

  /// Whether a run learns, or could go on learning.
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

  /// Makes the sliders' scales and histograms for the model in use, of which a survey may be known.
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

  /// Asks for a survey of the samples at hand where there is none.
  func surveyIfUnknown() -> [ExplorerEffect] {
    guard survey == nil else { return [] }
    return switch samples {
    case .images: [.survey(current.model, number: surveyGeneration)]
    case .encoderOutputs(_, let readings): [.surveyReadings(readings, number: surveyGeneration)]
    }
  }

  /// Reads the current sample: the latents go to the reading; the typed values stay or, where samples are sorted
  /// by an error, go to where that is measured; or they go to the input's.
  mutating func showSample(keepingValues: Bool) {
    history = SliderHistory()
    // The way led to the sample before.
    if case .journey = playback { playback = nil }
    readInput(movingLatents: true, movingValues: keepingValues && comparesWithInput)
    if !keepingValues {
      sliders.values = inputValues
    } else if orderMeasure == .upright {
      sliders.values = schema.neutralValues
    }
    decode()
  }

  /// Puts the latents' sliders on their marks.
  mutating func followMarks() {
    sliders.latents = reading.latents
    baselineLatents = reading.latents
  }

  /// How far a person has moved each latent.
  var latentOffset: [Float] { zip(sliders.latents, baselineLatents).map { $0 - $1 } }

  /// The image that is looked at, before it is transformed: the drawing or the sample; absent where only
  /// the sample's reading is at hand.
  var shownImage: (images: any ImageSource, index: Int)? {
    if showsDrawing { return (drawingBoard.framed.images, 0) }
    guard case .images(_, _, let images) = samples else { return nil }
    return (images, sample)
  }

  /// Measures what has changed, as far as that takes no time worth mentioning.
  mutating func refreshReadouts() {
    refreshHistograms()
    guard needsReadouts else { return }
    needsReadouts = false
    readouts.compare(pictures.decoded, with: target)
  }

  /// The sliders around the selected one, for which figures are kept: all, unless there are very many.
  var measuredSliders: Range<Int> {
    let first = max(
      0, min(selected - Readouts.maximumSensitivities / 2, sliderCount - Readouts.maximumSensitivities))
    return first..<min(sliderCount, first + Readouts.maximumSensitivities)
  }

  var transformer: ImageTransformer {
    ImageTransformer(schema: schema, interpolation: current.model.details.interpolation)
  }
}
