import Coordinates
import Datasets
import Goldens
import Networks
import Testing
import Training

@testable import Evaluation

/// The few figures by which moments of a run are compared: those of an evaluation of the same images.
@Suite struct QuickEvaluationTests {
  private static let examples = [
    EvaluationTests.article, EvaluationTests.nearest, EvaluationTests.limited, EvaluationTests.staged,
    EvaluationTests.untyped,
  ]

  @Test(arguments: examples)
  func resultsMatchTheFullEvaluation(example: EvaluationTests.Example) throws {
    let images = RepeatedImages(count: 5)
    let figures = try QuickEvaluation(of: example.model, on: images)
    let whole = try Evaluation.measure(example.model, on: images)
    #expect(
      abs(figures.error - whole.images.decodedFromUpright) < 1e-7 * max(1, whole.images.decodedFromUpright))
    #expect(figures.error > 0)
    #expect((figures.angle == nil) == (whole.angle == nil))
    if let angle = figures.angle, let errors = whole.angle?.errors {
      #expect(abs(angle.degrees - errors.mean.degrees) < 1e-3)
      #expect(angle.degrees > 0)
    }
  }

  @Test func onlyTheFirstImagesAreMeasured() throws {
    let model = EvaluationTests.article.model
    let first = try QuickEvaluation(of: model, on: RepeatedImages(count: 3))
    #expect(try QuickEvaluation(of: model, on: RepeatedImages(count: 7), count: 3) == first)
    #expect(try QuickEvaluation(of: model, on: RepeatedImages(count: 7), count: 4) != first)
    let many = BlobImages()
    _ = try QuickEvaluation(of: model, on: many)
    #expect(Set(many.removeReadIndices()) == Set(0..<48))
  }

  @Test func resultsAreReproducible() throws {
    let images = RepeatedImages(count: 4)
    let model = EvaluationTests.staged.model
    #expect(try QuickEvaluation(of: model, on: images) == QuickEvaluation(of: model, on: images))
    var other = model
    other.weights = TypedAutoencoder(model.architecture, seed: 6).tensors
    #expect(try QuickEvaluation(of: other, on: images) != QuickEvaluation(of: model, on: images))
  }

  @Test func weightsOfAnotherNetworkAreRefused() {
    var model = EvaluationTests.article.model
    model.weights.removeLast()
    #expect(throws: TensorMismatch.self) { try QuickEvaluation(of: model, on: RepeatedImages(count: 2)) }
  }
}
