import Testing

@testable import Training

@Suite struct ThroughputTests {
  @Test func imagesPerSecond() {
    var throughput = Throughput(window: 3)
    #expect(throughput.imagesPerSecond == nil)
    throughput.add(images: 100, at: 10)
    // When the first batch began is not known.
    #expect(throughput.imagesPerSecond == nil)
    throughput.add(images: 30, at: 10.5)
    #expect(throughput.imagesPerSecond == 60)
    throughput.add(images: 50, at: 11)
    #expect(throughput.imagesPerSecond == 80)
  }

  @Test func aStoppedClockGivesNoRate() {
    var throughput = Throughput()
    throughput.add(images: 1, at: 5)
    throughput.add(images: 1, at: 5)
    #expect(throughput.imagesPerSecond == nil)
  }

  @Test func oldSamplesAreDropped() {
    var throughput = Throughput(window: 3)
    throughput.add(images: 1, at: 0)
    throughput.add(images: 1000, at: 1)
    throughput.add(images: 10, at: 2)
    throughput.add(images: 10, at: 3)
    throughput.add(images: 10, at: 4.5)
    #expect(throughput.imagesPerSecond == 20 / 2.5)
  }

  /// Two batches are kept however long they take.
  @Test func slowBatchesHaveARate() {
    var throughput = Throughput(window: 3)
    throughput.add(images: 8, at: 0)
    throughput.add(images: 8, at: 100)
    #expect(throughput.imagesPerSecond == 0.08)
  }

  @Test func aPauseIsNotCounted() {
    var throughput = Throughput()
    throughput.add(images: 10, at: 0)
    throughput.add(images: 10, at: 1)
    throughput.restart()
    #expect(throughput.imagesPerSecond == nil)
    throughput.add(images: 10, at: 1000)
    throughput.add(images: 10, at: 1000.5)
    #expect(throughput.imagesPerSecond == 20)
  }

  /// Two, one and two epochs of 57 images in batches of 8.
  private static let remaining: [(TrainingPosition, Int)] = [
    (TrainingPosition(), 285), (TrainingPosition(batch: 3), 261),
    (TrainingPosition(epoch: 1, batch: 7), 172), (TrainingPosition(phase: 1), 171),
    (TrainingPosition(phase: 2, epoch: 1, batch: 7), 1), (TrainingPosition(phase: 3), 0),
  ]

  @Test(arguments: remaining)
  func remainingImages(position: TrainingPosition, images: Int) {
    let recipe = TinyRun.configuration().recipe
    #expect(recipe.remainingImages(from: position, imageCount: 57) == images)
  }
}
