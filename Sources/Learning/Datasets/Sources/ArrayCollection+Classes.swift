/// Folders of arrays with one class in each file, as Quick, Draw! has them.
extension ArrayCollection {
  /// The arrays where each is a class: at least two of the same type with images of the same shape, whose names
  /// tell no other use; nil for others.
  func classesByFile() -> [SourceArray]? {
    guard arrays.count >= 2, refusals.isEmpty,
      arrays.allSatisfy({ array in
        ArrayName(array.key).role == nil && ArrayName(array.key).part == nil
          && array.rowShape == arrays[0].rowShape && array.type == arrays[0].type
          && ImageLayout(shape: array.shape) != nil
      })
    else { return nil }
    return arrays
  }
}

extension ArraySource {
  /// The source of arrays that are a class each.
  init(byFile classes: [SourceArray], of collection: ArrayCollection, name: String) throws(DatasetError) {
    let joined = SourceArray(
      key: "\(classes.count) files", path: collection.path, type: classes[0].type,
      shape: [classes.reduce(0) { $0 + $1.count }] + classes[0].rowShape,
      open: { () throws(DatasetError) -> any ArrayRows in JoinedArrayRows(classes) })
    guard let layout = ImageLayout(shape: joined.shape) else {
      throw .source(path: collection.path, .noImages(candidates: collection.candidates))
    }
    let labels = classes.enumerated().flatMap { label, array in [Int](repeating: label, count: array.count) }
    let part = ArrayChoice.Part(kind: .all, images: joined, layout: layout, labels: nil)
    try self.init(
      kind: "npy", ArrayChoice(parts: [part], unused: []), of: collection,
      traits: Traits(
        name: name, classNames: classes.map { String($0.key.prefix { $0 != "." }) },
        notes: ["each file is a class"], labels: labels))
  }
}

/// The rows of several arrays, one after the other.
private final class JoinedArrayRows: ArrayRows {
  private var rest: ArraySlice<SourceArray>
  private var current: (any ArrayRows)?
  /// The rows left in the current array.
  private var left = 0

  init(_ arrays: [SourceArray]) { rest = arrays[...] }

  func readElements(upTo limit: Int) throws(DatasetError) -> [UInt8] {
    while left == 0 {
      guard let next = rest.popFirst() else { return [] }
      (current, left) = (try next.open(), next.count)
    }
    guard let current else { return [] }
    let count = min(limit, left)
    left -= count
    return try current.readElements(upTo: count)
  }

  func skip(_ number: Int) throws(DatasetError) {
    var number = number
    while number >= left, number > 0 {
      number -= left
      guard let next = rest.popFirst() else {
        left = 0
        return
      }
      (current, left) = (try next.open(), next.count)
    }
    try current?.skip(number)
    left -= number
  }
}
