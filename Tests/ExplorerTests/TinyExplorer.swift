import Datasets
import Networks
import Screen
import Testing

@testable import Explorer
@testable import Training

/// A small network, a few images and an explorer on them.
enum TinyExplorer {
  static let architecture = NetworkArchitecture(schema: .article, hidden: [16, 8])
  static let imageCount = 6

  /// A letter L, longer in its foot from image to image, so that no turn leaves it as it is.
  static func pixels(_ index: Int) -> [UInt8] {
    (0..<784).map { place in
      let (column, row) = (place % 28, place / 28)
      let isStem = (8..<12).contains(column) && (5..<23).contains(row)
      let isFoot = (8..<14 + index).contains(column) && (19..<23).contains(row)
      return isStem ? 255 : isFoot ? 200 : 0
    }
  }

  static let images = StoredImages(
    pixels: (0..<imageCount).flatMap(pixels), labels: (0..<imageCount).map { UInt8($0 % 3) })

  /// The means of answering queries; there is no other model.
  static let context = QueryContext(dataset: dataset, otherModel: { _ in nil }, waitWhileSuspended: {})

  static let dataset = Dataset(
    name: "tiny", title: "tiny letters", classNames: ["ell", "two"], training: images, test: images)

  /// Weights scaled up, so that decoded pictures are more than one grey, and drawn in blocks of four by four
  /// pixels.
  static func weights(seed: UInt64 = 3) -> [NamedTensor] {
    TypedAutoencoder(architecture, seed: seed).tensors.map { tensor in
      var values = tensor.values.map { 3 * $0 }
      if tensor.shape[0] == 784 {
        let width = values.count / 784
        let plain = values
        for place in 0..<784 {
          let block = place / 28 / 4 * 4 * 28 + place % 28 / 4 * 4
          for input in 0..<width { values[place * width + input] = plain[block * width + input] }
        }
      }
      return NamedTensor(name: tensor.name, shape: tensor.shape, values: values)
    }
  }

  /// A model with the statistics that a file carries, and readings of the first images if asked for.
  static func model(seed: UInt64 = 3, readings: Int = 0, data: String? = "tiny") throws -> TypedModel {
    var model = TypedModel(
      architecture: architecture, weights: weights(seed: seed), details: ModelDetails())
    model.details.data = data
    try model.measureLatents(over: images)
    if readings > 0 { try model.storeEncoderOutputs(of: images, count: readings) }
    return model
  }

  static func open(
    _ model: TypedModel? = nil, name: String = "tiny-model", dataset: Dataset? = dataset,
    size: Size = Size(width: 80, height: 24), capabilities: Capabilities = .full, startsTraining: Bool = false
  ) throws -> ExplorerState {
    var state = ExplorerState(
      model: try ModelInUse(name: name, model: try model ?? Self.model()), dataset: dataset, size: size,
      capabilities: capabilities, startsTraining: startsTraining)
    if case .encoderOutputs = state.session.samples { state.session.survey.isWanted = true }
    _ = state.settle(state.sendQueries())
    return state
  }

  /// An explorer that has readings of the images, and not the images.
  static func openReadings(capabilities: Capabilities = .full, dataset: Dataset? = nil) throws
    -> ExplorerState
  {
    try open(
      try model(readings: 4, data: "mnist"), dataset: dataset, capabilities: capabilities)
  }

  /// News of one step of a run.
  static func report(
    _ loss: Double, phase: Int = 0, epoch: Int = 0, batch: Int = 0, heldOut: Double? = nil
  ) -> StepReport {
    func losses(_ total: Double) -> Losses { Losses(total: total, reconstruction: total, coordinates: 0) }
    return StepReport(
      position: TrainingPosition(phase: phase, epoch: epoch, batch: batch), images: 128,
      losses: losses(loss), heldOut: heldOut.map(losses), endsEpoch: heldOut != nil, endsPhase: false)
  }

  static func news(
    _ status: TrainingStatus = .running, _ position: TrainingPosition = TrainingPosition(),
    reports: [StepReport] = []
  ) -> ExplorerEvent {
    var update = TrainingUpdate()
    update.status = status
    update.position = position
    update.images = (perEpoch: 1280, batches: 10)
    update.imagesPerSecond = 6400
    update.reports = reports
    return .training(update)
  }
}

extension ExplorerEvent {
  /// New weights, of which no survey says anything.
  static func weights(_ model: TypedModel) throws -> ExplorerEvent {
    .weights(try ModelInUse(name: "trained", model: model), SliderSurvey(of: []))
  }
}

extension ExplorerState {
  /// Takes an event as if what it asks of other threads came back at once; returns all other effects.
  mutating func react(_ event: ExplorerEvent) -> [ExplorerEffect] { react([event]) }

  mutating func react(_ events: [ExplorerEvent]) -> [ExplorerEffect] { settle(update(events)) }

  /// Answers studies until nothing more is asked for; returns all other effects.
  mutating func settle(_ effects: [ExplorerEffect]) -> [ExplorerEffect] {
    var networks = NetworkCache()
    var others: [ExplorerEffect] = []
    var open = effects
    while !open.isEmpty {
      let effect = open.removeFirst()
      guard case .query(let call) = effect, Self.isSettled(call.query) else {
        others.append(effect)
        continue
      }
      do {
        open += update(.answered(try call.answer(TinyExplorer.context, &networks)))
      } catch {
        Issue.record(error)
      }
    }
    return others
  }

  /// Tells whether `settle` answers a query.
  private static func isSettled(_ query: any Query) -> Bool {
    if let survey = query as? SurveyQuery { return if case .stored = survey { true } else { false } }
    return query is ReadoutQuery || query is FilmstripQuery || query is NearestNeighboursQuery
      || query is ComparisonQuery || query is PhaseSummaryQuery || query is InferenceQuery
  }

  /// Presses keys given as a script, such as `Right*3 n`; returns the effects of them all.
  @discardableResult
  mutating func press(_ script: String) throws -> [ExplorerEffect] {
    try KeyScript.parse(script).flatMap { react(.key($0)) }
  }

  /// The text of slider `index`.
  func text(_ index: Int) -> String {
    session.scales[index].text(session.sliders.value(ofSlider: index))
  }

  /// The canvas at a size.
  func drawn(_ size: Size? = nil) -> Canvas {
    var canvas = Canvas(size: size ?? self.size)
    draw(into: &canvas)
    return canvas
  }

  var screen: String { ScreenText.plain(drawn()) }
}
