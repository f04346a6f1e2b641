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
      values[position] = coordinate.value(
        atShare: stream.uniform(at: index * schema.typed.count + position))
    }
  }
}
