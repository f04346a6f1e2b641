import Datasets
import Kernels
import Networks
import Testing
import Training

@testable import Benchmarks

@Suite struct TrainingLimitTests {
  private let slow = TrainingLimit(peakGflops: 1e-3, variant: .best)

  /// The backbone has 233,472 weights, 200,704 of them in its first layer, the heads 640 and 256, the decoder
  /// 234,368, 896 of them in its first layer.
  @Test func theArticlesPhasesNeedTheMultiplyAddsOfTheirPasses() {
    let (architecture, recipe) = (NetworkArchitecture.article, Recipe.article())
    let work = recipe.phases.map {
      architecture.trainingMultiplyAdds($0.plan, latentsAreGiven: recipe.hasConstantLatents(in: $0))
    }
    #expect(work == [2 * 468_480 + 267_776, 2 * 234_368 + 233_472, 4 * 234_368 + 33_664])
    #expect(recipe.phases.map { architecture.learningWeights($0.plan) } == [468_480, 234_368, 234_368])
  }

  /// A staged encoder's first stages learn too, so that only layers on images have no input gradient.
  @Test func theRotationPresetNeedsThreePassesButForLayersOnImages() throws {
    let preset = try #require(Preset.named("rotation"))
    let layers = preset.architecture.layers
    let onImages = layers.filter { $0.inputs == preset.architecture.valueCount }
    #expect(onImages.count == 2)
    let weights = layers.reduce(0) { $0 + $1.inputs * $1.outputs }
    #expect(
      preset.architecture.trainingMultiplyAdds(preset.recipe.phases[0].plan)
        == 3 * weights - onImages.reduce(0) { $0 + $1.inputs * $1.outputs })
  }

  @Test func aSlowCoreIsLimitedByItsMultiplyAdds() {
    let recipe = Recipe.article()
    let limit = slow.imagesPerSecond(.article, recipe, recipe.phases[0])
    #expect(abs(limit / (1e6 / (2 * 1_204_736)) - 1) < 0.01)
  }

  @Test func aFastCoreIsLimitedByItsOptimizer() {
    let recipe = Recipe.article()
    let fast = TrainingLimit(peakGflops: 1e9, variant: .best)
    let speed = fast.imagesPerSecond(.article, recipe, recipe.phases[0])
    // Both measure the step anew, on a machine that may be busy.
    let ratio = speed * fast.updateSeconds(weights: 468_480) / Double(recipe.batchSize)
    #expect((0.1...10).contains(ratio))
  }

  @Test func aWholeRecipeIsTrainedToItsEnd() throws {
    let images = ImageSlice(of: Digits.dataset().training, 0..<512)
    let subject = TrainingSubject("article", images, window: 0)
    let whole = try WholeRecipes.measure(subject, threads: 1, limits: slow.imagesPerSecond(subject))
    #expect(whole.phase == "article" && whole.threads == 1)
    #expect(whole.imagesPerSecond > 0 && whole.limitImagesPerSecond > 0)
    #expect(whole.fractionOfLimit == whole.imagesPerSecond / whole.limitImagesPerSecond)
    #expect(whole.lastToFirst.count == 3 && whole.lastToFirst.allSatisfy { ($0 ?? 0) > 0 })
  }
}
