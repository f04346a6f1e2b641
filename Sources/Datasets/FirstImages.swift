/// The first images of a source, as a source of their own.
public struct FirstImages: ImageSource {
  private let source: any ImageSource
  /// How many images there are.
  public let count: Int

  /// The first `count` images, at least one and at most all.
  public init(of source: any ImageSource, count: Int) {
    precondition((1...source.count).contains(count), "the first \(count) of \(source.count) images")
    self.source = source
    self.count = count
  }

  /// The class of the image at `index`.
  public func label(at index: Int) -> Int { source.label(at: index) }

  /// Runs `body` with the 784 pixels of the image at `index`.
  public func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    source.withPixels(at: index, body)
  }

  /// Says that the image at `index` will be read soon.
  public func announce(_ index: Int) { source.announce(index) }
}
