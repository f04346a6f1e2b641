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
///
/// Sampled images have a kink at every whole coordinate, and there are thousands: there the step is 1e-6, so
/// that no place crosses one. The tolerance is 6e-5, as float32 loses more on the way: places are right to a
/// millionth of a pixel, and the compass's labels, with exponents of hundreds, to a hundred-thousandth.
@Suite struct FiniteDifferenceTests {
  private static let batchSize = GradientCase.batchSize

  private func pass(_ example: GradientCase, kernels: KernelVariant) -> BatchPass {
    // More rows than the batch has, so that a sum over too many rows would be seen.
    let pass = BatchPass(example.network(), capacity: Self.batchSize + 2, kernels: kernels)
    func fill(_ matrix: Matrix, _ rows: [[Double]]) {
      for row in 0..<pass.capacity where !rows[0].isEmpty {
        matrix.setRow(row, to: row < rows.count ? rows[row].map { Float($0) } : rows[0].map { _ in 1000 })
      }
    }
    let batch = example.batch
    fill(pass.inputs, batch.inputs)
    fill(pass.targets, batch.targets)
    fill(pass.inputCodes, batch.inputCodes)
    fill(pass.targetCodes, batch.targetCodes)
    for (row, group) in batch.groups.enumerated() { pass.setGroup(group, row: row) }
    return pass
  }

  @Test(arguments: GradientCase.all)
  func everyEntryOfEveryLearningTensor(_ example: GradientCase) {
    let (plan, batch) = (example.phase.plan, example.batch)
    let (step, tolerance) = example.architecture.samplesImages ? (1e-6, 6e-5) : (1e-5, 2e-5)
    var reference = DoubleNetwork(example.network())
    let stages = reference.stages(batch)
    var slopes: [String: [Double]] = [:]
    for variant in KernelVariant.available {
      let pass = pass(example, kernels: variant)
      pass.forwardAndBackward(plan, rows: 0..<Self.batchSize, batch: Self.batchSize)
      let gradients = pass.gradients(of: plan.learning, batch: Self.batchSize)
      #expect(!gradients.isEmpty)
      for gradient in gradients {
        let expected =
          slopes[gradient.name]
          ?? gradient.values.indices.map {
            reference.slope(gradient.name, $0, step: step, batch, plan, stages)
          }
        slopes[gradient.name] = expected
        #expect(expected.contains { abs($0) > 1e-6 }, "\(gradient.name) has no gradient to compare")
        let deviation = Goldens.deviation(expected, gradient.values.map(Double.init))
        #expect(deviation < tolerance, "\(gradient.name) with \(variant.name)")
      }
    }
    // No hidden unit comes near its kink: a weight's step moves it by no more than a few steps.
    #expect(reference.smallestPreactivation > 20 * step)
    // No sampled place crosses one of its own, nor can float32 see it on the other side.
    #expect(reference.staysBetweenPixels)
    #expect(reference.smallestSampledDistance > 1e-5)
  }

  @Test(arguments: GradientCase.all)
  func onlyTrainedLayersHaveGradientsAndChange(_ example: GradientCase) {
    let plan = example.phase.plan
    let pass = pass(example, kernels: .best)
    let network = pass.network
    let before = network.tensors
    let learning = Set(network.layers(of: plan.learning).flatMap(\.tensors).map(\.name))
    let adam = Adam(network, learning: plan.learning, settings: AdamSettings())
    pass.forwardAndBackward(plan, rows: 0..<Self.batchSize, batch: Self.batchSize)
    adam.beginStep()
    adam.computeGradientsAndUpdate(from: pass, batch: Self.batchSize, part: 0, of: 1)
    #expect(
      Set(adam.moments.map(\.name)) == Set(learning.flatMap { [$0 + ".exp_avg", $0 + ".exp_avg_sq"] }))
    for (old, new) in zip(before, network.tensors) {
      #expect((old.values != new.values) == learning.contains(old.name), "\(old.name)")
    }
  }

  /// The same sums in float32 and float64, so that the differences are those of the right function.
  @Test(arguments: GradientCase.all)
  func theLossIsTheReferences(_ example: GradientCase) {
    let plan = example.phase.plan
    let pass = pass(example, kernels: .best)
    pass.forwardAndBackward(plan, rows: 0..<Self.batchSize, batch: Self.batchSize)
    var loss = 0.0
    for row in 0..<Self.batchSize {
      let weight = plan.groups[example.batch.groups[row]].coordinateWeight
      loss += Double(plan.reconstructionWeight * pass.squaredErrors[row]) / Double(pass.inputs.columns)
      loss += weight == 0 ? 0 : Double(weight * pass.codeErrors[row])
      loss += Double(pass.stageErrors[row])
    }
    var reference = DoubleNetwork(pass.network)
    let expected = reference.loss(example.batch, plan, reference.stages(example.batch))
    #expect(abs(loss / Double(Self.batchSize) / expected - 1) < 2e-6)
  }

  /// However rows are shared out, a staged encoder and a warp decoder give the same bits.
  @Test(arguments: GradientCase.all.filter { $0.architecture.samplesImages }, KernelVariant.available)
  func anyRangesOfRowsGiveTheSameBits(_ example: GradientCase, kernels: KernelVariant) {
    func bits(_ ranges: [Range<Int>]) -> [[UInt32]] {
      let pass = pass(example, kernels: kernels)
      for range in ranges { pass.forwardAndBackward(example.phase.plan, rows: range, batch: Self.batchSize) }
      let gradients = pass.gradients(of: example.phase.plan.learning, batch: Self.batchSize)
      let numbers = (0..<Self.batchSize).map {
        pass.outputs.row($0) + [pass.squaredErrors[$0], pass.codeErrors[$0], pass.stageErrors[$0]]
      }
      return (gradients.map(\.values) + numbers).map { $0.map(\.bitPattern) }
    }
    #expect(bits([0..<Self.batchSize]) == bits([1..<Self.batchSize, 0..<1]))
  }
}
