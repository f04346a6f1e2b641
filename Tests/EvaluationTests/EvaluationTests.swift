import Coordinates
import Datasets
import Foundation
import Goldens
import Kernels
import Networks
import Primitives
import Testing
import Training

@testable import Evaluation

@Suite struct EvaluationTests {
  private static let images = RepeatedImages(count: 11)
  private static let fourCoordinates = CoordinateSchema(
    typed: [.rotation, .shiftX(pixels: 4), .scale(from: 0.7, to: 1.3), .shiftY(pixels: 3)], freeCount: 3)

  /// A model that has learnt nothing.
  struct Example: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let architecture: NetworkArchitecture
    var interpolation = Interpolation.bilinear

    var model: TypedModel {
      var model = TypedModel(
        architecture: architecture, weights: TypedAutoencoder(architecture, seed: 5).tensors,
        details: ModelDetails())
      model.details.recipe = .article()
      model.details.recipe?.interpolation = interpolation
      return model
    }
  }

  static let article = Example(
    testDescription: "the article's kind",
    architecture: NetworkArchitecture(schema: .article, hidden: [16, 8]))
  static let nearest = Example(
    testDescription: "nearest pixels", architecture: article.architecture, interpolation: .nearest)
  static let limited = Example(
    testDescription: "a limited rotation",
    architecture: NetworkArchitecture(
      schema: CoordinateSchema(typed: [.limitedRotation(degrees: 40)], freeCount: 2), hidden: [8]))
  static let staged = Example(
    testDescription: "four coordinates, staged and warped",
    architecture: NetworkArchitecture(
      schema: fourCoordinates, hidden: [16, 8], encoder: .staged, decoder: .warp))
  static let untyped = Example(
    testDescription: "no typed coordinates",
    architecture: NetworkArchitecture(schema: CoordinateSchema(typed: [], freeCount: 4), hidden: [8]))

  /// Figures from one image at a time, as their definitions say.
  private struct Plain {
    var upright = 0.0
    var decodedFromUpright = 0.0
    var decodedFromTurned = 0.0
    var ownCode = 0.0
    var gradients = (drawn: 0.0, truth: 0.0)
    var readings: [[Double]] = []
    var truths: [[Double]] = []
    var leakFree: [Double] = []
    var cycle: [Double] = []
    var latents: [[[Float]]] = []
  }

  private func plainly(_ example: Example, seed: UInt64) throws -> Plain {
    let architecture = example.architecture
    let inference = Inference(try TypedAutoencoder(architecture, tensors: example.model.weights))
    let schema = architecture.schema
    let transformer = ImageTransformer(shape: .mnist, schema: schema, interpolation: example.interpolation)
    let grid = TransformGrid(schema: schema, seed: seed)
    let count = Double(Self.images.count * grid.count)
    let rotation = schema.index(of: .rotation)
    func squares(_ drawn: [Float], _ truth: [Float]) -> Double {
      zip(drawn, truth).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) } / 784
    }
    func gradient(_ image: [Float]) -> Double {
      var sum = 0.0
      for place in 0..<784 {
        if place % 28 < 27 { sum += Double(abs(image[place + 1] - image[place])) }
        if place < 756 { sum += Double(abs(image[place + 28] - image[place])) }
      }
      return sum
    }
    var plain = Plain()
    let row = Matrix(rows: 1, columns: 784)
    for index in 0..<Self.images.count {
      let upright = transformer.image(index, of: Self.images)
      let latents = inference.encode(upright).latents
      func drawn(_ values: [Double], _ latents: [Float]) -> [Float] {
        inference.decode(LatentPoint(values: values, latents: latents))
      }
      plain.upright += squares(drawn(schema.neutralValues, latents), upright) / Double(Self.images.count)
      let other = transformer.image(
        index, of: Self.images,
        values: grid.values(image: index, position: grid.randomPosition(image: index)))
      let otherLatents = inference.encode(other).latents
      var ofImage: [[Float]] = []
      for position in 0..<grid.count {
        let values = grid.values(image: index, position: position)
        let truth = transformer.image(index, of: Self.images, values: values)
        let reading = inference.encode(truth)
        let steered = drawn(values, latents)
        plain.decodedFromUpright += squares(steered, truth) / count
        plain.decodedFromTurned += squares(drawn(values, otherLatents), truth) / count
        plain.ownCode += squares(inference.decode(reading), truth) / count
        plain.gradients.drawn += gradient(steered)
        plain.gradients.truth += gradient(truth)
        plain.readings.append(reading.values)
        plain.truths.append(values)
        ofImage.append(reading.latents)
        guard let rotation else { continue }
        func error(_ reading: LatentPoint) -> Double {
          abs(
            Angle(radians: reading.values[rotation]).difference(from: Angle(radians: values[rotation]))
              .radians)
        }
        if position % 2 == 0 { plain.cycle.append(error(inference.encode(steered))) }
        Self.images.withPixels(at: index) {
          transformer.load(
            $0, values: values, jitter: grid.shift(image: index), into: row, row: 0)
        }
        plain.leakFree.append(error(inference.encode(row.row(0))))
      }
      plain.latents.append(ofImage)
    }
    return plain
  }

  /// Black images, all alike, and a decoder that draws nothing: every ratio is one by zero.
  @Test func ratiosByZeroAreUndefined() throws {
    let black = StoredImages(
      pixels: [UInt8](repeating: 0, count: 5 * 784), labels: [UInt8](repeating: 0, count: 5))
    var model = Self.article.model
    for index in model.weights.indices where model.weights[index].name.hasPrefix("decoder.4.") {
      let value: Float = model.weights[index].name.hasSuffix("bias") ? -200 : 0
      model.weights[index].values = model.weights[index].values.map { _ in value }
    }
    let found = try Evaluation.measure(model, on: black, training: black, threads: 2)
    #expect(found.images.uprightSharpness == nil && found.images.decodedFromUprightSharpness == nil)
    #expect(found.images.equivariance == nil)
    #expect(found.latents.invariance == nil && found.latents.leakage == nil)
    #expect(found.latents.cycleLatents == nil)
    #expect(found.angle?.correlation == nil && found.leakFreeAngle?.correlation == nil)
    #expect(found.images.upright < 1e-12)
    // What is not a ratio stays a number.
    #expect(found.images.uprightSimilarity > 0.999)
    #expect(found.angle.map { $0.errors.mean.degrees.isFinite } == true)
    let drawn = try Evaluation.measure(Self.article.model, on: black)
    #expect(drawn.images.equivariance != nil && drawn.images.uprightPeakRatio != nil)
  }

  private func expectClose(_ found: Double?, _ expected: Double, _ name: String) {
    #expect(abs((found ?? .nan) - expected) < 2e-5 * max(abs(expected), 1e-2), "\(name): \(expected)")
  }

  @Test(arguments: [article, nearest, limited, staged, untyped], [0, 7] as [UInt64])
  func agreesWithAPlainRecomputation(example: Example, seed: UInt64) throws {
    let found = try Evaluation.measure(example.model, on: Self.images, seed: seed)
    let plain = try plainly(example, seed: seed)
    expectClose(found.images.upright, plain.upright, "upright")
    expectClose(found.images.decodedFromUpright, plain.decodedFromUpright, "steered")
    expectClose(found.images.decodedFromTurned, plain.decodedFromTurned, "re-steered")
    expectClose(found.images.ownCode, plain.ownCode, "own code")
    expectClose(
      found.images.decodedFromUprightSharpness, plain.gradients.drawn / plain.gradients.truth, "sharpness")
    #expect(found.imageCount == 11)
    #expect(found.interpolation == example.interpolation)
    let schema = example.architecture.schema
    guard let rotation = schema.index(of: .rotation) else {
      #expect(found.angle == nil && found.leakFreeAngle == nil && found.latents.cycleAngle == nil)
      return
    }
    let errors = AngleErrors(
      zip(plain.readings, plain.truths).map {
        abs(Angle(radians: $0[rotation]).difference(from: Angle(radians: $1[rotation])).radians)
      })
    expectClose(found.angle?.errors.mean.radians, errors.mean.radians, "mean angle")
    expectClose(found.angle?.errors.median.radians, errors.median.radians, "median angle")
    expectClose(
      found.leakFreeAngle?.errors.mean.radians, AngleErrors(plain.leakFree).mean.radians, "leak-free angle")
    expectClose(found.latents.cycleAngle?.mean.radians, AngleErrors(plain.cycle).mean.radians, "cycle angle")
  }

  @Test func offsetsAndInvarianceFollowTheirDefinitions() throws {
    let found = try Evaluation.measure(Self.staged.model, on: Self.images)
    let plain = try plainly(Self.staged, seed: 0)
    #expect(found.offsets.map(\.meaning) == [.shiftX, .scale, .shiftY])
    for (offset, number) in zip(found.offsets, [1, 2, 3]) {
      let sizes = zip(plain.readings, plain.truths).map {
        number == 2 ? abs(log($0[number] / $1[number])) : abs($0[number] - $1[number])
      }
      expectClose(offset.mean, sizes.reduce(0, +) / Double(sizes.count), "\(offset.meaning)")
    }
    func variance(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
    var (within, between) = (0.0, 0.0)
    for latent in 0..<3 {
      let values = plain.latents.map { $0.map { Double($0[latent]) } }
      within += values.map(variance).reduce(0, +) / Double(values.count)
      between += variance(values.map { $0.reduce(0, +) / Double($0.count) })
    }
    #expect(abs(try #require(found.latents.invariance) / (within / between) - 1) < 1e-3)
  }

  @Test func aWarpIsExactlyEquivariantAndALearnedDecoderIsNot() throws {
    let warp = try Evaluation.measure(Self.staged.model, on: Self.images)
    #expect(try #require(warp.images.equivariance) < 1e-5)
    let learned = try Evaluation.measure(Self.article.model, on: Self.images)
    #expect(try #require(learned.images.equivariance) > 1e-3)
  }

  /// An untrained compass is sure of nothing, and nothing can be said of the sure ones.
  @Test func onlyACompassReportsCertainty() throws {
    let staged = try Evaluation.measure(Self.staged.model, on: Self.images)
    #expect(staged.angle?.confident == 0 && staged.leakFreeAngle?.confident == 0)
    #expect(staged.angle?.confidentFlips == nil)
    #expect(staged.classes.allSatisfy { $0.leakFreeConfident == 0 })
    let article = try Evaluation.measure(Self.article.model, on: Self.images)
    #expect(article.angle?.confident == nil && article.leakFreeAngle?.confident == nil)
  }

  @Test func tooManyLatentsAreAnError() {
    let architecture = NetworkArchitecture(
      schema: CoordinateSchema(typed: [.rotation], freeCount: 257), hidden: [4])
    let model = TypedModel(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: 1).tensors,
      details: ModelDetails())
    #expect(throws: EvaluationError.tooManyLatents(257)) {
      try Evaluation.measure(model, on: Self.images)
    }
  }

  @Test func realisedAnglesNeedAFullRotation() throws {
    #expect(try Evaluation.measure(Self.limited.model, on: Self.images).images.realised == nil)
    let realised = try #require(try Evaluation.measure(Self.article.model, on: Self.images).images.realised)
    // An untrained decoder's pictures hardly change: one angle in 24, and its neighbours within 10°, is right.
    #expect(realised < 0.2)
  }

  @Test func classResultsAddUpToTheTotal() throws {
    let found = try Evaluation.measure(Self.article.model, on: Self.images)
    #expect(found.classes.map(\.label) == Array(0...9))
    #expect(found.classes.map(\.imageCount) == [2] + [Int](repeating: 1, count: 9))
    let upright = found.classes.reduce(0) { $0 + $1.upright * Double($1.imageCount) } / 11
    #expect(abs(upright / found.images.upright - 1) < 1e-6)
    #expect(found.latents.probeUpright == nil)
  }

  /// Seven pictures whose latents differ: a linear probe tells them apart where each has its class.
  @Test func theProbeLearnsClassesFromTrainingImages() throws {
    struct Pictures: ImageSource {
      let shape = ImageShape.mnist
      let count: Int
      func label(at index: Int) -> Int? { index % 7 }
      func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        let pixels = RepeatedImages.pixels(index)
        return body(pixels.span)
      }
    }
    let found = try Evaluation.measure(
      Self.article.model, on: Pictures(count: 14), training: Pictures(count: 350))
    #expect(found.latents.probeUpright == 1)
    #expect(try #require(found.latents.probeTransformed) < 1)
  }

  @Test func sameForAnyNumberOfThreads() throws {
    for example in [Self.article, Self.staged] {
      let one = try Evaluation.measure(example.model, on: Self.images, training: Self.images)
      for threads in [2, 3] {
        #expect(
          try Evaluation.measure(example.model, on: Self.images, training: Self.images, threads: threads)
            == one)
      }
      #expect(try Evaluation.measure(example.model, on: Self.images, training: Self.images, seed: 1) != one)
    }
  }

  @Test func progressGrowsToTheEnd() throws {
    var fractions: [Double] = []
    _ = try Evaluation.measure(Self.article.model, on: RepeatedImages(count: 70)) { fractions.append($0) }
    #expect(fractions.count == 3)
    #expect(fractions == fractions.sorted())
    #expect(fractions.last == 1)
  }

  @Test func weightsThatDoNotFitAreAnError() {
    var model = Self.article.model
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
    #expect(odd.fractionWithin15 == 2.0 / 3)
    #expect(odd.fractionWithin10 == 1.0 / 3)
    #expect(odd.fractionWithin30 == 2.0 / 3)
    #expect(abs(odd.percentile90.degrees - 75) < 1e-9)
    let even = AngleErrors(radians([180, 10, 20, 15.1]))
    #expect(abs(even.median.degrees - 17.55) < 1e-9)
    #expect(even.fractionWithin15 == 0.25)
    let single = AngleErrors(radians([40]))
    #expect(abs(single.mean.degrees - 40) < 1e-9)
    #expect(abs(single.median.degrees - 40) < 1e-9)
    #expect(single.fractionWithin15 == 0)
  }
}
