import Primitives

/// A random-access source of labelled images, usable from any thread.
public protocol ImageSource: Sendable {
  /// The number of images, at least one.
  var count: Int { get }

  /// The shape of every image.
  var shape: ImageShape { get }

  /// The label of the image at `index`, an index into the data set's class names; nil without a label.
  func label(at index: Int) -> Int?

  /// The values of the data set's factors for the image at `index`; NaN where one is unknown.
  func factors(at index: Int) -> [Float]

  /// Runs `body` with the values of the image at `index`, plane by plane.
  func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result

  /// Prefetches the image at `index`, which will be read soon.
  func prefetch(_ index: Int)
}

extension ImageSource {
  /// No factors.
  public func factors(at index: Int) -> [Float] { [] }

  /// Does nothing.
  public func prefetch(_ index: Int) {}

  /// A copy of the values of the image at `index`, plane by plane.
  public func pixels(at index: Int) -> [UInt8] {
    withPixels(at: index) { pixels in pixels.indices.map { pixels[$0] } }
  }
}

/// A property of images that a data set states as a number for each image.
public struct Factor: Sendable, Hashable {
  /// The name, such as `scale`.
  public let name: String
  /// The unit, such as `°`; empty without one.
  public let unit: String
  /// The period of a cyclic factor, in its unit; nil for others.
  public let period: Float?

  /// Creates a description of a factor.
  public init(name: String, unit: String = "", period: Float? = nil) {
    (self.name, self.unit, self.period) = (name, unit, period)
  }
}

/// A data set with its two splits.
public struct Dataset: Sendable {
  /// The short name, such as `mnist` or `digits`.
  public let name: String
  /// The display title.
  public let title: String
  /// The class names, by label; empty without labels.
  public let classNames: [String]
  /// The factors whose values the images state.
  public let factors: [Factor]
  /// The training images.
  public let training: any ImageSource
  /// The test images.
  public let test: any ImageSource
  /// The index of the test image to show first.
  public let opening: Int

  /// The shape of every image.
  public var shape: ImageShape { test.shape }

  /// Creates a data set from splits of one shape.
  public init(
    name: String, title: String, classNames: [String], factors: [Factor] = [], training: any ImageSource,
    test: any ImageSource, opening: Int = 0
  ) {
    precondition(training.shape == test.shape, "\(training.shape) and \(test.shape) in one data set")
    self.name = name
    self.title = title
    self.classNames = classNames
    self.factors = factors
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
