import Coordinates
import Networks
import Training

/// A request to draw a sample with the weights of several snapshots in the background.
public struct SnapshotFrameRequest: Equatable, Sendable {
  var snapshots: [WeightSnapshot]
  /// The encoder's input and the values of its transform.
  var input: [Float]
  var inputValues: [Double]
  /// The sliders' typed values, and the user's offsets of the latents.
  var values: [Double]
  var offset: [Float]
  /// The sample, transformed by the values.
  var truth: [Float]

  /// Encodes and decodes the input with the weights of each snapshot; `rest` is called between them.
  public func frames(rest: () -> Void = {}) throws(TensorMismatch) -> [SnapshotFrame] {
    guard let first = snapshots.first else { return [] }
    let architecture = first.snapshot.configuration.architecture
    let inference = Inference(try TypedAutoencoder(architecture, tensors: first.snapshot.weights))
    var frames: [SnapshotFrame] = []
    for snapshot in snapshots {
      rest()
      try inference.load(snapshot.snapshot.weights)
      frames.append(frame(snapshot.step, inference))
    }
    return frames
  }

  /// Encodes and decodes the input.
  func frame(_ step: Int, _ inference: Inference) -> SnapshotFrame {
    let reading = inference.encode(input)
    let pixels = inference.decode(
      LatentPoint(values: values, latents: zip(reading.latents, offset).map { $0 + $1 }))
    let squares = zip(pixels, truth).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    let rotation = inference.architecture.schema.index(of: .rotation)
    let off = rotation.map {
      let difference = Angle(radians: reading.values[$0]).difference(
        from: Angle(radians: inputValues[$0]))
      return Angle(radians: abs(difference.radians))
    }
    return SnapshotFrame(
      step: step, pixels: pixels, error: squares / Double(max(1, pixels.count)), angleError: off)
  }
}

/// A sample as decoded by the weights of one snapshot.
public struct SnapshotFrame: Equatable, Sendable {
  var step: Int
  var pixels: [Float]
  /// Mean squared difference from the truth per pixel.
  var error: Double
  /// Error of the encoder's angle; nil without a rotation.
  var angleError: Angle?
}

/// Everything that the frames depend on besides the weights.
struct SnapshotFrameKey: Equatable {
  var subject: AnalysisSubject
  var steps: [Int]
  var input: [Float]
  var values: [Double]
  var offset: [Float]
}

/// The state of the history page.
struct HistoryPage {
  /// The step of the chosen snapshot; nil for the newest.
  var step: Int?
  var frames: [SnapshotFrame] = []
  /// The subject of the frames; nil without frames.
  var shown: AnalysisSubject?
  /// The key of the current or awaited frames.
  var key: SnapshotFrameKey?
  /// The snapshot whose weights have been requested but not received.
  var requested: SnapshotTimeline.Snapshot?
  /// The number of the awaited answer; others are ignored.
  var awaitedFrames: Int?
  var awaitedEvaluation: Int?
  var requestCount = 0
}
