import Datasets
import Evaluation
import Training

/// The samples, the shown one and their order.
struct SampleSelection {
  private(set) var samples: Samples
  /// The list of samples.
  var list: SampleList
  /// The index of the sample.
  var index = 0
  /// The values of the input's transform before encoding.
  var inputValues: [Double]
  /// The drawing that is the input in place of the sample, as the encoder receives it.
  var drawing: Drawing?
  /// The order that is being computed.
  var awaitedOrder: AwaitedSampleOrder?
  var ranking = Request<RankingQuery>()

  init(_ samples: Samples, inputValues: [Double]) {
    self.samples = samples
    self.inputValues = inputValues
    list = SampleList(samples)
  }

  /// Shows other samples in their stored order.
  mutating func show(_ samples: Samples) {
    self.samples = samples
    index = min(index, samples.count - 1)
    list = SampleList(samples)
    awaitedOrder = nil
  }

  mutating func sendRanking(through queries: inout QuerySender) {
    ranking.replace(by: awaitedOrder?.query, through: &queries)
  }
}

extension Samples {
  /// The images of a data set in the shape of a model's.
  init(of dataset: Dataset, for model: ModelInUse) {
    let dataset = dataset.fitted(to: model.model.architecture.imageShape)
    self = .images(title: dataset.title, classNames: dataset.classNames, dataset.test)
  }

  /// The samples for a model: the images of its data set, or its stored latents.
  init(for model: ModelInUse, _ data: Session.AvailableData) {
    let details = model.model.details
    if let dataset = data.dataset,
      data.isPreferred || details.encoderOutputs.isEmpty || details.data == nil
        || details.data == dataset.name
    {
      self.init(of: dataset, for: model)
    } else if !details.encoderOutputs.isEmpty {
      self = .encoderOutputs(data: details.data ?? "its data set", details.encoderOutputs)
    } else {
      self.init(of: data.dataset ?? Digits.dataset(), for: model)
    }
  }
}

/// A query for the errors of all images, each transformed by the values.
struct RankingQuery: Query {
  var model: TypedModel
  var measure: ErrorMeasure
  var inputValues: [Double]

  static var priority: QueryPriority { .long }
  var subject: NoSubject { NoSubject() }

  func answer(_ context: QueryContext, _ networks: inout NetworkCache) throws -> ErrorRanking {
    ErrorRanking(
      errors: try model.errors(
        measure, of: context.images(for: model), transformedBy: inputValues, rest: context.waitWhileSuspended)
    )
  }
}

/// An order by error that is being computed.
struct AwaitedSampleOrder: Equatable {
  var query: RankingQuery
  var inference: SharedInference
}
