import Primitives

/// The order of training images of which the last ones are held out.
public enum HeldOutOrder {
  /// Images with those to hold out, `count` of them, at the end.
  ///
  /// Where classes are mixed, as in MNIST, the last ones are held out and nothing changes. Images that are sorted by
  /// class, as those of folders are, or that have no labels, as their names may sort them too, would lose whole classes:
  /// of them the same fraction of every class is held out, the same images in every run (seed 0).
  public static func arranged(_ images: any ImageSource, heldOut count: Int) -> any ImageSource {
    guard (1..<images.count).contains(count) else { return images }
    let labels = (0..<images.count).map(images.label)
    guard isSorted(labels) else { return images }
    let held = Stratification.choose(count, labels: labels, use: .validation)
    var isHeld = [Bool](repeating: false, count: images.count)
    for index in held { isHeld[index] = true }
    return ReorderedImages(source: images, order: isHeld.indices.filter { !isHeld[$0] } + held)
  }

  /// Tells whether the images of each of several classes are adjacent, or images have no labels.
  private static func isSorted(_ labels: [Int?]) -> Bool {
    let changes = zip(labels, labels.dropFirst()).count { $0 != $1 }
    return changes == 0 ? labels.first == .some(nil) : changes < Set(labels).count
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
