import Coordinates
import Kernels
import Networks
import Training

/// One picture of the filmstrip.
struct FilmstripFrame: Equatable {
  var pixels: [Float]
  /// The point that it is decoded from.
  var reading: LatentPoint
  /// The caption below the picture.
  var caption: String
  /// Tells whether it is the nearest one to the sliders' values.
  var isCurrent: Bool
}

/// A request for the pictures of a filmstrip.
struct FilmstripAnalysis: Equatable {
  /// The path of the filmstrip.
  enum Path: Equatable {
    /// A slider from end to end, with all other values constant.
    case slider(Int, SliderScale)
    /// A path from A to B.
    case way(from: LatentPoint, to: LatentPoint)
  }

  var model: TypedModel
  var sliders: LatentPoint
  var path: Path
  /// The number of pictures.
  var count: Int

  private var schema: CoordinateSchema { model.architecture.schema }

  func frames(_ inference: Inference) -> [FilmstripFrame] {
    let (readings, captions) = stops
    let images = Matrix(rows: max(1, count), columns: model.architecture.pixelCount)
    inference.decode(readings, into: images)
    let nearest = nearestStop(readings)
    return readings.indices.map {
      FilmstripFrame(
        pixels: images.row($0), reading: readings[$0], caption: captions[$0], isCurrent: $0 == nearest)
    }
  }

  private var stops: (readings: [LatentPoint], captions: [String]) {
    switch path {
    case .slider(let slider, let scale): traversal(slider, scale)
    case .way(let start, let end): way(start, end)
    }
  }

  private func traversal(_ slider: Int, _ scale: SliderScale) -> (readings: [LatentPoint], captions: [String])
  {
    // The ends of a cyclic range are equal, so the last picture is one step before the end.
    let last = Double(max(1, scale.isCyclic ? count : count - 1))
    let values = (0..<count).map { index in
      let fraction = Double(index) / last
      return scale.value(
        ofShown: scale.range.lowerBound + fraction * (scale.range.upperBound - scale.range.lowerBound))
    }
    let readings = values.map { value in
      var reading = sliders
      reading.set(slider, to: value)
      return reading
    }
    return (readings, values.map { scale.text($0) })
  }

  private func way(_ start: LatentPoint, _ end: LatentPoint) -> (readings: [LatentPoint], captions: [String])
  {
    let readings = (0..<count).map {
      schema.latentPoint(from: start, to: end, fraction: Double($0) / Double(max(1, count - 1)))
    }
    let captions = (0..<count).map { index in
      index == 0 ? "A" : index == count - 1 ? "B" : "\(100 * index / max(1, count - 1)) %"
    }
    return (readings, captions)
  }

  private func nearestStop(_ readings: [LatentPoint]) -> Int? {
    let code = schema.code(of: sliders.values)
    let distances = readings.map { reading in
      let typed = zip(schema.code(of: reading.values), code).reduce(0) {
        $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
      }
      return zip(reading.latents, sliders.latents).reduce(typed) {
        $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
      }
    }
    return distances.indices.min { distances[$0] < distances[$1] }
  }
}
