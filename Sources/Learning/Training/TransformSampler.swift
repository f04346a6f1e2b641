import Coordinates
import Primitives

/// Random values of the typed coordinates for each image, new in each epoch.
///
/// They depend on seed, phase, epoch and the image's index alone.
struct TransformSampler {
  let schema: CoordinateSchema
  /// The stream for inputs, and for targets with the same transform.
  private let inputs: RandomStream
  /// The stream for targets with a transform of their own.
  private let targets: RandomStream
  private let jitters: RandomStream
  private let jitter: Recipe.Jitter?

  /// Creates the sampler of a phase and, where it counts, an epoch.
  init(_ configuration: TrainingConfiguration, purpose: RandomPurpose, phase: Int, epoch: Int? = nil) {
    func stream(_ kind: [Int]) -> RandomStream {
      RandomStream(
        seed: configuration.seed, purpose: purpose, path: [phase] + (epoch.map { [$0] } ?? []) + kind)
    }
    schema = configuration.architecture.schema
    jitter = configuration.recipe.jitter
    (inputs, targets, jitters) = (stream([]), stream([-1, 0]), stream([-1, 1]))
  }

  /// Sets `values` to those of image `index` as an input, one for each typed coordinate.
  func draw(_ index: Int, into values: inout [Double]) {
    draw(index, from: inputs, into: &values)
  }

  /// Sets `values` to those of image `index` as an independent target.
  func drawTarget(_ index: Int, into values: inout [Double]) {
    draw(index, from: targets, into: &values)
  }

  private func draw(_ index: Int, from stream: RandomStream, into values: inout [Double]) {
    for (position, coordinate) in schema.typed.enumerated() {
      values[position] = coordinate.value(
        atFraction: stream.uniform(at: index * schema.typed.count + position))
    }
  }

  /// The random shift of image `index` as an input, in pixels; nil for none.
  func jitter(_ index: Int) -> (x: Double, y: Double)? {
    guard let jitter, jitters.uniform(at: 3 * index) < jitter.fraction else { return nil }
    func shift(_ position: Int) -> Double { (2 * jitters.uniform(at: position) - 1) * jitter.pixels }
    return (shift(3 * index + 1), shift(3 * index + 2))
  }
}
