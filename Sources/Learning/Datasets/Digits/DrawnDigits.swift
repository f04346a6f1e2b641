import Primitives

/// A split of the built-in digits. An image is generated when it is first read, then cached.
///
/// Images are generated outside the locks. Two threads that miss the same image generate the same bytes; the
/// first result is kept.
final class DrawnDigits: ImageSource {
  /// The part of the data set, which identifies the random streams of its images.
  enum Split: UInt64 {
    case training = 0
    case test = 1
  }

  let shape = ImageShape.mnist
  let count: Int
  private let seed: UInt64
  private let split: Split
  /// The cached images, `chunkSize` of them behind each lock. A chunk allocates with its first image.
  private let chunks: [Locked<[[UInt8]?]>]

  private static let chunkSize = 256
  /// Separates these streams from others with the same seed.
  private static let purpose: UInt64 = 0x6469_6769_7473

  /// Creates the first `count` images of `split`.
  init(seed: UInt64, split: Split, count: Int) {
    precondition(count > 0, "a split needs at least one image, not \(count)")
    self.seed = seed
    self.split = split
    self.count = count
    chunks = (0..<(count + Self.chunkSize - 1) / Self.chunkSize).map { _ in Locked([]) }
  }

  func label(at index: Int) -> Int? {
    digit(at: index).label
  }

  func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let pixels = pixels(at: index)
    return body(pixels.span)
  }

  private func digit(at index: Int) -> DrawnDigit {
    precondition((0..<count).contains(index), "image \(index) of \(count)")
    return DrawnDigit(from: RandomStream(seed: seed, [Self.purpose, split.rawValue, UInt64(index)]))
  }

  private func pixels(at index: Int) -> [UInt8] {
    let (chunk, place) = (chunks[index / Self.chunkSize], index % Self.chunkSize)
    if let kept = chunk.withLock({ $0.isEmpty ? nil : $0[place] }) { return kept }
    let drawn = digit(at: index).pixels()
    return chunk.withLock { images in
      if images.isEmpty { images = Array(repeating: nil, count: Self.chunkSize) }
      if let kept = images[place] { return kept }
      images[place] = drawn
      return drawn
    }
  }
}
