/// Some images of a source that follow each other, as a source of their own.
public struct ImageSlice: ImageSource {
  private let source: any ImageSource
  private let range: Range<Int>

  /// The images at the positions of `range`, at least one and none beyond the source.
  public init(of source: any ImageSource, _ range: Range<Int>) {
    precondition(
      !range.isEmpty && range.lowerBound >= 0 && range.upperBound <= source.count,
      "images \(range) of \(source.count)")
    self.source = source
    self.range = range
  }

  /// How many images there are.
  public var count: Int { range.count }

  /// The class of the image at `index`.
  public func label(at index: Int) -> Int { source.label(at: range.lowerBound + index) }

  /// Runs `body` with the 784 pixels of the image at `index`.
  public func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    source.withPixels(at: range.lowerBound + index, body)
  }

  /// Says that the image at `index` will be read soon.
  public func prefetch(_ index: Int) { source.prefetch(range.lowerBound + index) }
}
