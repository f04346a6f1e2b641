import Kernels
import Primitives

/// Images in memory.
public struct StoredImages: ImageSource {
  /// The shape of every image.
  public let shape: ImageShape
  private let pixels: [UInt8]
  private let labels: [UInt8?]
  private let factorValues: [Float]
  private let factorCount: Int

  /// Stores images and their labels.
  ///
  /// - Parameters:
  ///   - pixels: the values of all images, `shape.valueCount` each, plane by plane.
  ///   - labels: the label of each image; nil without one.
  ///   - factors: the values of the factors of each image, image by image.
  public init(shape: ImageShape = .mnist, pixels: [UInt8], labels: [UInt8?], factors: [Float] = []) {
    precondition(!labels.isEmpty, "a data set needs at least one image")
    precondition(
      pixels.count == labels.count * shape.valueCount,
      "\(pixels.count) values do not make \(labels.count) images of \(shape.valueCount)")
    precondition(
      factors.count % labels.count == 0, "\(factors.count) values of factors for \(labels.count) images")
    self.shape = shape
    self.pixels = pixels
    self.labels = labels
    factorValues = factors
    factorCount = factors.count / labels.count
  }

  /// The number of images.
  public var count: Int { labels.count }

  /// The label of the image at `index`; nil without one.
  public func label(at index: Int) -> Int? { labels[index].map(Int.init) }

  /// The values of the factors of the image at `index`.
  public func factors(at index: Int) -> [Float] {
    Array(factorValues[index * factorCount..<(index + 1) * factorCount])
  }

  /// Runs `body` with the values of the image at `index`.
  public func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let start = index * shape.valueCount
    return body(pixels.span.extracting(start..<start + shape.valueCount))
  }

  /// Prefetches the image at `index`: images in random order are not in the cache.
  public func prefetch(_ index: Int) { withPixels(at: index) { Kernels.prefetch($0) } }
}
