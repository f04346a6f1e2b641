import Primitives
import Testing

@testable import Datasets

@Suite struct DigitsTests {
  @Test func dataSetIsNamedAndSizedAsMNIST() {
    let dataset = Digits.dataset()
    #expect(dataset.name == "digits")
    #expect(dataset.title == "built-in digits (drawn, not MNIST)")
    #expect(dataset.classNames == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
    #expect(dataset.training.count == 60_000)
    #expect(dataset.test.count == 10_000)
  }

  @Test func anImageDependsOnItsNumberAlone() {
    let forwards = Digits.dataset(seed: 5).training
    let backwards = Digits.dataset(seed: 5).training
    let indices = [0, 1, 2, 255, 256, 30_000, 59_999]
    let images = indices.map { pixels(of: forwards, at: $0) }
    #expect(indices.reversed().map { pixels(of: backwards, at: $0) } == images.reversed())
    #expect(indices.map { pixels(of: forwards, at: $0) } == images)
    #expect(Set(images).count == images.count)
  }

  @Test func seedsAndSplitsHaveDifferentImages() {
    let (first, second) = (Digits.dataset(seed: 1), Digits.dataset(seed: 2))
    for index in 0..<10 {
      let image = pixels(of: first.training, at: index)
      #expect(pixels(of: second.training, at: index) != image)
      #expect(pixels(of: first.test, at: index) != image)
    }
  }

  @Test func classesAreEquallyLikely() throws {
    let test = Digits.dataset().test
    var counts = [Int](repeating: 0, count: 10)
    for index in 0..<test.count { counts[try #require(test.label(at: index))] += 1 }
    // Four deviations of a binomial distribution with 10,000 draws and a probability of one in ten.
    #expect(counts.allSatisfy { abs($0 - 1_000) < 120 }, "\(counts)")
  }

  @Test func manyReadersSeeTheSameBytes() async {
    let alone = Digits.dataset(seed: 3).training
    let expected = (0..<40).map { pixels(of: alone, at: $0) }
    let shared = Digits.dataset(seed: 3).training
    await withTaskGroup(of: Bool.self) { group in
      for reader in 0..<8 {
        group.addTask {
          (0..<40).allSatisfy { step in
            let index = (step + 5 * reader) % 40
            return pixels(of: shared, at: index) == expected[index]
          }
        }
      }
      for await agreed in group { #expect(agreed) }
    }
  }

  /// The bundled models have learned from exactly these images: a change requires new models.
  /// A few grey levels are left for platforms whose sine rounds differently.
  @Test func imagesMatchRecordedSums() {
    let training = Digits.dataset(seed: 1).training
    #expect((0..<8).map { training.label(at: $0) } == [8, 0, 0, 0, 3, 3, 2, 4])
    let sums = (0..<8).map { index in pixels(of: training, at: index).reduce(0) { $0 + Int($1) } }
    let expected = [35166, 33489, 25246, 25830, 21224, 32394, 31355, 31497]
    #expect(zip(sums, expected).allSatisfy { abs($0 - $1) <= 4 }, "\(sums)")
  }
}

/// A copy of the pixels at `index`.
func pixels(of source: any ImageSource, at index: Int) -> [UInt8] {
  source.withPixels(at: index) { span in span.indices.map { span[$0] } }
}
