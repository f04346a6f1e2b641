import Networks
import Primitives

/// A query to encode an image and to decode the sliders' values.
struct InferenceQuery: Query {
  let inference: SharedInference
  /// The input of the encoder, intensities in [0, 1]; nil to keep its last output.
  let input: [Float]?
  /// The input of the decoder.
  let sliders: LatentPoint
  /// Tells whether the latents are set to the encoder's output.
  let movesLatents: Bool
  /// Tells whether the typed values are set to the encoder's output.
  let movesValues: Bool
  /// The target of the decoded picture; nil without an image.
  let truth: [Float]?

  static var priority: QueryPriority { .inference }
  var subject: NoSubject { NoSubject() }

  func answer(_ context: QueryContext, _ networks: inout NetworkCache) -> InferenceResult { result() }

  /// Computes the result.
  func result() -> InferenceResult {
    let encoded = input.map(inference.encode)
    var sliders = sliders
    if movesLatents, let encoded { sliders.latents = encoded.latents }
    if movesValues, let encoded { sliders.values = encoded.values }
    return InferenceResult(query: self, encoded: encoded, decoded: inference.decode(sliders))
  }
}

/// The result of an inference.
struct InferenceResult: Equatable, Sendable {
  let query: InferenceQuery
  /// The encoder's output; nil without an input.
  let encoded: LatentPoint?
  let decoded: [Float]
}

/// A network that any thread may use, one at a time.
final class SharedInference: Equatable, Sendable {
  private let inference: Locked<Inference>

  init(_ inference: sending Inference) {
    self.inference = Locked(inference)
  }

  func encode(_ pixels: [Float]) -> LatentPoint { inference.withLock { $0.encode(pixels) } }

  func decode(_ point: LatentPoint) -> [Float] { inference.withLock { $0.decode(point) } }

  static func == (one: SharedInference, other: SharedInference) -> Bool { one === other }
}

/// The inference that is needed, and the one that is awaited.
struct PendingInference {
  /// Tells whether pictures are out of date and not yet requested.
  var isDue = false
  /// Tells whether the encoder's output is out of date as well.
  var encodes = false
  /// Tells whether the latents' sliders will be set to the encoder's output.
  var movesLatents = false
  /// Tells whether the typed sliders will be set to the encoder's output.
  var movesValues = false
  var request = Request<InferenceQuery>()
  /// Tells whether the pictures have changed since the readouts were measured.
  var hasNewPictures = false

  /// Tells whether the shown pictures will change.
  var isPending: Bool { isDue || request.awaited != nil }
  /// Tells whether the encoder's output will change.
  var isEncoding: Bool { encodes || request.awaited?.input != nil }

  /// Clears the needs after a query for all of them.
  mutating func clearNeeds() { (isDue, encodes, movesLatents, movesValues) = (false, false, false, false) }

  /// Cancels the encoding and the awaited inference; the decoding remains needed.
  mutating func cancelEncoding() {
    (encodes, movesLatents, movesValues) = (false, false, false)
    request.cancel()
  }
}

/// Inference: immediate for a small network, on another thread for a large one, which would delay the
/// response to keys.
extension Session {
  /// Schedules the encoding of the current sample or drawing before the next frame; stored latents are used
  /// immediately.
  ///
  /// - Parameter movingValues: true if the typed sliders are set to the encoder's output; nil to keep the
  /// scheduled choice.
  mutating func readInput(movingLatents: Bool, movingValues: Bool? = nil) {
    if case .encoderOutputs(_, let outputs) = samples, !showsDrawing {
      pictures.input = nil
      // Stored latents belong to upright images.
      selection.inputValues = schema.neutralValues
      encoded = LatentPoint(values: outputs[sample].values, latents: outputs[sample].latents)
      inference.cancelEncoding()
      if movingLatents { followMarks() }
      return
    }
    // A replaced query may have been meant to set the latents.
    let replaced = inference.request.awaited
    inference.movesLatents = movingLatents || inference.movesLatents || replaced?.movesLatents ?? false
    inference.movesValues = movingValues ?? (inference.movesValues || replaced?.movesValues ?? false)
    (inference.isDue, inference.encodes) = (true, true)
    inference.request.cancel()
  }

  /// Schedules the decoding of the sliders' values, immediately for a small network.
  mutating func decode() {
    inference.isDue = true
    if !modelInUse.isLarge { inferNow() }
  }

  /// Runs a needed inference immediately.
  mutating func inferNow() {
    guard inference.isDue else { return }
    apply(makeInferenceQuery().result())
  }

  /// Sends the needed inference unless an answer is awaited.
  mutating func sendInference(through queries: inout QuerySender) {
    guard inference.isDue, inference.request.awaited == nil else { return }
    inference.request.send(makeInferenceQuery(), through: &queries)
  }

  /// Receives the awaited result; results of replaced queries are ignored.
  mutating func receiveInference(_ answer: QueryAnswer) {
    if let result = inference.request.receive(answer) { apply(result) }
  }

  private mutating func makeInferenceQuery() -> InferenceQuery {
    defer { inference.clearNeeds() }
    let isNeutral = inputValues == schema.neutralValues
    let image = shownImage
    return InferenceQuery(
      inference: modelInUse.inference,
      input: inference.encodes
        ? image.map { transformer.image($0.index, of: $0.images, values: isNeutral ? nil : inputValues) }
        : nil,
      sliders: sliders, movesLatents: inference.movesLatents, movesValues: inference.movesValues,
      truth: image.map { transformer.image($0.index, of: $0.images, values: sliders.values) })
  }

  private mutating func apply(_ result: InferenceResult) {
    if let encoded = result.encoded {
      (pictures.input, self.encoded) = (result.query.input, encoded)
      if result.query.movesLatents { followMarks() }
      if result.query.movesValues { sliders.values = encoded.values }
    }
    (pictures.decoded, pictures.truth) = (result.decoded, result.query.truth)
    inference.hasNewPictures = true
  }
}
