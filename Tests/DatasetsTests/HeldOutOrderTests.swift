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
    #expect(order([UInt8?](repeating: 3, count: 60), heldOut: 12) == Array(0..<60))
  }

  /// Of five classes of twelve images each, the last twelve would be a whole class.
  @Test func sortedImagesAreHeldOutByClass() {
    let labels: [UInt8?] = (0..<60).map { UInt8(4 - $0 / 12) }
    let order = order(labels, heldOut: 10)
    #expect(order.sorted() == Array(0..<60))
    #expect(order.suffix(10).map { labels[$0] } == [4, 4, 3, 3, 2, 2, 1, 1, 0, 0])
    #expect(order.prefix(50).elementsEqual(order.prefix(50).sorted()))
    #expect(self.order(labels, heldOut: 10) == order)
  }

  /// The names of files may sort them.
  @Test func imagesWithoutLabelsAreHeldOutFromAllOver() {
    let held = order([UInt8?](repeating: nil, count: 100), heldOut: 20).suffix(20)
    #expect(Set(held.map { $0 / 25 }) == [0, 1, 2, 3])
    #expect(Array(held) == held.sorted() && Array(held) != Array(80..<100))
  }
}
