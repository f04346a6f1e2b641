import Primitives
import Testing

@testable import Datasets

/// Holds drawn digits against figures of MNIST. The error of principal components and the accuracy of nearest
/// neighbours take too long here; `Tests/Reference/digits_against_mnist.py` measures them.
@Suite struct DigitsAgainstMNISTTests {
  /// Of all pixels of MNIST's 60,000 training images, divided by 255, computed with numpy.
  private static let mean = 0.1307
  private static let deviation = 0.3081
  /// The mean ink of each class in MNIST's training images, as a fraction of full ink.
  private static let classMeans = [
    0.1734, 0.0760, 0.1490, 0.1415, 0.1214, 0.1287, 0.1373, 0.1145, 0.1502, 0.1226,
  ]

  /// Drawn once for all tests.
  private static let sample = {
    let training = Digits.dataset().training
    return (0..<1_000).map { (label: training.label(at: $0) ?? -1, pixels: pixels(of: training, at: $0)) }
  }()
  private let labels = Self.sample.map(\.label)
  private let images = Self.sample.map(\.pixels)

  @Test func pixelsHaveTheMeanAndDeviationOfMNIST() {
    var (sum, squares) = (0, 0)
    for image in images {
      for pixel in image where pixel > 0 {
        sum += Int(pixel)
        squares += Int(pixel) * Int(pixel)
      }
    }
    let count = Double(images.count * ImageShape.mnist.pixelCount)
    let mean = Double(sum) / 255 / count
    let deviation = (Double(squares) / (255 * 255) / count - mean * mean).squareRoot()
    #expect(abs(mean / Self.mean - 1) < 0.1, "\(mean)")
    #expect(abs(deviation / Self.deviation - 1) < 0.1, "\(deviation)")
  }

  @Test(arguments: 0...9) func everyClassHasTheInkOfMNIST(label: Int) {
    let inks = zip(labels, images).filter { $0.0 == label }.map { ink(of: $0.1) }
    let mean = inks.reduce(0, +) / Double(inks.count)
    #expect(abs(mean / Self.classMeans[label] - 1) < 0.25, "\(mean)")
  }

  @Test func inkFillsABoxOfTwentyPixels() {
    for image in images {
      let inked = image.indices.filter { image[$0] > 0 }
      let rows = inked.map { $0 / ImageShape.mnist.width }
      let columns = inked.map { $0 % ImageShape.mnist.width }
      let height = (rows.max() ?? 0) - (rows.min() ?? 0) + 1
      let width = (columns.max() ?? 0) - (columns.min() ?? 0) + 1
      #expect((19...20).contains(max(height, width)), "\(width) by \(height)")
    }
  }

  @Test func massIsCentredOnWholePixels() {
    for image in images {
      var (mass, momentX, momentY) = (0, 0, 0)
      for (index, pixel) in image.enumerated() where pixel > 0 {
        mass += Int(pixel)
        momentX += Int(pixel) * (index % ImageShape.mnist.width)
        momentY += Int(pixel) * (index / ImageShape.mnist.width)
      }
      #expect(abs(Double(momentX) / Double(mass) - 14) <= 0.51)
      #expect(abs(Double(momentY) / Double(mass) - 14) <= 0.51)
    }
  }

  @Test func imagesMatchTheirLabels() {
    let (learned, measured) = (0..<800, 800..<1_000)
    let means = (0...9).map { label in
      let members = learned.filter { labels[$0] == label }
      return (0..<ImageShape.mnist.pixelCount).map { pixel in
        members.reduce(0) { $0 + Int(images[$1][pixel]) } / members.count
      }
    }
    let right = measured.filter { index in
      let distances = means.map { mean in
        zip(mean, images[index]).reduce(0) { $0 + ($1.0 - Int($1.1)) * ($1.0 - Int($1.1)) }
      }
      return distances.firstIndex(of: distances.min() ?? 0) == labels[index]
    }
    #expect(right.count > 140, "\(right.count) of \(measured.count)")
  }

  private func ink(of image: [UInt8]) -> Double {
    Double(image.reduce(0) { $0 + Int($1) }) / Double(255 * ImageShape.mnist.pixelCount)
  }
}
