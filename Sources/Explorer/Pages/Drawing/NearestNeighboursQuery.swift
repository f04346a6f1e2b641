import Kernels
import Networks
import Training

/// A sample whose latents are near those of a drawing.
struct Neighbour: Equatable, Sendable {
  /// Its index in the survey.
  var position: Int
  /// The sample's number.
  var number: Int
  /// Its class; nil without a label.
  var label: Int?
  /// The image, or the picture decoded from its latents if images are not available.
  var pixels: [Float]
}

/// A query for the samples with the nearest latents. Distances are in standard deviations of each latent.
struct NearestNeighboursQuery: Query {
  var model: TypedModel
  var latents: [Float]
  /// The encoder's output for many samples.
  var outputs: [EncoderOutput]
  /// The number of neighbours.
  var count: Int
  /// Tells whether pictures are decoded from the neighbours' latents.
  var drawsPictures: Bool

  var subject: ShownSubject

  static var priority: QueryPriority { .analysis }

  /// Creates the query for the drawing; nil while the sample is shown, or without a survey.
  init?(_ session: Session) {
    guard session.showsDrawing, let survey = session.survey.current else { return nil }
    model = session.modelInUse.model
    latents = session.encoded.latents
    outputs = survey.outputs
    count = DrawingPage.mostNeighbours
    if case .encoderOutputs = session.samples { drawsPictures = true } else { drawsPictures = false }
    subject = session.subject
  }

  /// Returns the neighbours, nearest first.
  func answer(_ context: QueryContext, _ networks: inout NetworkCache) throws -> [Neighbour] {
    let inference = try networks.inference(of: model)
    let distances = distances
    let nearest = distances.indices.sorted { distances[$0] < distances[$1] }.prefix(count)
    return nearest.map { position in
      let stored = outputs[position]
      let values = model.architecture.schema.neutralValues
      return Neighbour(
        position: position, number: stored.index, label: stored.label,
        pixels: drawsPictures ? inference.decode(LatentPoint(values: values, latents: stored.latents)) : [])
    }
  }

  private var distances: [Float] {
    let statistics = model.details.statistics
    let scale = latents.indices.map { latent -> Float in
      let deviation = statistics.isEmpty ? 1 : Float(statistics[latent].deviation)
      return deviation > 0 ? 1 / deviation : 1
    }
    return outputs.map { stored in
      var sum: Float = 0
      for latent in scale.indices {
        let step = (stored.latents[latent] - latents[latent]) * scale[latent]
        sum += step * step
      }
      return sum
    }
  }
}
