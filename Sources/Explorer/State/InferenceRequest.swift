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
  public func sight() -> InferenceResult {
    let reading = input.map(inference.encode)
    var sliders = sliders
    if movesLatents, let reading { sliders.latents = reading.latents }
    if movesValues, let reading { sliders.values = reading.values }
    return InferenceResult(order: self, reading: reading, decoded: inference.decode(sliders))
  }
}

/// The result of an inference.
public struct InferenceResult: Equatable, Sendable {
  let order: InferenceRequest
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
    var order: InferenceRequest
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
  var isOpen: Bool { isDue || awaited != nil }
  /// Tells whether the encoder's output will change.
  var isReading: Bool { reads || awaited?.order.input != nil }
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
      (due.reads, due.movesLatents, due.movesValues, due.awaited) = (false, false, false, nil)
      if movingLatents { followMarks() }
      return
    }
    // A replaced request may have been meant to set the latents.
    due.movesLatents = movingLatents || due.movesLatents || due.awaited?.order.movesLatents ?? false
    due.movesValues = movingValues ?? (due.movesValues || due.awaited?.order.movesValues ?? false)
    (due.isDue, due.reads, due.awaited) = (true, true, nil)
  }

  /// Schedules the decoding of the sliders' values, immediately for a small network.
  mutating func decode() {
    due.isDue = true
    if !current.isLarge { inferNow() }
  }

  /// Runs a needed inference immediately.
  mutating func inferNow() {
    guard due.isDue else { return }
    take(makeInferenceRequest().sight())
  }

  /// Requests the needed inference unless an answer is awaited.
  mutating func requestInference() -> [ExplorerEffect] {
    guard due.isDue, due.awaited == nil else { return [] }
    due.count += 1
    let order = makeInferenceRequest()
    due.awaited = PendingInference.Awaited(number: due.count, order: order)
    return [.see(order, number: due.count)]
  }

  /// Receives the awaited result; results of replaced requests are discarded.
  mutating func take(_ sight: InferenceResult, number: Int) {
    guard due.awaited?.number == number else { return }
    due.awaited = nil
    take(sight)
  }

  /// Tells whether an inference runs on another thread.
  public var awaitsInference: Bool { due.awaited != nil }

  /// Tells whether an event depends on a pending inference: on the encoder's output, or on a picture that
  /// is chosen from a list to be written.
  func waitsForInference(_ event: ExplorerEvent) -> Bool {
    switch event {
    case .key, .mouse, .pasted: due.isReading || due.isOpen && overlay != nil
    case .tick: due.isReading
    default: false
    }
  }

  private mutating func makeInferenceRequest() -> InferenceRequest {
    defer { (due.isDue, due.reads, due.movesLatents, due.movesValues) = (false, false, false, false) }
    let isNeutral = inputValues == schema.neutralValues
    let image = shownImage
    return InferenceRequest(
      inference: current.inference,
      input: due.reads
        ? image.map { transformer.image($0.index, of: $0.images, values: isNeutral ? nil : inputValues) }
        : nil,
      sliders: sliders, movesLatents: due.movesLatents, movesValues: due.movesValues,
      truth: image.map { transformer.image($0.index, of: $0.images, values: sliders.values) })
  }

  private mutating func take(_ sight: InferenceResult) {
    if let reading = sight.reading {
      (pictures.input, self.reading) = (sight.order.input, reading)
      if sight.order.movesLatents { followMarks() }
      if sight.order.movesValues { sliders.values = reading.values }
    }
    (pictures.decoded, pictures.truth) = (sight.decoded, sight.order.truth)
    needsReadouts = true
  }
}
