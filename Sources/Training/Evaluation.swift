import Coordinates
import Datasets
import Kernels
import Networks
import Primitives

/// How well a typed autoencoder with a rotation does on test images, none of which it has seen.
///
/// Errors are means of squared differences per pixel, pixels in [0, 1]. Every figure about turned images is
/// a mean over the 24 angles k · 15°.
public struct Evaluation: Sendable, Hashable {
  /// Upright images, decoded at θ = 0, against themselves.
  public var uprightError: Double
  /// The latents of upright images, decoded at 24 angles, against the truly turned images.
  public var steeringError: Double
  /// The latents of images turned by one random angle each, decoded at 24 angles, against the truth.
  public var resteeringError: Double
  /// Turned images, decoded at the angle that the encoder reads, against themselves.
  public var turnedError: Double
  /// The absolute errors of the angle that the encoder reads.
  public var angleErrors: AngleErrors
  /// How many images were measured.
  public var imageCount: Int
  /// How images were turned.
  public var interpolation: Interpolation

  /// The angles of every turned figure.
  public static let angles = (0..<24).map { Angle(degrees: 15 * Double($0)) }
}

/// A summary of absolute angle errors.
public struct AngleErrors: Sendable, Hashable {
  /// The mean.
  public var mean: Angle
  /// The median.
  public var median: Angle
  /// The share of errors of at most 15°.
  public var shareWithin15: Double

  /// Summarises `errors` in radians, of which there is at least one.
  init(_ errors: [Double]) {
    let sorted = errors.sorted()
    let middle = sorted.count / 2
    let median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    self.mean = Angle(radians: sorted.reduce(0, +) / Double(sorted.count))
    self.median = Angle(radians: median)
    let limit = Angle(degrees: 15).radians
    shareWithin15 = Double(sorted.count { $0 <= limit }) / Double(sorted.count)
  }
}

/// Why a model cannot be evaluated.
public enum EvaluationError: Error, Equatable {
  /// The model's schema is not just a rotation and free latents.
  case needsRotation(CoordinateSchema)
  /// The weights are not the architecture's.
  case weightsDoNotFit(TensorMismatch)
}

extension EvaluationError: CustomStringConvertible {
  /// A sentence for people.
  public var description: String {
    switch self {
    case .needsRotation(let schema):
      "the model's coordinates are \(schema); only models with a full rotation and no other typed coordinate "
        + "can be measured"
    case .weightsDoNotFit(let mismatch): "the weights do not fit the network: \(mismatch)"
    }
  }
}

extension Evaluation {
  /// Measures `model` on `images`.
  ///
  /// - Parameters:
  ///   - interpolation: how images are turned, as the model's training did by default.
  ///   - seed: what draws the angle of each image in re-steering.
  ///   - threads: how many threads measure; the result is the same for any number.
  ///   - progress: called from time to time with the share that is done, always on the calling thread.
  public static func measure(
    _ model: TypedModel, on images: any ImageSource, interpolation: Interpolation? = nil, seed: UInt64 = 0,
    threads: Int = 1, progress: (Double) -> Void = { _ in }
  ) throws(EvaluationError) -> Evaluation {
    let schema = model.architecture.schema
    guard schema.typed == [.rotation] else { throw .needsRotation(schema) }
    let interpolation = interpolation ?? model.details.interpolation
    let network: TypedAutoencoder
    do {
      network = try TypedAutoencoder(model.architecture, tensors: model.weights)
    } catch {
      throw .weightsDoNotFit(error)
    }
    let scores = Scores(count: images.count)
    let workers = (0..<threads).map { _ in
      Worker(network: network, images: images, interpolation: interpolation, seed: seed, scores: scores)
    }
    let team = ThreadTeam(count: threads)
    let chunk = Worker.imagesAtOnce * threads * 8
    for start in stride(from: 0, to: images.count, by: chunk) {
      let indices = start..<min(start + chunk, images.count)
      team.run { part in
        let range = share(part, of: threads, count: indices.count)
        workers[part].measure(indices.lowerBound + range.lowerBound..<indices.lowerBound + range.upperBound)
      }
      progress(Double(indices.upperBound) / Double(images.count))
    }
    return scores.summary(pixels: model.architecture.pixelCount, interpolation: interpolation)
  }
}

/// What is measured for each image, written by several threads to different rows.
private final class Scores {
  private let count: Int
  /// Squared errors: upright, steered, re-steered, turned, each summed over pixels and averaged over angles.
  let errors: Matrix
  /// The absolute angle error at each of the 24 angles, in radians.
  let angles: Matrix

  init(count: Int) {
    self.count = count
    errors = Matrix(rows: count, columns: 4)
    angles = Matrix(rows: count, columns: Evaluation.angles.count)
  }

  func summary(pixels: Int, interpolation: Interpolation) -> Evaluation {
    var sums = [0.0, 0, 0, 0]
    var angleErrors: [Double] = []
    for image in 0..<count {
      for (index, error) in errors.row(image).enumerated() { sums[index] += Double(error) }
      angleErrors += angles.row(image).map(Double.init)
    }
    let means = sums.map { $0 / Double(count) / Double(pixels) }
    return Evaluation(
      uprightError: means[0], steeringError: means[1], resteeringError: means[2], turnedError: means[3],
      angleErrors: AngleErrors(angleErrors), imageCount: count, interpolation: interpolation)
  }
}

/// One thread's buffers; measures a few images at once.
private final class Worker {
  static let imagesAtOnce = 8
  private let scores: Scores
  private let schema: CoordinateSchema
  private let loader: BatchLoader
  private let draws: RandomStream
  /// A row for each image.
  private let single: BatchPass
  /// A row for each image and angle.
  private let turned: BatchPass

  init(
    network: TypedAutoencoder, images: any ImageSource, interpolation: Interpolation, seed: UInt64,
    scores: Scores
  ) {
    self.scores = scores
    schema = network.architecture.schema
    loader = BatchLoader(images: images, schema: schema, interpolation: interpolation)
    draws = RandomStream(seed: seed, purpose: .evaluation)
    single = BatchPass(network, capacity: Self.imagesAtOnce)
    turned = BatchPass(network, capacity: Self.imagesAtOnce * Evaluation.angles.count)
    for pass in [single, turned] {
      pass.targetsAreInputs = true
      pass.keepsOutputs = false
    }
  }

  func measure(_ indices: Range<Int>) {
    for start in stride(from: indices.lowerBound, to: indices.upperBound, by: Self.imagesAtOnce) {
      measureFew(start..<min(start + Self.imagesAtOnce, indices.upperBound))
    }
  }

  private func measureFew(_ indices: Range<Int>) {
    loadTruth(indices)
    measureUpright(indices)
    measureSteering(indices, score: 1)
    loadOneAngleEach(indices)
    measureSteering(indices, score: 2)
    measureTurned(indices)
  }

  private var angleCount: Int { Evaluation.angles.count }

  private func turnedRows(of indices: Range<Int>) -> Range<Int> { 0..<indices.count * angleCount }

  /// The truly turned images, as inputs and targets, with their codes.
  private func loadTruth(_ indices: Range<Int>) {
    for (image, index) in indices.enumerated() {
      for (position, angle) in Evaluation.angles.enumerated() {
        let row = image * angleCount + position
        loader.load(index, values: [angle.radians], into: turned.inputs, row: row)
        turned.setCodes(of: [angle.radians], in: turned.targetCodes, row: row)
      }
    }
  }

  private func measureUpright(_ indices: Range<Int>) {
    let rows = 0..<indices.count
    for (row, index) in indices.enumerated() {
      loader.load(index, values: nil, into: single.inputs, row: row)
      single.setCodes(of: schema.neutralValues, in: single.targetCodes, row: row)
    }
    single.encode(rows: rows, codes: false)
    single.assemble(code: .truth, rows: rows)
    single.decode(rows: rows)
    for (row, index) in indices.enumerated() { scores.errors[index, 0] = single.squaredErrors[row] }
  }

  private func loadOneAngleEach(_ indices: Range<Int>) {
    for (row, index) in indices.enumerated() {
      let angle = Evaluation.angles[Int(draws.uniform(at: index) * Double(angleCount))]
      loader.load(index, values: [angle.radians], into: single.inputs, row: row)
    }
    single.encode(rows: 0..<indices.count, codes: false)
  }

  /// Decodes the latents that `single` read at all angles.
  private func measureSteering(_ indices: Range<Int>, score: Int) {
    let rows = turnedRows(of: indices)
    for image in 0..<indices.count {
      let latents = single.latents.row(image)
      for position in 0..<angleCount {
        turned.latents.set(row: image * angleCount + position, column: 0, to: latents)
      }
    }
    turned.assemble(code: .truth, rows: rows)
    turned.decode(rows: rows)
    storeTurnedErrors(indices, score: score)
  }

  private func measureTurned(_ indices: Range<Int>) {
    let rows = turnedRows(of: indices)
    turned.encode(rows: rows)
    turned.assemble(code: .read, rows: rows)
    turned.decode(rows: rows)
    storeTurnedErrors(indices, score: 3)
    for (image, index) in indices.enumerated() {
      for (position, angle) in Evaluation.angles.enumerated() {
        let values = schema.values(ofCode: turned.readCodes.row(image * angleCount + position))
        let error = Angle(radians: values[0]).difference(from: angle)
        scores.angles[index, position] = Float(abs(error.radians))
      }
    }
  }

  private func storeTurnedErrors(_ indices: Range<Int>, score: Int) {
    for (image, index) in indices.enumerated() {
      var sum: Float = 0
      for position in 0..<angleCount { sum += turned.squaredErrors[image * angleCount + position] }
      scores.errors[index, score] = sum / Float(angleCount)
    }
  }
}
