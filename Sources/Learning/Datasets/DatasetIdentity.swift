import Primitives

/// The identity of a data set: the numbers of its images, and a fingerprint of images and labels.
public struct DatasetIdentity: Sendable, Hashable, Codable {
  /// The number of training images.
  public let trainingCount: Int
  /// The number of test images.
  public let testCount: Int
  /// The fingerprint of images and labels.
  public let fingerprint: String

  /// Computes the identity from every image of `dataset` or, to save time where images are generated, from
  /// one in `step`.
  public init(of dataset: Dataset, oneIn step: Int = 1) {
    precondition(step >= 1, "one image in \(step)")
    trainingCount = dataset.training.count
    testCount = dataset.test.count
    var fingerprint = Fingerprint()
    for images in [dataset.training, dataset.test] {
      for index in stride(from: 0, to: images.count, by: step) {
        fingerprint.add(UInt64(images.label(at: index) ?? Int.max))
        images.withPixels(at: index) { fingerprint.add($0) }
      }
    }
    self.fingerprint = fingerprint.text
  }
}
