import Coordinates
import Datasets
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
      orders.append(images.takeRead())
    }
    for order in orders { #expect(order.sorted() == Array(0..<60)) }
    #expect(Set(orders + [Array(0..<60)]).count == 4)
  }

  @Test func heldOutImagesAreReadAtTheEndOfAnEpochOnly() throws {
    let images = BlobImages()
    let run = try TinyRun.start(TinyRun.configuration(epochs: [1, 0, 0]), images: images)
    for _ in 0..<TinyRun.batchesPerEpoch - 1 { _ = try run.step() }
    #expect(images.takeRead().allSatisfy { $0 < 57 })
    _ = try run.step()
    let last = images.takeRead()
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
    let indices = images.takeRead()
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
    pass.decode(rows: rows, weight: 1, batch: rows.count)
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
    let architecture = NetworkArchitecture(schema: .article, hidden: [16, 8])
    let pass = BatchPass(TypedAutoencoder(architecture, seed: 1), capacity: 3)
    let loader = BatchLoader(images: images, schema: .article, interpolation: .bilinear)
    let quarter = [Double.pi / 2]
    let phases = Recipe.article().phases
    for (row, phase) in phases.enumerated() {
      loader.load(5, values: quarter, phase: phase, into: pass, row: row)
    }
    let upright = pass.inputs.row(0)
    let turned = (0..<784).map { (place: Int) -> Float in upright[place % 28 * 28 + 27 - place / 28] }
    #expect(upright != turned)
    #expect((0..<3).map(pass.inputs.row) == [upright, upright, turned])
    // Where input and target are the same, the target is not written.
    let nothing = [Float](repeating: 0, count: 784)
    #expect((0..<3).map(pass.targets.row) == [nothing, turned, nothing])
    let quarterCode = CoordinateSchema.article.code(of: quarter)
    let neutralCode: [Float] = [1, 0]
    #expect(abs(quarterCode[0]) < 1e-7 && quarterCode[1] == 1)
    #expect((0..<3).map(pass.inputCodes.row) == [neutralCode, neutralCode, quarterCode])
    #expect((0..<3).map(pass.targetCodes.row) == [neutralCode, quarterCode, quarterCode])
  }
}
