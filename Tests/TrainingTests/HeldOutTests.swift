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

  /// Explicit numbers are held out, if possible.
  @Test func anExplicitNumberIsKept() throws {
    let run = try TinyRun.start(TinyRun.configuration(heldOutCount: 50))
    #expect(run.imageCount == 10)
    #expect(
      "\(TrainingError.tooFewImages(count: 20, heldOut: 1000, batchSize: 8))"
        == "1000 images cannot be held out of 20 training images")
  }
}
