import Primitives

/// The order of training images of which the last ones are held out.
public enum HeldOutOrder {
  /// The images in an order whose last ones, `count` of them or fewer, are fit to be held out.
  ///
  /// Where classes are mixed, as in MNIST, nothing changes. Images that are sorted by class, as those of folders are, or
  /// that have no labels, as their names may sort them too, would lose whole classes: they are ordered so that every end
  /// holds the same fraction of every class, the same in every run (seed 0).
  public static func arranged(_ images: any ImageSource, heldOut count: Int) -> any ImageSource {
    guard (1..<images.count).contains(count) else { return images }
    let labels = (0..<images.count).map(images.label)
    guard isSorted(labels) else { return images }
    return ReorderedImages(source: images, order: Stratification.mixed(labels: labels, use: .validation))
  }

  /// Tells whether images have no labels, whether the images of each of several classes are adjacent, or whether the last
  /// fifth holds less than half of what it should of a large class. The number of images to hold out does not matter.
  private static func isSorted(_ labels: [Int?]) -> Bool {
    let all = Dictionary(labels.map { ($0, 1) }, uniquingKeysWith: +)
    let changes = zip(labels, labels.dropFirst()).count { $0 != $1 }
    guard all.count > 1 else { return labels.first == .some(nil) }
    guard changes >= all.count else { return true }
    let last = Dictionary(labels.suffix(labels.count / 5).map { ($0, 1) }, uniquingKeysWith: +)
    return all.contains { label, total in total >= 100 && (last[label] ?? 0) * 10 < total }
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
