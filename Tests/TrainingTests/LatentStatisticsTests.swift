import Goldens
import Networks
import Testing

@testable import Training

@Suite struct LatentStatisticsTests {
  @Test func handMadeNumbers() {
    let statistics = LatentStatistics(of: [4, 2, 4, 5, 4, 7, 5, 9])
    #expect(statistics.mean == 5)
    #expect(abs(statistics.deviation - 2) < 1e-12)
    #expect(statistics.percentiles[3] == 4.5)
  }

  /// Of 0, 1, …, 100 the percentile p is p itself, in whatever order they come.
  @Test func percentilesOfAHundredSteps() {
    let statistics = LatentStatistics(of: (0...100).reversed().map(Float.init))
    for (found, expected) in zip(statistics.percentiles, LatentStatistics.percents) {
      #expect(abs(found - expected) < 1e-9)
    }
    #expect(statistics.low == statistics.percentiles[0])
    #expect(statistics.high == statistics.percentiles[6])
    // Between two numbers a percentile stands where it falls.
    #expect(LatentStatistics(of: [10, 20]).percentiles == [10.1, 10.5, 12.5, 15, 17.5, 19.5, 19.9])
  }

  @Test func fractionsOfTheDistribution() {
    let statistics = LatentStatistics(of: (0...100).map(Float.init))
    for fraction in [0.01, 0.03, 0.05, 0.2, 0.5, 0.83, 0.99] {
      #expect(abs(statistics.value(atFraction: fraction) - 100 * fraction) < 1e-9)
    }
    #expect(statistics.value(atFraction: 0) == statistics.low)
    #expect(statistics.value(atFraction: 1) == statistics.high)
  }

  @Test func oneNumberIsAllOfIt() {
    let statistics = LatentStatistics(of: [3])
    #expect(statistics.mean == 3)
    #expect(statistics.deviation == 0)
    #expect(statistics.percentiles == Array(repeating: 3, count: 7))
  }

  private func model() -> TypedModel {
    let configuration = TinyRun.configuration()
    return TypedModel(
      architecture: configuration.architecture, weights: TrainingState(configuration).weights,
      details: ModelDetails())
  }

  /// More images than a pass holds at once are read as one by one.
  @Test func outputsMatchThoseOfSingleImages() throws {
    let images = RepeatedImages(count: 150)
    var model = model()
    try model.storeEncoderOutputs(of: images, count: 140)
    let inference = try Inference(model)
    #expect(model.details.encoderOutputs.count == 140)
    for index in [0, 1, 127, 128, 139] {
      let stored = model.details.encoderOutputs[index]
      let reading = inference.encode(RepeatedImages.pixels(index).map { Float($0) / 255 })
      #expect(stored.index == index)
      #expect(stored.label == index % 10)
      #expect(stored.values == reading.values)
      #expect(stored.latents == reading.latents)
    }
    try model.measureLatents(over: images, count: 140)
    #expect(model.details.statistics.count == 5)
    for latent in 0..<5 {
      let values = model.details.encoderOutputs.map { $0.latents[latent] }
      #expect(model.details.statistics[latent] == LatentStatistics(of: values))
    }
  }

  @Test func fewerImagesThanAskedForAreAll() throws {
    var model = model()
    try model.storeEncoderOutputs(of: RepeatedImages(count: 3))
    #expect(model.details.encoderOutputs.map(\.index) == [0, 1, 2])
  }

  @Test func weightsThatDoNotFitAreAnError() {
    var model = model()
    model.weights.removeLast()
    #expect(throws: TensorMismatch.self) { try model.measureLatents(over: BlobImages()) }
  }
}
