/// The size of every image: 28 by 28 pixels of one byte, 0 for background and 255 for ink, row by row.
public enum ImageShape {
  /// Pixels in a row.
  public static let width = 28
  /// Rows.
  public static let height = 28
  /// Pixels in an image.
  public static let pixelCount = width * height
}

/// Images with labels that can be read by number from any thread.
public protocol ImageSource: Sendable {
  /// How many images there are, at least one.
  var count: Int { get }

  /// The class of the image at `index`, a position in the data set's class names.
  func label(at index: Int) -> Int

  /// Runs `body` with the 784 pixels of the image at `index`.
  func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result

  /// Says that the image at `index` will be read soon, so that memory can bring it near.
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
  /// What a person reads above the pictures.
  public let title: String
  /// The name of each class, by label.
  public let classNames: [String]
  /// The images to learn from.
  public let training: any ImageSource
  /// The images to measure with.
  public let test: any ImageSource
  /// The test image that makes a good first sight.
  public let opening: Int

  /// Puts two splits under one name.
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
