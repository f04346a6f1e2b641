import Testing

@testable import Benchmarks

@Suite struct TrainingAgeTests {
  @Test func bothEpochsAreMeasured() throws {
    let age = try TrainingAge(
      imageCount: 512, lastEpoch: 3, window: 0.01, rounds: 3, threads: 2
    ).run { _ in }
    #expect(age.imagesPerEpoch == 512)
    #expect(age.lastEpoch == 3)
    #expect(age.firstImagesPerSecond > 0 && age.lastImagesPerSecond > 0)
    #expect(age.lastToFirst == age.lastImagesPerSecond / age.firstImagesPerSecond)
  }

  /// The report says which epoch a slow machine has reached.
  @Test func withoutTimeTheFirstEpochIsMeasured() throws {
    let age = try TrainingAge(
      imageCount: 512, lastEpoch: 3, mostSeconds: 0, window: 0.01, rounds: 3, threads: 1
    ).run { _ in }
    #expect(age.lastEpoch == 1)
  }

  @Test func theRatioToNothingIsUndefined() {
    let age = BenchmarkReport.Age(
      imagesPerEpoch: 1, lastEpoch: 5, firstImagesPerSecond: 0, lastImagesPerSecond: 1)
    #expect(age.lastToFirst == nil)
  }
}
