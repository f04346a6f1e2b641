import Datasets
import Goldens
import Testing

@testable import Training

@Suite struct HeldOutTests {
  @Test(arguments: [
    (0, 0), (1, 0), (4, 0), (5, 1), (20, 4), (99, 19), (1000, 200), (4999, 999), (5000, 1000), (60_000, 1000),
  ])
  func atMostAFifthIsHeldOutByDefault(images: Int, heldOut: Int) {
    #expect(TrainingConfiguration.defaultHeldOutCount(of: images) == heldOut)
  }

  @Test func aRunRecordsTheNumberAndResumesWithIt() throws {
    var configuration = TinyRun.configuration()
    configuration.heldOutCount = nil
    let run = try TrainingRun(configuration, images: BlobImages(), threads: 1)
    #expect(run.configuration.heldOutCount == 12)
    #expect(run.imageCount == 48)
    _ = try run.step()
    let resumed = try TrainingRun(run.state, images: BlobImages(), threads: 1)
    #expect(resumed.configuration == run.configuration)
    #expect(resumed.state == run.state)
  }

  /// A run on images sorted by class is that on images whose last ones are some of each class.
  @Test func sortedImagesAreHeldOutByClass() throws {
    let sorted = StoredImages(
      pixels: (0..<40).flatMap { index in (0..<784).map { UInt8(($0 * (index + 3)) % 251) } },
      labels: (0..<40).map { UInt8($0 / 10) })
    let configuration = TinyRun.configuration(epochs: [1, 0, 0], heldOutCount: 8)
    func weights(_ images: any ImageSource) throws -> [[UInt32]] {
      let run = try TrainingRun(configuration, images: images, threads: 1)
      _ = try TinyRun.finish(run)
      return TinyRun.bits(run.weights)
    }
    let arranged = HeldOutOrder.arranged(sorted, heldOut: 8)
    #expect((32..<40).compactMap(arranged.label).sorted() == [0, 0, 1, 1, 2, 2, 3, 3])
    #expect(try weights(sorted) == weights(arranged))
    var former = configuration
    former.ordersHeldOut = false
    let run = try TrainingRun(former, images: sorted, threads: 1)
    _ = try TinyRun.finish(run)
    #expect(try TinyRun.bits(run.weights) != weights(sorted))
  }

  /// Explicit numbers are held out, if possible.
  @Test func anExplicitNumberIsKept() throws {
    let run = try TinyRun.start(TinyRun.configuration(heldOutCount: 50))
    #expect(run.imageCount == 10)
    #expect(
      "\(TrainingError.tooFewImages(count: 20, heldOut: 1000, batchSize: 8))"
        == "1000 images cannot be held out of 20 training images")
  }
}
