import Kernels
import Networks
import Training

/// A sample whose latents are near those of a drawing.
struct Neighbour: Equatable {
  /// Its index in the survey.
  var position: Int
  /// The sample's number.
  var number: Int
  var label: Int
  /// The image, or the picture decoded from its latents if images are not available.
  var pixels: [Float]
}

/// A query for the samples with the nearest latents. Distances are in standard deviations of each latent.
struct NearestNeighboursQuery: Equatable {
  var model: TypedModel
  var latents: [Float]
  /// The encoder's output for many samples.
  var readings: [EncoderOutput]
  /// The number of neighbours.
  var count: Int
  /// Tells whether pictures are decoded from the neighbours' latents.
  var drawsPictures: Bool

  /// Returns the neighbours, nearest first.
  func neighbours(_ inference: Inference) -> [Neighbour] {
    let distances = distances
    let nearest = distances.indices.sorted { distances[$0] < distances[$1] }.prefix(count)
    return nearest.map { position in
      let stored = readings[position]
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
    return readings.map { stored in
      var sum: Float = 0
      for latent in scale.indices {
        let step = (stored.latents[latent] - latents[latent]) * scale[latent]
        sum += step * step
      }
      return sum
    }
  }
}
