import Coordinates
import Primitives

/// The values of the typed coordinates that an image is transformed by, drawn anew in each epoch.
///
/// The values of an image are a function of seed, phase, epoch and the image's number alone.
struct TransformSampler {
  let schema: CoordinateSchema
  let stream: RandomStream

  /// Writes the values for image `index` to `values`, one for each typed coordinate.
  func draw(_ index: Int, into values: inout [Double]) {
    for (position, coordinate) in schema.typed.enumerated() {
      values[position] = coordinate.sample(unit: stream.uniform(at: index * schema.typed.count + position))
    }
  }
}

extension Coordinate {
  /// The value that a number in [0, 1) draws, over the coordinate's whole range.
  func sample(unit: Double) -> Double {
    switch self {
    case .rotation: unit * 2 * .pi
    }
  }
}
