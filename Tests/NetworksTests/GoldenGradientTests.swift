import Goldens
import Kernels
import Testing

@testable import Networks

@Suite struct GoldenGradientTests {
  private let goldens: Goldens

  init() throws {
    goldens = try Goldens.load()
  }

  @Test(arguments: KernelVariant.available, NumberedPhase.all)
  func lossAndGradients(kernels: KernelVariant, numbered: NumberedPhase) throws {
    let golden = try #require(goldens.phases["\(numbered.number)"])
    let plan = numbered.phase.plan
    let pass = try GoldenBatch.pass(numbered.phase, kernels: kernels)
    GoldenBatch.run(pass, plan)
    let losses = GoldenBatch.losses(pass, plan)
    #expect(abs(losses.total / golden.loss.total - 1) < 2e-6)
    #expect(abs(losses.reconstruction / golden.loss.reconstruction - 1) < 2e-6)
    #expect((golden.loss.rotation != nil) == (numbered.number == 3))
    if let rotation = golden.loss.rotation {
      #expect(abs(losses.rotation / rotation - 1) < 2e-6)
    }

    let gradients = pass.gradients(of: plan.learning, batch: GoldenBatch.size)
    #expect(gradients.count == golden.gradients.count)
    #expect(Set(gradients.map(\.name)) == Set(golden.gradients.keys))
    for gradient in gradients {
      let deviation = golden.gradients[gradient.name]?.deviation(of: gradient.values) ?? .infinity
      #expect(deviation < 2e-4, "\(gradient.name)")
    }
  }

  /// However rows and layers are shared out, the bits are the same.
  @Test(arguments: KernelVariant.available, NumberedPhase.all)
  func unevenRangesOfRowsGiveTheSameBits(kernels: KernelVariant, numbered: NumberedPhase) throws {
    func stepped(rows: [Range<Int>], fractions: Int) throws -> (numbers: [[Float]], tensors: [NamedTensor]) {
      let pass = try GoldenBatch.pass(numbered.phase, kernels: kernels)
      for range in rows { pass.forwardAndBackward(numbered.phase.plan, rows: range, batch: GoldenBatch.size) }
      let adam = GoldenBatch.adam(pass, numbered.phase)
      adam.beginStep()
      for part in 0..<fractions {
        adam.computeGradientsAndUpdate(from: pass, batch: GoldenBatch.size, part: part, of: fractions)
      }
      let numbers =
        (0..<GoldenBatch.size).map(pass.outputs.row)
        + (0..<GoldenBatch.size).map { [pass.squaredErrors[$0], pass.codeErrors[$0]] }
      return (numbers, adam.moments + pass.network.tensors)
    }
    let whole = try stepped(rows: [0..<8], fractions: 1)
    let shared = try stepped(rows: [5..<8, 0..<1, 1..<5], fractions: 3)
    #expect(whole.numbers == shared.numbers)
    for (one, other) in zip(whole.tensors, shared.tensors) {
      #expect(one == other, "\(one.name)")
    }
  }
}
