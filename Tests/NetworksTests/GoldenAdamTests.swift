import Goldens
import Kernels
import Testing

@testable import Networks

@Suite struct GoldenAdamTests {
  private let goldens: Goldens

  init() throws {
    goldens = try Goldens.load()
  }

  @Test(arguments: KernelVariant.available)
  func adamAlone(kernels: KernelVariant) {
    let golden = goldens.adam
    let count = golden.parameters.count
    #expect(count == 8)
    let (parameters, gradients) = (Matrix(rows: 1, columns: count), Matrix(rows: 1, columns: count))
    let (first, second) = (Matrix(rows: 1, columns: count), Matrix(rows: 1, columns: count))
    var history: [[Double]] = []
    for step in 0..<10 {
      gradients.setRow(0, to: golden.gradients.map { Float($0[step]) })
      kernels.adam(
        parameters, gradients: gradients, firstMoments: first, secondMoments: second,
        factors: AdamSettings().factors(step: step + 1, rate: 1, decays: false))
      history.append(parameters.row(0).map(Double.init))
    }
    for (index, expected) in golden.parameters.enumerated() {
      #expect(Goldens.deviation(expected, history.map { $0[index] }) < 2e-6, "parameter \(index)")
    }
  }

  @Test(arguments: KernelVariant.available, NumberedPhase.all)
  func tenSteps(kernels: KernelVariant, numbered: NumberedPhase) throws {
    let golden = try #require(goldens.phases["\(numbered.number)"])
    #expect(golden.stepLosses.count == 10)
    let pass = try GoldenBatch.pass(numbered.phase, kernels: kernels)
    let adam = GoldenBatch.adam(pass, numbered.phase)
    for (step, expected) in golden.stepLosses.enumerated() {
      GoldenBatch.run(pass, numbered.phase.plan)
      let total = GoldenBatch.losses(pass, numbered.phase.plan).total
      #expect(abs(total / expected - 1) < 1e-4, "step \(step)")
      adam.beginStep()
      for part in 0..<2 {
        adam.computeGradientsAndUpdate(from: pass, batch: GoldenBatch.size, part: part, of: 2)
      }
    }
    #expect(
      Set(adam.moments.map(\.name))
        == Set(golden.weights.keys.flatMap { [$0 + ".exp_avg", $0 + ".exp_avg_sq"] }))
    for (before, after) in zip(GoldenBatch.weights, pass.network.tensors) {
      guard let weights = golden.weights[after.name], let changes = golden.changes[after.name] else {
        #expect(after == before, "\(after.name) is frozen")
        continue
      }
      #expect(weights.deviation(of: after.values) < 1e-4, "\(after.name)")
      let change = zip(after.values, before.values).map { $0 - $1 }
      #expect(changes.deviation(of: change) < 6e-4, "change of \(after.name)")
    }
  }
}
