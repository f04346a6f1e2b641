import Coordinates
import Datasets
import Foundation
import Goldens
import Kernels
import Networks
import Testing

@testable import Training

/// Which images a batch has, and what is drawn for them.
@Suite struct TrainingBatchTests {
  /// So small that no weight moves, so that the losses are those of the first weights.
  private let standstill = 1e-30

  @Test func everyImageIsSeenOnceInAnEpochInANewOrder() throws {
    let images = BlobImages()
    let run = try TinyRun.start(TinyRun.configuration(epochs: [3, 0, 0], heldOutCount: 0), images: images)
    var orders: [[Int]] = []
    for _ in 0..<3 {
      for _ in 0..<run.batchesPerEpoch { _ = try run.step() }
      orders.append(images.removeReadIndices())
    }
    for order in orders { #expect(order.sorted() == Array(0..<60)) }
    #expect(Set(orders + [Array(0..<60)]).count == 4)
  }

  @Test func heldOutImagesAreReadAtTheEndOfAnEpochOnly() throws {
    let images = BlobImages()
    let run = try TinyRun.start(TinyRun.configuration(epochs: [1, 0, 0]), images: images)
    for _ in 0..<TinyRun.batchesPerEpoch - 1 { _ = try run.step() }
    #expect(images.removeReadIndices().allSatisfy { $0 < 57 })
    _ = try run.step()
    let last = images.removeReadIndices()
    #expect(last.count == 4)
    #expect(last[0] < 57)
    #expect(last[1...] == [57, 58, 59])
  }

  /// The sum of the losses of an epoch in phase 3, which depend on each image's angle.
  private func epochSums(batchSize: Int) throws -> [Double] {
    let configuration = TinyRun.configuration(
      epochs: [0, 0, 3], batchSize: batchSize, learningRate: standstill)
    var sums = [0.0, 0, 0]
    for report in try TinyRun.finish(TinyRun.start(configuration)) {
      sums[report.position.epoch] += Double(report.images) * report.losses.coordinates
    }
    return sums
  }

  @Test func theAnglesOfAnEpochDoNotDependOnTheBatchSize() throws {
    let sums = try epochSums(batchSize: 8)
    for batchSize in [1, 7, 57] {
      for (one, other) in zip(sums, try epochSums(batchSize: batchSize)) {
        #expect(abs(one / other - 1) < 1e-6, "batches of \(batchSize)")
      }
    }
    // Angles are drawn anew in each epoch, so that the losses differ.
    for (one, other) in [(0, 1), (0, 2), (1, 2)] { #expect(abs(sums[one] / sums[other] - 1) > 1e-4) }
  }

  @Test func heldOutImagesAreTransformedTheSameEachTime() throws {
    let run = try TinyRun.start(TinyRun.configuration(epochs: [0, 0, 3], learningRate: standstill))
    let heldOut = try TinyRun.finish(run).compactMap(\.heldOut)
    #expect(heldOut.count == 3)
    #expect(Set(heldOut).count == 1)
  }

  @Test func lossesAreMeansOverTheBatch() throws {
    let images = BlobImages()
    let run = try TinyRun.start(TinyRun.configuration(epochs: [1, 0, 0]), images: images)
    let network = try TypedAutoencoder(run.configuration.architecture, tensors: run.weights)
    let losses = try #require(try run.step()).losses
    let indices = images.removeReadIndices()
    #expect(indices.count == 8)
    let pass = BatchPass(network, capacity: indices.count)
    let rows = indices.indices
    for (row, index) in indices.enumerated() {
      images.withPixels(at: index) { pass.inputs.setRow(row, toPixels: $0) }
      pass.targetCodes.setRow(row, to: [1, 0])
    }
    pass.encode(rows: rows)
    pass.assemble(code: .truth, rows: rows)
    pass.targetsAreInputs = true
    pass.decode(rows: rows)
    var sum = 0.0
    for row in rows {
      for (output, target) in zip(pass.outputs.row(row), pass.inputs.row(row)) {
        sum += Double(output - target) * Double(output - target)
      }
    }
    #expect(abs(losses.reconstruction / (sum / (8 * 784)) - 1) < 1e-5)
    #expect(losses.total == losses.reconstruction)
    #expect(losses.coordinates == 0)
  }

  @Test func inputsTargetsAndCodesFollowThePhase() {
    let images = BlobImages()
    let configuration = TinyRun.configuration()
    let loader = BatchLoader(images: images, schema: .article, interpolation: .bilinear)
    let phases = configuration.recipe.phases
    // All phases draw what phase 2 draws, so that there is one turned image.
    let sampler = TransformSampler(configuration, purpose: .transforms, phase: 1, epoch: 0)
    func loaded(targetsAreInputs: Bool) -> [BatchPass] {
      phases.map { phase in
        let pass = BatchPass(TypedAutoencoder(configuration.architecture, seed: 1), capacity: 1)
        pass.targetsAreInputs = targetsAreInputs
        var order = BatchOrder(of: images, capacity: 1)
        order.sort([5], plan: phase.plan, sampler: sampler)
        loader.load(order, rows: 0..<1, sampler: sampler, plan: phase.plan, into: pass)
        return pass
      }
    }
    var angle = [0.0]
    sampler.draw(5, into: &angle)
    let upright = Formulas.image(5).map { Float($0) / 255 }
    let turned = turned(Formulas.image(5), by: angle[0])
    #expect(upright != turned)
    let angleCode = [Float(cos(angle[0])), Float(sin(angle[0]))]
    let neutralCode: [Float] = [1, 0]
    #expect(abs(angleCode[1]) > 0.1)
    for passes in [loaded(targetsAreInputs: false), loaded(targetsAreInputs: true)] {
      #expect(passes.map { $0.inputs.row(0) } == [upright, upright, turned])
      #expect(passes.map { $0.inputCodes.row(0) } == [neutralCode, neutralCode, angleCode])
      #expect(passes.map { $0.targetCodes.row(0) } == [neutralCode, angleCode, angleCode])
    }
    #expect(loaded(targetsAreInputs: false).map { $0.targets.row(0) } == [upright, turned, turned])
    // If the inputs of a batch are its targets, none are written.
    let nothing = [Float](repeating: 0, count: 784)
    #expect(loaded(targetsAreInputs: true).map { $0.targets.row(0) } == [nothing, nothing, nothing])
  }

  private func turned(_ pixels: [UInt8], by radians: Double) -> [Float] {
    let map = AffineMap.turn(by: Angle(radians: radians))
    let out = Matrix(rows: 1, columns: pixels.count)
    ImageSampler(width: 28, height: 28)
      .sample(
        pixels.span, through: (map.xx, map.xy, map.x0, map.yx, map.yy, map.y0), interpolation: .bilinear,
        into: out, row: 0)
    return out.row(0)
  }
}
