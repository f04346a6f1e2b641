import Datasets
import Primitives

/// A few images drawn by formula, which note which of them were read.
public final class BlobImages: ImageSource {
  private static let drawn = (0..<60).map { Formulas.image($0 % 12) }
  private let read = Locked<[Int]>([])
  /// The shape of every image.
  public let shape = ImageShape.mnist
  /// The number of images.
  public let count: Int

  /// Creates a source of the first `count` images.
  public init(count: Int = 60) {
    self.count = count
  }

  /// The label of every image.
  public func label(at index: Int) -> Int? { 0 }

  /// Notes that an image is read, and runs `body` with its pixels.
  public func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    read.withLock { $0.append(index) }
    let pixels = Self.drawn[index]
    return body(pixels.span)
  }

  /// Runs `body` while other threads wait before they read an image.
  public func withReadsHeld(_ body: () -> Void) { read.withLock { _ in body() } }

  /// The numbers of the images that were read since the last call, in order.
  public func removeReadIndices() -> [Int] {
    read.withLock { indices in
      defer { indices = [] }
      return indices
    }
  }
}

/// Any number of images, drawn by formula, with labels 0 to 9 in turn.
public struct RepeatedImages: ImageSource {
  private static let drawn = (0..<7).map { Formulas.image($0) }
  /// The shape of every image.
  public let shape = ImageShape.mnist
  /// The number of images.
  public let count: Int

  /// Creates a source of `count` images.
  public init(count: Int) { self.count = count }

  /// The pixels of an image.
  public static func pixels(_ index: Int) -> [UInt8] { drawn[index % drawn.count] }

  /// The label of an image.
  public func label(at index: Int) -> Int? { index % 10 }

  /// Runs `body` with the pixels of an image.
  public func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let pixels = Self.pixels(index)
    return body(pixels.span)
  }
}
