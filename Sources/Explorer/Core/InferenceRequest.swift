import Networks
import Primitives

/// A request to encode an image and to decode the sliders' values.
public struct InferenceRequest: Equatable, Sendable {
  let inference: SharedInference
  /// The input of the encoder, 784 intensities in [0, 1]; nil to keep its last output.
  let input: [Float]?
  /// The input of the decoder.
  let sliders: LatentPoint
  /// Tells whether the latents are set to the encoder's output.
  let movesLatents: Bool
  /// Tells whether the typed values are set to the encoder's output.
  let movesValues: Bool
  /// The target of the decoded picture; nil without an image.
  let truth: [Float]?

  /// Computes the result.
  public func result() -> InferenceResult {
    let reading = input.map(inference.encode)
    var sliders = sliders
    if movesLatents, let reading { sliders.latents = reading.latents }
    if movesValues, let reading { sliders.values = reading.values }
    return InferenceResult(request: self, reading: reading, decoded: inference.decode(sliders))
  }
}

/// The result of an inference.
public struct InferenceResult: Equatable, Sendable {
  let request: InferenceRequest
  let reading: LatentPoint?
  let decoded: [Float]
}

/// A network that any thread may use, one at a time.
final class SharedInference: Equatable, Sendable {
  private let inference: Locked<Inference>

  init(_ inference: sending Inference) {
    self.inference = Locked(inference)
  }

  func encode(_ pixels: [Float]) -> LatentPoint { inference.withLock { $0.encode(pixels) } }

  func decode(_ reading: LatentPoint) -> [Float] { inference.withLock { $0.decode(reading) } }

  static func == (one: SharedInference, other: SharedInference) -> Bool { one === other }
}

/// The inference that is needed, and the one that is awaited.
struct PendingInference {
  /// An inference requested from another thread.
  struct Awaited {
    var number: Int
    var request: InferenceRequest
  }

  /// Tells whether pictures are out of date and not yet requested.
  var isDue = false
  /// Tells whether the encoder's output is out of date as well.
  var reads = false
  /// Tells whether the latents' sliders will be set to the encoder's output.
  var movesLatents = false
  /// Tells whether the typed sliders will be set to the encoder's output.
  var movesValues = false
  var awaited: Awaited?
  var count = 0

  /// Tells whether the shown pictures will change.
  var isPending: Bool { isDue || awaited != nil }
  /// Tells whether the encoder's output will change.
  var isReading: Bool { reads || awaited?.request.input != nil }

  /// Clears the needs after a request for all of them.
  mutating func clearNeeds() { (isDue, reads, movesLatents, movesValues) = (false, false, false, false) }

  /// Cancels the encoding and the awaited inference; the decoding remains needed.
  mutating func clearEncoding() { (reads, movesLatents, movesValues, awaited) = (false, false, false, nil) }
}

/// Inference: immediate for a small network, on another thread for a large one, which would delay the
/// response to keys.
extension ExplorerState {
  /// Schedules the encoding of the current sample or drawing before the next frame; stored latents are used
  /// immediately.
  ///
  /// - Parameter movingValues: true if the typed sliders are set to the encoder's output; nil to keep the
  /// scheduled choice.
  mutating func readInput(movingLatents: Bool, movingValues: Bool? = nil) {
    if case .encoderOutputs(_, let readings) = samples, !showsDrawing {
      pictures.input = nil
      // Stored latents belong to upright images.
      inputValues = schema.neutralValues
      reading = LatentPoint(values: readings[sample].values, latents: readings[sample].latents)
      pendingInference.clearEncoding()
      if movingLatents { followMarks() }
      return
    }
    // A replaced request may have been meant to set the latents.
    pendingInference.movesLatents =
      movingLatents || pendingInference.movesLatents
      || pendingInference.awaited?.request.movesLatents ?? false
    pendingInference.movesValues =
      movingValues ?? (pendingInference.movesValues || pendingInference.awaited?.request.movesValues ?? false)
    (pendingInference.isDue, pendingInference.reads, pendingInference.awaited) = (true, true, nil)
  }

  /// Schedules the decoding of the sliders' values, immediately for a small network.
  mutating func decode() {
    pendingInference.isDue = true
    if !current.isLarge { inferNow() }
  }

  /// Runs a needed inference immediately.
  mutating func inferNow() {
    guard pendingInference.isDue else { return }
    apply(makeInferenceRequest().result())
  }

  /// Requests the needed inference unless an answer is awaited.
  mutating func requestInference() -> [ExplorerEffect] {
    guard pendingInference.isDue, pendingInference.awaited == nil else { return [] }
    pendingInference.count += 1
    let request = makeInferenceRequest()
    pendingInference.awaited = PendingInference.Awaited(number: pendingInference.count, request: request)
    return [.infer(request, number: pendingInference.count)]
  }

  /// Receives the awaited result; results of replaced requests are discarded.
  mutating func receive(_ result: InferenceResult, number: Int) {
    guard pendingInference.awaited?.number == number else { return }
    pendingInference.awaited = nil
    apply(result)
  }

  /// Tells whether an inference runs on another thread.
  public var awaitsInference: Bool { pendingInference.awaited != nil }

  /// Tells whether an event depends on a pending inference: on the encoder's output, or on a picture that
  /// is chosen from a list to be written.
  func waitsForInference(_ event: ExplorerEvent) -> Bool {
    switch event {
    case .key, .mouse, .pasted: pendingInference.isReading || pendingInference.isPending && overlay != nil
    case .tick: pendingInference.isReading
    default: false
    }
  }

  private mutating func makeInferenceRequest() -> InferenceRequest {
    defer { pendingInference.clearNeeds() }
    let isNeutral = inputValues == schema.neutralValues
    let image = shownImage
    return InferenceRequest(
      inference: current.inference,
      input: pendingInference.reads
        ? image.map { transformer.image($0.index, of: $0.images, values: isNeutral ? nil : inputValues) }
        : nil,
      sliders: sliders, movesLatents: pendingInference.movesLatents,
      movesValues: pendingInference.movesValues,
      truth: image.map { transformer.image($0.index, of: $0.images, values: sliders.values) })
  }

  private mutating func apply(_ result: InferenceResult) {
    if let reading = result.reading {
      (pictures.input, self.reading) = (result.request.input, reading)
      if result.request.movesLatents { followMarks() }
      if result.request.movesValues { sliders.values = reading.values }
    }
    (pictures.decoded, pictures.truth) = (result.decoded, result.request.truth)
    needsReadouts = true
  }
}
