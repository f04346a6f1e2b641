import Kernels

/// Images in memory.
public struct StoredImages: ImageSource {
  private let pixels: [UInt8]
  private let labels: [UInt8]

  /// Stores `[labels.count, 784]` bytes of pixels, row by row, and the labels.
  public init(pixels: [UInt8], labels: [UInt8]) {
    precondition(!labels.isEmpty, "a data set needs at least one image")
    precondition(
      pixels.count == labels.count * ImageShape.pixelCount,
      "\(pixels.count) pixels do not make \(labels.count) images of \(ImageShape.pixelCount)")
    self.pixels = pixels
    self.labels = labels
  }

  /// The number of images.
  public var count: Int { labels.count }

  /// The label of the image at `index`.
  public func label(at index: Int) -> Int { Int(labels[index]) }

  /// Runs `body` with the 784 pixels of the image at `index`.
  public func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let start = index * ImageShape.pixelCount
    return body(pixels.span.extracting(start..<start + ImageShape.pixelCount))
  }

  /// Prefetches the image at `index`: images in random order are not in the cache.
  public func prefetch(_ index: Int) { withPixels(at: index) { Kernels.prefetch($0) } }
}
