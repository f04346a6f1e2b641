import Coordinates
import Kernels
import Primitives
import Testing

@testable import Networks

/// The outputs of a staged encoder's first stages, which are all of its outputs in a new network, whose
/// residual is zero.
@Suite struct StagePassTests {
  private let architecture = NetworkArchitecture(
    schema: CoordinateSchema(typed: [.rotation], freeCount: 2), hidden: [8, 6], encoder: .staged,
    decoder: .warp, imageShape: ImageShape(width: 16, height: 16))

  /// A random image and the same turned by quarter turns, counter-clockwise.
  private func turnedImages(seed: UInt64) -> [[Float]] {
    var stream = RandomStream(seed: seed, [97])
    var images = [(0..<256).map { _ in Float(stream.uniform()) }]
    for _ in 1..<4 {
      let last = images[images.count - 1]
      images.append((0..<256).map { place in last[place % 16 * 16 + 15 - place / 16] })
    }
    return images
  }

  /// The code that is read from each of `images`.
  private func codes(_ images: [[Float]], seed: UInt64, learns: Bool, kernels: KernelVariant) -> [[Float]] {
    let pass = BatchPass(
      TypedAutoencoder(architecture, seed: seed), capacity: images.count, kernels: kernels)
    for (row, image) in images.enumerated() { pass.inputs.setRow(row, to: image) }
    pass.encode(rows: images.indices, learns: learns)
    return images.indices.map(pass.encodedCodes.row)
  }

  /// The outputs of one encoding of each of `images`.
  private func logits(_ images: [[Float]], seed: UInt64, kernels: KernelVariant) throws -> [[Float]] {
    let pass = BatchPass(
      TypedAutoencoder(architecture, seed: seed), capacity: images.count, kernels: kernels)
    for (row, image) in images.enumerated() { pass.inputs.setRow(row, to: image) }
    pass.encode(rows: images.indices, learns: true)
    let compass = try #require(pass.codeEncoder.chains.last)
    return images.indices.map(compass.output.row)
  }

  /// The first look counts for half and each look at the image turned back by so many quarters for a sixth,
  /// its bins so many quarters further on.
  @Test(arguments: KernelVariant.available, [1, 2, 3] as [UInt64])
  func testTimeAugmentationIsCounted(kernels: KernelVariant, seed: UInt64) throws {
    let images = turnedImages(seed: seed)
    let looks = try logits(images, seed: seed, kernels: kernels)
    let found = codes(images, seed: seed, learns: false, kernels: kernels)
    for first in images.indices {
      let sum = Matrix(rows: 1, columns: Compass.binCount)
      for bin in 0..<Compass.binCount {
        sum[0, bin] = looks[first][bin] / 2
        for quarter in 1...3 {
          // Turned back by a quarter is the image before.
          let look = looks[(first + 4 - quarter) % 4]
          sum[0, bin] += look[(bin + 72 - 18 * quarter) % 72] / 6
        }
      }
      let expected = Compass.answer(of: sum, row: 0).direction
      #expect(abs(found[first][0] - expected.x) < 1e-4)
      #expect(abs(found[first][1] - expected.y) < 1e-4)
    }
  }

  /// Learning takes one look, whose answer is the compass's own.
  @Test(arguments: KernelVariant.available, [1, 2, 3] as [UInt64])
  func trainingEncodesOnce(kernels: KernelVariant, seed: UInt64) {
    let images = turnedImages(seed: seed)
    var reference = DoubleNetwork(TypedAutoencoder(architecture, seed: seed))
    let inputs = images.map { $0.map(Double.init) }
    let nothing = [[Double]](repeating: [], count: inputs.count)
    let stages = reference.stages(
      DoubleNetwork.Batch(
        inputs: inputs, targets: nothing, inputCodes: nothing, targetCodes: nothing,
        groups: [Int](repeating: 0, count: inputs.count)))
    let found = codes(images, seed: seed, learns: true, kernels: kernels)
    for (code, expected) in zip(found, stages.map(\.code)) {
      for (one, other) in zip(code, expected) { #expect(abs(Double(one) - other) < 1e-4) }
    }
    #expect(found != codes(images, seed: seed, learns: false, kernels: kernels))
  }
}
