/// The last images of a source, as a source of their own.
public struct LastImages: ImageSource {
  private let source: any ImageSource
  /// How many images there are.
  public let count: Int

  /// The last `count` images, at least one and at most all.
  public init(of source: any ImageSource, count: Int) {
    precondition((1...source.count).contains(count), "the last \(count) of \(source.count) images")
    self.source = source
    self.count = count
  }

  /// The class of the image at `index`.
  public func label(at index: Int) -> Int { source.label(at: source.count - count + index) }

  /// Runs `body` with the 784 pixels of the image at `index`.
  public func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    source.withPixels(at: source.count - count + index, body)
  }

  /// Says that the image at `index` will be read soon.
  public func announce(_ index: Int) { source.announce(source.count - count + index) }
}
