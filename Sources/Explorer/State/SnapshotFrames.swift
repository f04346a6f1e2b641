import Coordinates
import Networks
import Training

/// What a sample looks like by the weights of several moments: a task for another thread.
public struct SnapshotFrameRequest: Equatable, Sendable {
  var checkpoints: [WeightSnapshot]
  /// What the encoder sees, and by which values it was transformed.
  var input: [Float]
  var inputValues: [Double]
  /// What the sliders ask for: typed values, and how far a person has moved the latents.
  var values: [Double]
  var offset: [Float]
  /// The sample, really transformed by the values.
  var truth: [Float]

  /// Reads the input and draws it by the weights of each moment; `rest` is called between them.
  public func frames(rest: () -> Void = {}) throws(TensorMismatch) -> [SnapshotFrame] {
    guard let first = checkpoints.first else { return [] }
    let architecture = first.snapshot.configuration.architecture
    let inference = Inference(try TypedAutoencoder(architecture, tensors: first.snapshot.weights))
    var frames: [SnapshotFrame] = []
    for checkpoint in checkpoints {
      rest()
      try inference.load(checkpoint.snapshot.weights)
      frames.append(frame(checkpoint.step, inference))
    }
    return frames
  }

  /// Reads the input and draws it.
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

/// A sample as the weights of one moment draw it.
public struct SnapshotFrame: Equatable, Sendable {
  var step: Int
  var pixels: [Float]
  /// Mean squared difference from the truth, per pixel.
  var error: Double
  /// How far the angle that is read is off; absent without a rotation.
  var angleError: Angle?
}

/// All that a film depends on besides the weights.
struct SnapshotFrameKey: Equatable {
  var subject: AnalysisSubject
  var steps: [Int]
  var input: [Float]
  var values: [Double]
  var offset: [Float]
}

/// What the page of times shows.
struct HistoryPage {
  /// The step of the moment that was chosen; absent: the newest.
  var step: Int?
  var frames: [SnapshotFrame] = []
  /// What the frames are of; absent while there are none.
  var shown: AnalysisSubject?
  /// What the frames are of, or will be.
  var key: SnapshotFrameKey?
  /// The moment whose weights were asked for and have not come yet.
  var requested: SnapshotTimeline.Moment?
  /// The answers that are waited for: others come too late.
  var awaitedFrames: Int?
  var awaitedEvaluation: Int?
  var requestCount = 0
}
