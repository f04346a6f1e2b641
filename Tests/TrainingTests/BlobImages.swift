import Datasets
import Goldens
import Primitives

/// A few images drawn by formula, which note which of them were read.
final class BlobImages: ImageSource {
  private static let drawn = (0..<60).map { Formulas.image($0 % 12) }
  private let read = Locked<[Int]>([])
  let count: Int

  init(count: Int = drawn.count) {
    self.count = count
  }

  func label(at index: Int) -> Int { 0 }

  func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    read.withLock { $0.append(index) }
    let pixels = Self.drawn[index]
    return body(pixels.span)
  }

  /// The numbers of the images that were read since the last call, in order.
  func removeReadIndices() -> [Int] {
    read.withLock { indices in
      defer { indices = [] }
      return indices
    }
  }
}
