import Primitives

/// The order of training images of which the last ones are held out.
public enum HeldOutOrder {
  /// The images in an order whose last ones, `count` of them or fewer, are fit to be held out.
  ///
  /// Where classes are mixed, as in MNIST, nothing changes. Images that are sorted by class, as those of folders are, or
  /// that have no labels, as their names may sort them too, would lose whole classes: they are ordered so that every end
  /// holds about the same fraction of every class, the same in every run (seed 0).
  public static func arranged(_ images: any ImageSource, heldOut count: Int) -> any ImageSource {
    guard count >= 1, count < images.count else { return images }
    let labels = (0..<images.count).map(images.label)
    guard !isMixed(labels) else { return images }
    return ReorderedImages(source: images, order: Stratification.mixed(labels: labels, use: .validation))
  }

  /// Tells whether labels change from image to image at least half as often as in random order, where two of them differ
  /// with a probability of 1 − Σ (fraction of the class)². Images of one class are mixed, images without labels are not.
  private static func isMixed(_ labels: [Int?]) -> Bool {
    let counts = Dictionary(labels.map { ($0, 1.0) }, uniquingKeysWith: +)
    guard counts.count > 1 else { return labels.first != .some(nil) }
    let total = Double(labels.count)
    let probability = 1 - counts.values.reduce(0) { $0 + ($1 / total) * ($1 / total) }
    let changes = zip(labels, labels.dropFirst()).count { $0 != $1 }
    return Double(changes) >= probability * total / 2
  }
}

/// The images of a source in another order.
private struct ReorderedImages: ImageSource {
  let source: any ImageSource
  /// The index of each image in the source.
  let order: [Int]

  var count: Int { order.count }
  var shape: ImageShape { source.shape }

  func label(at index: Int) -> Int? { source.label(at: order[index]) }
  func factors(at index: Int) -> [Float] { source.factors(at: order[index]) }
  func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    source.withPixels(at: order[index], body)
  }
  func prefetch(_ index: Int) { source.prefetch(order[index]) }
}
