import Coordinates
import Datasets
import Primitives
import Testing

@testable import Training

@Suite struct BatchOrderTests {
  /// Images whose class is their number's last digit.
  private struct Numbered: ImageSource {
    let shape = ImageShape.mnist
    let count = 100
    func label(at index: Int) -> Int? { index % 10 }
    func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
      body([UInt8](repeating: 0, count: ImageShape.mnist.pixelCount).span)
    }
  }

  private let sampler = TransformSampler(TinyRun.configuration(), purpose: .transforms, phase: 0, epoch: 0)
  private let plans = Recipe.article().phases.map(\.plan)

  @Test func uprightImagesAreSortedByClass() {
    var order = BatchOrder(of: Numbered(), capacity: 5)
    order.sort([31, 12, 20, 11, 52], plan: plans[0], sampler: sampler)
    #expect(order.indices == [20, 11, 31, 12, 52])
    #expect(order.groups == [0..<5])
  }

  @Test(arguments: [1, 2])
  func transformedImagesAreSortedByTheirFirstValue(phase: Int) {
    var order = BatchOrder(of: Numbered(), capacity: 40)
    let batch = Array(0..<40)
    // Twice, as the memory is used again.
    order.sort([7, 8], plan: plans[0], sampler: sampler)
    order.sort(batch[...], plan: plans[phase], sampler: sampler)
    #expect(order.indices.sorted() == batch)
    let angles = order.indices.map { index in
      var values = [0.0]
      sampler.draw(index, into: &values)
      return values[0]
    }
    #expect(angles == angles.sorted())
    #expect(order.indices != batch)
  }
}
