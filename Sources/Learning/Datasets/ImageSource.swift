/// The size of every image: 28 × 28 pixels of one byte, 0 for background and 255 for ink, row by row.
public enum ImageShape {
  /// The number of pixels in a row.
  public static let width = 28
  /// The number of rows.
  public static let height = 28
  /// The number of pixels.
  public static let pixelCount = width * height
}

/// A random-access source of labelled images, usable from any thread.
public protocol ImageSource: Sendable {
  /// The number of images, at least one.
  var count: Int { get }

  /// The label of the image at `index`, an index into the data set's class names.
  func label(at index: Int) -> Int

  /// Runs `body` with the 784 pixels of the image at `index`.
  func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result

  /// Prefetches the image at `index`, which will be read soon.
  func prefetch(_ index: Int)
}

extension ImageSource {
  /// Does nothing.
  public func prefetch(_ index: Int) {}
}

/// A data set with its two splits.
public struct Dataset: Sendable {
  /// The short name, such as `mnist` or `digits`.
  public let name: String
  /// The display title.
  public let title: String
  /// The class names, by label.
  public let classNames: [String]
  /// The training images.
  public let training: any ImageSource
  /// The test images.
  public let test: any ImageSource
  /// The index of the test image to show first.
  public let opening: Int

  /// Creates a data set.
  public init(
    name: String, title: String, classNames: [String], training: any ImageSource, test: any ImageSource,
    opening: Int = 0
  ) {
    self.name = name
    self.title = title
    self.classNames = classNames
    self.training = training
    self.test = test
    self.opening = opening
  }
}

/// A part of a data set.
public enum Split: Sendable, Hashable, CaseIterable {
  /// The training images.
  case training
  /// The test images.
  case test
}
