import Coordinates
import Datasets
import Kernels
import Networks
import Primitives
import Testing

@testable import Training

@Suite struct EvaluationTests {
  private static let images = RepeatedImages(count: 13)

  private static func model(interpolation: Interpolation? = nil) -> TypedModel {
    let configuration = TinyRun.configuration()
    var model = TypedModel(
      architecture: configuration.architecture, weights: TrainingState(configuration).weights,
      details: ModelDetails())
    if let interpolation {
      model.details.recipe = .article()
      model.details.recipe?.interpolation = interpolation
    }
    return model
  }

  /// The same figures one image at a time, as their definitions say.
  private func plainly(
    _ model: TypedModel, _ interpolation: Interpolation, seed: UInt64
  ) throws -> (upright: Double, steered: Double, resteered: Double, turned: Double, angles: [Double]) {
    let inference = Inference(try TypedAutoencoder(model.architecture, tensors: model.weights))
    let transformer = ImageTransformer(schema: .article, interpolation: interpolation)
    let draws = RandomStream(seed: seed, purpose: .evaluation)
    func squares(_ decoded: [Float], _ truth: [Float]) -> Double {
      zip(decoded, truth).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) } / 784
    }
    var sums = (upright: 0.0, steered: 0.0, resteered: 0.0, turned: 0.0, angles: [Double]())
    for index in 0..<Self.images.count {
      let upright = transformer.image(index, of: Self.images)
      let latents = inference.read(upright).latents
      sums.upright += squares(inference.decode(Reading(values: [0], latents: latents)), upright)
      let drawn = Double(Int(draws.uniform(at: index) * 24)) * 15
      let other = transformer.image(
        index, of: Self.images, values: [Angle(degrees: drawn).radians])
      let otherLatents = inference.read(other).latents
      for step in 0..<24 {
        let angle = Angle(degrees: 15 * Double(step)).radians
        let truth = transformer.image(index, of: Self.images, values: [angle])
        let reading = inference.read(truth)
        sums.steered += squares(inference.decode(Reading(values: [angle], latents: latents)), truth) / 24
        sums.resteered +=
          squares(inference.decode(Reading(values: [angle], latents: otherLatents)), truth) / 24
        sums.turned += squares(inference.decode(reading), truth) / 24
        sums.angles.append(
          abs(Angle(radians: reading.values[0]).difference(from: Angle(radians: angle)).radians))
      }
    }
    let count = Double(Self.images.count)
    sums.upright /= count
    sums.steered /= count
    sums.resteered /= count
    sums.turned /= count
    return sums
  }

  @Test(arguments: Interpolation.allCases, [0, 7] as [UInt64])
  func agreesWithAPlainRecomputation(interpolation: Interpolation, seed: UInt64) throws {
    let model = Self.model(interpolation: interpolation)
    let found = try Evaluation.measure(model, on: Self.images, seed: seed)
    let plain = try plainly(model, interpolation, seed: seed)
    func expectClose(_ found: Double, _ expected: Double, _ name: String) {
      #expect(abs(found - expected) < 1e-5 * max(expected, 1e-3), "\(name): \(found) \(expected)")
    }
    expectClose(found.uprightError, plain.upright, "upright")
    expectClose(found.steeringError, plain.steered, "steered")
    expectClose(found.resteeringError, plain.resteered, "re-steered")
    expectClose(found.turnedError, plain.turned, "turned")
    let angles = AngleErrors(plain.angles)
    expectClose(found.angleErrors.mean.radians, angles.mean.radians, "mean angle")
    expectClose(found.angleErrors.median.radians, angles.median.radians, "median angle")
    #expect(found.angleErrors.shareWithin15 == angles.shareWithin15)
    #expect(found.imageCount == 13)
    #expect(found.interpolation == interpolation)
  }

  @Test func sameForAnyNumberOfThreads() throws {
    let one = try Evaluation.measure(Self.model(), on: Self.images)
    for threads in [2, 3] {
      #expect(try Evaluation.measure(Self.model(), on: Self.images, threads: threads) == one)
    }
    #expect(try Evaluation.measure(Self.model(), on: Self.images, seed: 1) != one)
    #expect(try Evaluation.measure(Self.model(), on: Self.images, interpolation: .nearest) != one)
  }

  @Test func progressGrowsToTheEnd() throws {
    var shares: [Double] = []
    _ = try Evaluation.measure(Self.model(), on: RepeatedImages(count: 130)) { shares.append($0) }
    #expect(shares.count == 3)
    #expect(shares == shares.sorted())
    #expect(shares.last == 1)
  }

  @Test func aModelWithoutARotationIsAnError() {
    let schema = CoordinateSchema(typed: [], freeCount: 4)
    let configuration = TrainingConfiguration(
      architecture: NetworkArchitecture(schema: schema, hidden: [8]), recipe: .article(), seed: 1)
    let model = TypedModel(
      architecture: configuration.architecture, weights: TrainingState(configuration).weights,
      details: ModelDetails())
    #expect(throws: EvaluationError.needsRotation(schema)) {
      try Evaluation.measure(model, on: Self.images)
    }
    #expect(EvaluationError.needsRotation(schema).description.contains("free:4"))
  }

  @Test func weightsThatDoNotFitAreAnError() {
    var model = Self.model()
    model.weights.removeAll { $0.name == "head_latent.bias" }
    #expect(throws: EvaluationError.weightsDoNotFit(.missing("head_latent.bias"))) {
      try Evaluation.measure(model, on: Self.images)
    }
  }

  @Test func angleErrorsOfHandMadeNumbers() {
    func radians(_ degrees: [Double]) -> [Double] { degrees.map { Angle(degrees: $0).radians } }
    let odd = AngleErrors(radians([90, 0, 15]))
    #expect(abs(odd.mean.degrees - 35) < 1e-9)
    #expect(abs(odd.median.degrees - 15) < 1e-9)
    #expect(odd.shareWithin15 == 2.0 / 3)
    let even = AngleErrors(radians([180, 10, 20, 15.1]))
    #expect(abs(even.median.degrees - 17.55) < 1e-9)
    #expect(even.shareWithin15 == 0.25)
    let single = AngleErrors(radians([40]))
    #expect(abs(single.mean.degrees - 40) < 1e-9)
    #expect(abs(single.median.degrees - 40) < 1e-9)
    #expect(single.shareWithin15 == 0)
  }
}
