import Networks
import Primitives
import Training

/// The state of the sliders besides their values.
struct SliderPanel {
  var scales: [SliderScale] = []
  /// The index of the selected slider: typed coordinates first, then free latents.
  var selected = 0
  /// The first visible slider of a scrolled list, as long as the selected one is visible.
  var first = 0
  /// The latents' sliders when they were last set to the encoder's values; the difference is the offset by
  /// the user.
  var baselineLatents: [Float] = []
  /// Earlier positions of the sliders.
  var history = SliderHistory()
  /// The random numbers for latents, the same in every session, so that sessions are reproducible.
  var draws = RandomStream(seed: 0, purpose: .exploring)
  /// Tells whether new weights move the latents' sliders to their marks.
  var followsTraining = false
}

/// The survey of the encoder's output for many images, and its histograms.
struct Survey {
  /// The survey; nil until it is known.
  private(set) var current: SliderSurvey?
  /// Tells whether a missing survey is needed.
  var isWanted = false
  /// Number of surveys, including unknown ones.
  private(set) var generation = 0
  /// Number of surveys in which samples may have other positions than before.
  private(set) var mapGeneration = 0
  /// The histogram of the data along each slider; empty for sliders far from the selected one if there are
  /// very many.
  private(set) var histograms: [[Double]] = []
  private var histogramKey: HistogramKey?
  private(set) var request = Request<SurveyQuery>()

  /// The input of the histograms besides the survey.
  private struct HistogramKey: Equatable {
    var generation: Int
    var sliders: Range<Int>
  }

  /// Replaces the survey; nil for an unknown one.
  mutating func replace(by survey: SliderSurvey?, isNew: Bool) {
    current = survey
    isWanted = false
    generation += 1
    if isNew || survey == nil { mapGeneration += 1 }
    histogramKey = nil
    request.cancel()
  }

  /// Sends the query for a missing survey.
  mutating func send(for session: Session, through queries: inout QuerySender) {
    guard isWanted, current == nil else { return request.replace(by: nil, through: &queries) }
    let query: SurveyQuery =
      switch session.samples {
      case .images: .images(session.modelInUse.model)
      case .encoderOutputs(_, let outputs): .stored(outputs)
      }
    request.replace(by: query, through: &queries)
  }

  mutating func receive(_ answer: QueryAnswer) {
    guard let survey = request.receive(answer) else { return }
    current = survey
    isWanted = false
    mapGeneration += 1
    histogramKey = nil
  }

  /// Recomputes the histograms if the sliders, the data or the visible sliders have changed.
  mutating func refreshHistograms(_ scales: [SliderScale], sliders: Range<Int>) {
    let key = HistogramKey(generation: generation, sliders: sliders)
    guard key != histogramKey else { return }
    let known = histogramKey?.generation == key.generation ? histogramKey?.sliders : nil
    histogramKey = key
    histograms = scales.indices.map { slider in
      guard key.sliders.contains(slider) else { return [] }
      // Only missing histograms are computed, because counting all visible ones is slow for many samples.
      if known?.contains(slider) == true { return histograms[slider] }
      return current?.histogram(slider, scale: scales[slider]) ?? []
    }
  }
}

/// A query for a survey of the available samples.
enum SurveyQuery: Query {
  /// The first images, encoded by a model.
  case images(TypedModel)
  /// The latents stored in a model file.
  case stored([EncoderOutput])

  /// The number of images.
  private static let count = 1000

  static var priority: QueryPriority { .long }
  var subject: NoSubject { NoSubject() }

  func answer(_ context: QueryContext, _ networks: inout NetworkCache) throws -> SliderSurvey {
    switch self {
    case .images(let model):
      SliderSurvey(of: try model.encoderOutputs(of: context.images(for: model), count: Self.count))
    case .stored(let outputs): SliderSurvey(of: outputs)
    }
  }
}
