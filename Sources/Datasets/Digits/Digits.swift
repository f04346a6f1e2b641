/// The built-in data set: handwriting-like digits drawn by the program, so that nothing has to be fetched.
///
/// Every image is a pure function of the seed, the split and its number. It goes the way of an MNIST image:
/// scaled to a box of 20 pixels, antialiased, and centred by its mass on pixel (14, 14).
public enum Digits {
  /// 60,000 drawn digits to learn from and 10,000 others to measure with; no image exists before it is read.
  ///
  /// - Parameter seed: another one gives other digits.
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
