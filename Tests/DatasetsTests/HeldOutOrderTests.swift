import Primitives
import Testing

@testable import Datasets

@Suite struct HeldOutOrderTests {
  /// Images whose first pixels are their indices.
  private func images(_ labels: [UInt8?]) -> StoredImages {
    StoredImages(
      shape: ImageShape(width: 8, height: 8),
      pixels: labels.indices.flatMap { [UInt8($0)] + [UInt8](repeating: 0, count: 63) }, labels: labels)
  }

  /// The indices, in the new order.
  private func order(_ labels: [UInt8?], heldOut: Int) -> [Int] {
    let images = HeldOutOrder.arranged(images(labels), heldOut: heldOut)
    let order = (0..<images.count).map { index in images.withPixels(at: index) { Int($0[0]) } }
    for (place, index) in order.enumerated() {
      #expect(images.label(at: place) == labels[index].map(Int.init))
    }
    return order
  }

  @Test func mixedImagesStayAsTheyAre() {
    let labels: [UInt8?] = (0..<60).map { UInt8($0 * 7 % 5) }
    #expect(order(labels, heldOut: 12) == Array(0..<60))
    #expect(order(labels, heldOut: 0) == Array(0..<60))
    #expect(order(labels, heldOut: 60) == Array(0..<60))
    let two: [UInt8?] = (0..<240).map { UInt8($0 % 2) }
    #expect(order(two, heldOut: 48) == Array(0..<240))
    #expect(order([UInt8?](repeating: 3, count: 60), heldOut: 12) == Array(0..<60))
  }

  /// Of five classes of twelve images each, the last twelve would be a whole class.
  @Test func sortedImagesAreHeldOutByClass() {
    let labels: [UInt8?] = (0..<60).map { UInt8(4 - $0 / 12) }
    let order = order(labels, heldOut: 10)
    #expect(order.sorted() == Array(0..<60))
    #expect(order.suffix(10).compactMap { labels[$0] }.sorted() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4])
    #expect(self.order(labels, heldOut: 10) == order)
  }

  /// `evaluate` may measure fewer images than were held out: none of them was trained on.
  @Test func fewerImagesAreAmongThoseHeldOut() {
    let labels: [UInt8?] = (0..<60).map { UInt8($0 / 12) }
    #expect(order(labels, heldOut: 5) == order(labels, heldOut: 20))
    #expect(Set(order(labels, heldOut: 5).suffix(5).compactMap { labels[$0] }).count == 5)
  }

  /// Equal parts, each sorted by class: the last fifth holds all classes, but the last images are of one.
  @Test(arguments: [2, 5, 10]) func imagesThatAreSortedInPartsAreHeldOutByClass(parts: Int) {
    let labels: [UInt8?] = (0..<240).map { UInt8($0 % (240 / parts) * 2 * parts / 240) }
    let held = order(labels, heldOut: 12).suffix(12).compactMap { labels[$0] }
    #expect(held.count { $0 == 0 } == 6)
    #expect(order(labels, heldOut: 6) == order(labels, heldOut: 60))
  }

  /// With fewer images to hold out than classes, these are not the classes with the highest numbers.
  @Test func aFewImagesAreHeldOutFromAllClasses() {
    let labels: [UInt8?] = (0..<240).map { UInt8($0 / 3) }
    let held = order(labels, heldOut: 40).suffix(40).compactMap { labels[$0] }
    #expect(Set(held.map { $0 / 20 }) == [0, 1, 2, 3])
  }

  /// The names of files may sort them.
  @Test func imagesWithoutLabelsAreHeldOutFromAllOver() {
    let held = order([UInt8?](repeating: nil, count: 100), heldOut: 20).suffix(20)
    #expect(Set(held.map { $0 / 25 }) == [0, 1, 2, 3])
    #expect(held.sorted() != Array(80..<100))
  }
}
