/// The built-in data set: generated digits that resemble handwriting.
///
/// Every image is a pure function of the seed, the split and its index. It is framed as in MNIST: scaled to a
/// box of 20 pixels, antialiased, and centred by mass on pixel (14, 14).
public enum Digits {
  /// Creates a data set of 60,000 training and 10,000 test images, generated when they are first read.
  ///
  /// - Parameter seed: the seed of all images.
  public static func dataset(seed: UInt64 = 1) -> Dataset {
    Dataset(
      name: "digits",
      title: "built-in digits (drawn, not MNIST)",
      classNames: (0...9).map(String.init),
      training: DrawnDigits(seed: seed, split: .training, count: 60_000),
      test: DrawnDigits(seed: seed, split: .test, count: 10_000),
      opening: 3
    )
  }
}
