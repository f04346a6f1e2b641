import Primitives

/// A range of a source's images as a source.
public struct ImageSlice: ImageSource {
  private let source: any ImageSource
  private let range: Range<Int>

  /// Creates the source of a nonempty range of images.
  public init(of source: any ImageSource, _ range: Range<Int>) {
    precondition(
      !range.isEmpty && range.lowerBound >= 0 && range.upperBound <= source.count,
      "images \(range) of \(source.count)")
    self.source = source
    self.range = range
  }

  /// The number of images.
  public var count: Int { range.count }

  /// The shape of every image.
  public var shape: ImageShape { source.shape }

  /// The label of the image at `index`; nil without one.
  public func label(at index: Int) -> Int? { source.label(at: range.lowerBound + index) }

  /// The values of the factors of the image at `index`.
  public func factors(at index: Int) -> [Float] { source.factors(at: range.lowerBound + index) }

  /// Runs `body` with the values of the image at `index`.
  public func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    source.withPixels(at: range.lowerBound + index, body)
  }

  /// Prefetches the image at `index`.
  public func prefetch(_ index: Int) { source.prefetch(range.lowerBound + index) }
}
