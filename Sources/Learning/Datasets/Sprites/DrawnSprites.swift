import Primitives

/// A split of the sprites. An image is drawn each time that it is read, in a few microseconds.
struct DrawnSprites: ImageSource {
  let shape = Sprite.imageShape
  let count: Int
  private let seed: UInt64
  private let split: UInt64

  /// Separates these streams from others with the same seed.
  private static let purpose: UInt64 = 0x73_7072_6974_6573

  /// Creates the first `count` images of a split.
  init(seed: UInt64, _ split: Split, count: Int) {
    precondition(count > 0, "a split needs at least one image, not \(count)")
    (self.seed, self.count) = (seed, count)
    self.split = split == .training ? 0 : 1
  }

  func label(at index: Int) -> Int? { sprite(at: index).shape.rawValue }

  func factors(at index: Int) -> [Float] { sprite(at: index).factors.map(Float.init) }

  func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let pixels = sprite(at: index).pixels()
    return body(pixels.span)
  }

  /// The sprite at `index`.
  func sprite(at index: Int) -> Sprite {
    precondition((0..<count).contains(index), "image \(index) of \(count)")
    return Sprite(from: RandomStream(seed: seed, [Self.purpose, split, UInt64(index)]))
  }
}
