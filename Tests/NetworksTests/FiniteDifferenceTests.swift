import Coordinates
import Goldens
import Kernels
import Primitives
import Testing
import Training

@testable import Networks

/// Every entry of every tensor that learns, in every phase, against central differences in float64.
///
/// The step is 1e-5, so that the differences are right to about 1e-9 of the root mean square; the tolerance,
/// 2e-5 of it, is for the gradients in float32.
@Suite struct FiniteDifferenceTests {
  /// A phase whose gradients are checked.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let phase: Phase
    var schema = CoordinateSchema(typed: [.rotation], freeCount: 3)
    var architecture: NetworkArchitecture {
      NetworkArchitecture(schema: schema, hidden: [12, 8], pixelCount: 16)
    }
    var testDescription: String { name }
  }

  static let cases: [Case] = {
    func third(_ name: String, _ recipe: Recipe) -> Case { Case(name: name, phase: recipe.phases[2]) }
    let article = Recipe.article().phases
    var everything = article[2]
    everything.plan = StepPlan(
      learning: Set(NetworkPart.allCases), code: .read, reconstructionWeight: 0.5, coordinateWeight: 2.5)
    var truth = article[1]
    truth.plan = StepPlan(
      learning: Set(NetworkPart.allCases), code: .truth, reconstructionWeight: 2, coordinateWeight: 0.5)
    let four = CoordinateSchema(
      typed: [.shiftX(pixels: 6), .rotation, .scale(from: 0.6, to: 1.4), .shiftY(pixels: 3)], freeCount: 2)
    let limited = CoordinateSchema(typed: [.limitedRotation(degrees: 45)], freeCount: 2)
    return [
      Case(name: "four coordinates, phase 1", phase: article[0], schema: four),
      Case(name: "four coordinates, phase 2", phase: article[1], schema: four),
      Case(name: "four coordinates, phase 3", phase: article[2], schema: four),
      Case(name: "four coordinates, everything learns", phase: everything, schema: four),
      Case(name: "a limited rotation, everything learns", phase: everything, schema: limited),
      Case(name: "phase 1", phase: article[0]), Case(name: "phase 2", phase: article[1]),
      Case(name: "phase 3", phase: article[2]),
      third("phase 3, backbone frozen", .article(learnsBackbone: false)),
      third("phase 3, latent head frozen", .article(learnsLatentHead: false)),
      third("phase 3, only the typed heads", .article(learnsBackbone: false, learnsLatentHead: false)),
      third("phase 3, no loss of the code", .article(coordinateWeight: 0)),
      third("phase 3, heavier loss of the code", .article(coordinateWeight: 2.5)),
      Case(name: "everything learns from read codes", phase: everything),
      Case(name: "everything learns from true codes", phase: truth),
    ]
  }()

  private static let batchSize = 3
  private static let step = 1e-5
  private static let seed: UInt64 = 3
  /// Random images and values; inputs and targets are the same where the phase has them so.
  private func batch(_ example: Case) -> DoubleNetwork.Batch {
    let phase = example.phase
    var stream = RandomStream(seed: Self.seed, [99])
    func images() -> [[Double]] {
      (0..<Self.batchSize).map { _ in
        (0..<example.architecture.pixelCount).map { _ in Double(Float(stream.uniform())) }
      }
    }
    let (upright, transformed) = (images(), images())
    let codes = (0..<Self.batchSize).map { _ in
      example.schema.code(of: example.schema.typed.map { $0.value(atShare: stream.uniform()) })
        .map(Double.init)
    }
    let neutralCode = example.schema.code(of: example.schema.neutralValues).map(Double.init)
    let neutral = [[Double]](repeating: neutralCode, count: Self.batchSize)
    return DoubleNetwork.Batch(
      inputs: phase.input == .upright ? upright : transformed,
      targets: phase.target == .upright ? upright : transformed,
      inputCodes: phase.input == .upright ? neutral : codes,
      targetCodes: phase.target == .upright ? neutral : codes)
  }

  private func pass(
    _ example: Case, _ batch: DoubleNetwork.Batch, kernels: KernelVariant
  ) -> BatchPass {
    // More rows than the batch has, so that a sum over too many rows would be seen.
    let network = TypedAutoencoder(example.architecture, seed: Self.seed)
    let pass = BatchPass(network, capacity: Self.batchSize + 2, kernels: kernels)
    func fill(_ matrix: Matrix, _ rows: [[Double]]) {
      for row in 0..<pass.capacity {
        matrix.setRow(row, to: row < rows.count ? rows[row].map { Float($0) } : rows[0].map { _ in 1000 })
      }
    }
    fill(pass.inputs, batch.inputs)
    fill(pass.targets, batch.targets)
    fill(pass.inputCodes, batch.inputCodes)
    fill(pass.targetCodes, batch.targetCodes)
    return pass
  }

  @Test(arguments: cases)
  func everyEntryOfEveryLearningTensor(_ example: Case) {
    let (plan, batch) = (example.phase.plan, batch(example))
    var reference = DoubleNetwork(TypedAutoencoder(example.architecture, seed: Self.seed))
    var slopes: [String: [Double]] = [:]
    for variant in KernelVariant.available {
      let pass = pass(example, batch, kernels: variant)
      pass.run(plan, rows: 0..<Self.batchSize, batch: Self.batchSize)
      let gradients = pass.gradients(of: plan.learning, batch: Self.batchSize)
      #expect(!gradients.isEmpty)
      for gradient in gradients {
        let expected =
          slopes[gradient.name]
          ?? gradient.values.indices.map {
            reference.slope(gradient.name, $0, step: Self.step, batch, plan)
          }
        slopes[gradient.name] = expected
        #expect(expected.contains { abs($0) > 1e-6 }, "\(gradient.name) has no gradient to compare")
        let deviation = Goldens.deviation(expected, gradient.values.map(Double.init))
        #expect(deviation < 2e-5, "\(gradient.name) with \(variant.name)")
      }
    }
    // No hidden unit comes near its kink: a weight's step moves it by no more than a few steps.
    #expect(reference.smallestPreactivation > 20 * Self.step)
  }

  @Test(arguments: cases)
  func onlyWhatLearnsHasGradientsAndMoves(_ example: Case) {
    let plan = example.phase.plan
    let pass = pass(example, batch(example), kernels: .best)
    let network = pass.network
    let before = network.tensors
    let learning = Set(network.layers(of: plan.learning).flatMap(\.tensors).map(\.name))
    let adam = Adam(network, learning: plan.learning, settings: AdamSettings())
    pass.run(plan, rows: 0..<Self.batchSize, batch: Self.batchSize)
    adam.beginStep()
    adam.update(from: pass, batch: Self.batchSize, part: 0, of: 1)
    #expect(
      Set(adam.moments.map(\.name)) == Set(learning.flatMap { [$0 + ".exp_avg", $0 + ".exp_avg_sq"] }))
    for (old, new) in zip(before, network.tensors) {
      #expect((old.values != new.values) == learning.contains(old.name), "\(old.name)")
    }
  }

  /// The same sums in float32 and float64, so that the differences are those of the right function.
  @Test(arguments: cases)
  func theLossIsTheReferences(_ example: Case) {
    let (plan, batch) = (example.phase.plan, batch(example))
    let pass = pass(example, batch, kernels: .best)
    pass.run(plan, rows: 0..<Self.batchSize, batch: Self.batchSize)
    let pixels = Double(Self.batchSize * example.architecture.pixelCount)
    let codeLoss =
      plan.coordinateWeight == 0 ? 0 : pass.codeErrors.sum(rows: Self.batchSize) / Double(Self.batchSize)
    let loss =
      Double(plan.reconstructionWeight) * pass.squaredErrors.sum(rows: Self.batchSize) / pixels
      + Double(plan.coordinateWeight) * codeLoss
    var reference = DoubleNetwork(pass.network)
    #expect(abs(loss / reference.loss(batch, plan) - 1) < 2e-6)
  }
}
