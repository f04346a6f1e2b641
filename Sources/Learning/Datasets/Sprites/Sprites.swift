/// The second built-in data set: squares, ellipses and hearts with known factors.
///
/// Its images are those of the public set dSprites (Matthey, Higgins, Hassabis and Lerchner, 2017), antialiased and with
/// continuous factors. Every image is a pure function of the seed, the split and its index.
public enum Sprites {
  /// The factors of each image beside its class, the shape: independent and uniformly distributed.
  ///
  /// Orientations that differ by the symmetry of the shape, `Sprite.Shape.symmetry`, look the same.
  public static let factors = [
    Factor(name: "scale"), Factor(name: "orientation", unit: "°", period: 360), Factor(name: "x"),
    Factor(name: "y"),
  ]

  /// Creates a data set of 60,000 training and 10,000 test images of 64 × 64 pixels, drawn when they are read.
  ///
  /// - Parameter seed: the seed of all images.
  public static func dataset(seed: UInt64 = 1) -> Dataset {
    Dataset(
      name: "sprites", title: "built-in sprites", classNames: Sprite.Shape.allCases.map(\.name),
      factors: factors, training: DrawnSprites(seed: seed, .training, count: 60_000),
      test: DrawnSprites(seed: seed, .test, count: 10_000))
  }
}
