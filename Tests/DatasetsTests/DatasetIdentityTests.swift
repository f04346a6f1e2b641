import Primitives
import Testing

@testable import Datasets

@Suite struct DatasetIdentityTests {
  private func dataset(
    changing pixel: Int? = nil, label: Int? = nil, training: Int = 6, test: Int = 3
  ) -> Dataset {
    func images(_ count: Int, _ offset: Int) -> StoredImages {
      var pixels = (0..<count * ImageShape.mnist.pixelCount).map {
        UInt8(truncatingIfNeeded: $0 / 5 + offset)
      }
      var labels = (0..<count).map { UInt8($0 % 10) }
      if offset == 0, let pixel { pixels[pixel] ^= 1 }
      if offset == 0, let label { labels[label] += 1 }
      return StoredImages(pixels: pixels, labels: labels)
    }
    return Dataset(
      name: "name", title: "title", classNames: [], training: images(training, 0), test: images(test, 9))
  }

  @Test func pixelsLabelsAndCountsDetermineIdentity() {
    let identity = DatasetIdentity(of: dataset())
    #expect(identity.trainingCount == 6 && identity.testCount == 3)
    #expect(DatasetIdentity(of: dataset()) == identity)
    for other in [
      dataset(changing: 0), dataset(changing: 6 * 784 - 1), dataset(label: 2), dataset(training: 5),
      dataset(test: 4),
    ] {
      #expect(DatasetIdentity(of: other) != identity)
    }
  }

  @Test func someOfTheImagesTellDrawnSetsApart() {
    let identity = DatasetIdentity(of: Digits.dataset(), oneIn: 20_000)
    #expect(DatasetIdentity(of: Digits.dataset(), oneIn: 20_000) == identity)
    #expect(DatasetIdentity(of: Digits.dataset(seed: 2), oneIn: 20_000) != identity)
  }
}
