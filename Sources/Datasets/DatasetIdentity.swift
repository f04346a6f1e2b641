import Primitives

/// What tells one data set from another: how many images it has, and what they and their labels are.
public struct DatasetIdentity: Sendable, Hashable, Codable {
  /// How many images there are to learn from.
  public let trainingCount: Int
  /// How many images there are to measure with.
  public let testCount: Int
  /// The fingerprint of images and labels.
  public let fingerprint: String

  /// Looks at every image of `dataset` or, to save time where images are drawn by formula, at one in `step`.
  public init(of dataset: Dataset, oneIn step: Int = 1) {
    precondition(step >= 1, "one image in \(step)")
    trainingCount = dataset.training.count
    testCount = dataset.test.count
    var fingerprint = Fingerprint()
    for images in [dataset.training, dataset.test] {
      for index in stride(from: 0, to: images.count, by: step) {
        fingerprint.add(UInt64(images.label(at: index)))
        images.withPixels(at: index) { fingerprint.add($0) }
      }
    }
    self.fingerprint = fingerprint.text
  }
}
