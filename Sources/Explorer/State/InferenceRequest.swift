import Networks
import Primitives

/// A look through a network at an image and at the sliders.
public struct InferenceRequest: Equatable, Sendable {
  let inference: SharedInference
  /// What the encoder is to read; absent where its reading stays.
  let input: [Float]?
  /// What the decoder is to draw.
  let sliders: LatentPoint
  /// Whether the latents are those that are read.
  let movesLatents: Bool
  /// Whether the typed values are.
  let movesValues: Bool
  /// What ought to be drawn; absent where no image is at hand.
  let truth: [Float]?

  /// Carries it out.
  public func sight() -> InferenceResult {
    let reading = input.map(inference.encode)
    var sliders = sliders
    if movesLatents, let reading { sliders.latents = reading.latents }
    if movesValues, let reading { sliders.values = reading.values }
    return InferenceResult(order: self, reading: reading, decoded: inference.decode(sliders))
  }
}

/// What was seen.
public struct InferenceResult: Equatable, Sendable {
  let order: InferenceRequest
  let reading: LatentPoint?
  let decoded: [Float]
}

/// A network that any thread may look through, one at a time.
final class SharedInference: Equatable, Sendable {
  private let inference: Locked<Inference>

  init(_ inference: sending Inference) {
    self.inference = Locked(inference)
  }

  func encode(_ pixels: [Float]) -> LatentPoint { inference.withLock { $0.encode(pixels) } }

  func decode(_ reading: LatentPoint) -> [Float] { inference.withLock { $0.decode(reading) } }

  static func == (one: SharedInference, other: SharedInference) -> Bool { one === other }
}

/// What is to be looked at anew, and what is on its way.
struct PendingInference {
  /// A look that another thread has been asked for.
  struct Awaited {
    var number: Int
    var order: InferenceRequest
  }

  /// Whether pictures are to be drawn of what nobody has been asked for yet.
  var isDue = false
  /// Whether the encoder is to read anew for them.
  var reads = false
  /// Whether the latents' sliders go to what will be read.
  var movesLatents = false
  /// Whether the typed sliders go to what will be read.
  var movesValues = false
  var awaited: Awaited?
  var count = 0

  /// Whether what is in sight is about to change.
  var isOpen: Bool { isDue || awaited != nil }
  /// Whether the encoder's reading is about to change.
  var isReading: Bool { reads || awaited?.order.input != nil }
}

/// Looking through the network: at once through a small one; through a large one on another thread, as it takes
/// longer than a key may.
extension ExplorerState {
  /// Has the encoder read the current sample, or the drawing, when pictures are drawn next; stored readings
  /// are taken at once.
  ///
  /// - Parameter movingValues: whether the typed sliders go to what is read; absent where that stays as it is due.
  mutating func readInput(movingLatents: Bool, movingValues: Bool? = nil) {
    if case .encoderOutputs(_, let readings) = samples, !showsDrawing {
      pictures.input = nil
      // They are of upright images.
      inputValues = schema.neutralValues
      reading = LatentPoint(values: readings[sample].values, latents: readings[sample].latents)
      (due.reads, due.movesLatents, due.movesValues, due.awaited) = (false, false, false, nil)
      if movingLatents { followMarks() }
      return
    }
    // A look that has been overtaken may have been to move the latents.
    due.movesLatents = movingLatents || due.movesLatents || due.awaited?.order.movesLatents ?? false
    due.movesValues = movingValues ?? (due.movesValues || due.awaited?.order.movesValues ?? false)
    (due.isDue, due.reads, due.awaited) = (true, true, nil)
  }

  /// Has the decoded picture and the truth drawn for the sliders' values.
  mutating func decode() {
    due.isDue = true
    if !current.isLarge { inferNow() }
  }

  /// Looks at once, however long that takes.
  mutating func inferNow() {
    guard due.isDue else { return }
    take(makeInferenceRequest().sight())
  }

  /// Asks for what is to be looked at, unless an answer is on its way.
  mutating func requestInference() -> [ExplorerEffect] {
    guard due.isDue, due.awaited == nil else { return [] }
    due.count += 1
    let order = makeInferenceRequest()
    due.awaited = PendingInference.Awaited(number: due.count, order: order)
    return [.see(order, number: due.count)]
  }

  /// Takes what was asked for, unless something else has been read since.
  mutating func take(_ sight: InferenceResult, number: Int) {
    guard due.awaited?.number == number else { return }
    due.awaited = nil
    take(sight)
  }

  /// Whether pictures are being drawn on another thread.
  public var awaitsInference: Bool { due.awaited != nil }

  /// Whether an event has to wait, as it may depend on what is about to be seen: on a reading, or on a picture
  /// that is chosen from a list to be written.
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
