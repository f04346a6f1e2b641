import Datasets
import Primitives

/// Coloured sprites as a data set in one file, with the arrays' names of Keras.
public struct SpriteSet {
  private let counts: [(name: String, count: Int)]
  private let isUpright: Bool

  /// - Parameter isUpright: gives all sprites the orientation 0.
  public init(trainingCount: Int, testCount: Int, isUpright: Bool) {
    counts = [("train", trainingCount), ("test", testCount)]
    self.isUpright = isUpright
  }

  /// The sprite of a split, 0 for training, with an index.
  public func sprite(split: Int, _ index: Int) -> LitSprite {
    LitSprite(from: RandomStream(seed: 1, purpose: .drawing, split, index), isUpright: isUpright)
  }

  /// Writes the file at `path`.
  public func write(to path: String) throws {
    var archive = try ArrayArchive(replacing: path)
    for (split, part) in counts.enumerated() {
      let shape = [part.count, LitSprite.side, LitSprite.side, LitSprite.channels]
      try archive.add("x_\(part.name)", shape: shape) { sprite(split: split, $0).pixels() }
      try archive.add("y_\(part.name)", shape: [part.count]) { index in
        [UInt8(sprite(split: split, index).sprite.shape.rawValue)]
      }
    }
    try archive.finish()
  }
}
