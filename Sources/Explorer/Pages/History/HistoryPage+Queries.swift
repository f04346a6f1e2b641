import Coordinates
import Evaluation
import Networks
import Training

/// A query for a sample as decoded by the weights of several snapshots.
struct SnapshotFrameQuery: Query {
  var snapshots: [WeightSnapshot]
  /// The encoder's input and the values of its transform.
  var input: [Float]
  var inputValues: [Double]
  /// The sliders' typed values, and the user's offsets of the latents.
  var values: [Double]
  var offset: [Float]
  /// The sample, transformed by the values.
  var truth: [Float]

  var subject: ShownSubject

  static var priority: QueryPriority { .short }

  /// Encodes and decodes the input with the weights of each snapshot.
  func answer(_ context: QueryContext, _ networks: inout NetworkCache) throws -> [SnapshotFrame] {
    guard let first = snapshots.first else { return [] }
    let architecture = first.snapshot.configuration.architecture
    let inference = Inference(try TypedAutoencoder(architecture, tensors: first.snapshot.weights))
    var frames: [SnapshotFrame] = []
    for snapshot in snapshots {
      context.waitWhileSuspended()
      try inference.load(snapshot.snapshot.weights)
      frames.append(frame(snapshot.step, inference))
    }
    return frames
  }

  /// Encodes and decodes the input.
  func frame(_ step: Int, _ inference: Inference) -> SnapshotFrame {
    let encoded = inference.encode(input)
    let pixels = inference.decode(
      LatentPoint(values: values, latents: zip(encoded.latents, offset).map { $0 + $1 }))
    let squares = zip(pixels, truth).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    let rotation = inference.architecture.schema.index(of: .rotation)
    let off = rotation.map {
      let difference = Angle(radians: encoded.values[$0]).difference(
        from: Angle(radians: inputValues[$0]))
      return Angle(radians: abs(difference.radians))
    }
    return SnapshotFrame(
      step: step, pixels: pixels, error: squares / Double(max(1, pixels.count)), angleError: off)
  }
}

/// A sample as decoded by the weights of one snapshot.
struct SnapshotFrame: Equatable, Sendable {
  var step: Int
  var pixels: [Float]
  /// Mean squared difference from the truth per pixel.
  var error: Double
  /// Error of the encoder's angle; nil without a rotation.
  var angleError: Angle?
}

/// A query for the steering and encoding figures of a snapshot's weights.
struct SnapshotEvaluationQuery: Query {
  var snapshot: WeightSnapshot

  static var priority: QueryPriority { .long }
  var subject: NoSubject { NoSubject() }

  func answer(_ context: QueryContext, _ networks: inout NetworkCache) throws -> QuickEvaluation {
    let weights = snapshot.snapshot
    let model = TypedModel(
      weights.configuration, weights: weights.weights, at: weights.position, data: context.datasetName)
    return try QuickEvaluation(of: model, on: context.images(for: model), rest: context.waitWhileSuspended)
  }
}
