import Coordinates
import Primitives

/// The values of the typed coordinates that an image is transformed by, drawn anew in each epoch.
///
/// What is drawn for an image is a function of seed, phase, epoch and the image's number alone.
struct TransformSampler {
  let schema: CoordinateSchema
  /// For inputs, and for targets that are transformed by the same values.
  private let inputs: RandomStream
  /// For targets that have values of their own.
  private let targets: RandomStream
  private let jitters: RandomStream
  private let jitter: Recipe.Jitter?

  /// What `configuration` draws in a phase and, where it counts, an epoch.
  init(_ configuration: TrainingConfiguration, purpose: RandomPurpose, phase: Int, epoch: Int? = nil) {
    func stream(_ kind: [Int]) -> RandomStream {
      RandomStream(
        seed: configuration.seed, purpose: purpose, path: [phase] + (epoch.map { [$0] } ?? []) + kind)
    }
    schema = configuration.architecture.schema
    jitter = configuration.recipe.jitter
    (inputs, targets, jitters) = (stream([]), stream([-1, 0]), stream([-1, 1]))
  }

  /// Writes the values for image `index` as an input to `values`, one for each typed coordinate.
  func draw(_ index: Int, into values: inout [Double]) {
    draw(index, from: inputs, into: &values)
  }

  /// Writes the values for image `index` as a target of its own.
  func drawTarget(_ index: Int, into values: inout [Double]) {
    draw(index, from: targets, into: &values)
  }

  private func draw(_ index: Int, from stream: RandomStream, into values: inout [Double]) {
    for (position, coordinate) in schema.typed.enumerated() {
      values[position] = coordinate.value(
        atFraction: stream.uniform(at: index * schema.typed.count + position))
    }
  }

  /// By how many pixels image `index` is shifted as an input, if it is.
  func jitter(_ index: Int) -> (x: Double, y: Double)? {
    guard let jitter, jitters.uniform(at: 3 * index) < jitter.fraction else { return nil }
    func shift(_ position: Int) -> Double { (2 * jitters.uniform(at: position) - 1) * jitter.pixels }
    return (shift(3 * index + 1), shift(3 * index + 2))
  }
}
