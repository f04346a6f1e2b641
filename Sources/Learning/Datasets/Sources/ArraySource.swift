import Formats
import Primitives

/// A data set in arrays.
struct ArraySource: DataSource {
  let description: SourceDescription
  let parts: [SourcePart]
  let shape: ImageShape
  private let images: [ArrayChoice.Part]
  private let rule: RangeRule
  private let background: UInt8

  /// Facts of a set apart from its arrays.
  struct Traits: Sendable {
    /// The short name.
    var name: String
    /// The class names; nil for numbers.
    var classNames: [String]?
    /// The label of the first class.
    var firstLabel = 0
    /// Tells whether columns are stored as rows.
    var isTransposed = false
    /// The range of the numbers, where it is known.
    var rule: RangeRule?
    /// The value that shows through transparent pixels.
    var background: UInt8 = 0
    /// Sentences for the description.
    var notes: [String] = []
    /// The factors, and their values in the order of the images.
    var factors: [Factor] = []
    var factorValues: [Float] = []
    /// The labels of the only part, where they are known.
    var labels: [Int]?
  }

  /// Reads labels and the range of the pixels.
  init(
    kind: String, _ choice: ArrayChoice, of collection: ArrayCollection, traits: Traits,
    labelsFile: SourceArray? = nil
  ) throws(DatasetError) {
    background = traits.background
    images = choice.parts.map { part in
      var part = part
      if traits.isTransposed { part.layout = part.layout.transposed }
      return part
    }
    shape = images[0].layout.shape
    for part in images where part.layout.shape != shape {
      throw .source(
        path: collection.path,
        .shapesDiffer(
          images[0].images.key, images[0].images.rowShape, part.images.key, part.images.rowShape))
    }
    let found = try Self.labels(choice, traits: traits, labelsFile: labelsFile, path: collection.path)
    rule = if let rule = traits.rule { rule } else { try RangeRule.rule(for: images.map(\.images)) }
    parts = zip(images, found.labels).map { part, labels in
      SourcePart(
        kind: part.kind, count: part.layout.count, labels: labels.map { $0 }, factors: traits.factorValues)
    }
    let names = SourceLabels.classNames(of: found.labels)
    description = SourceDescription(
      kind: kind, name: traits.name,
      entries: Self.entries(choice, collection: collection, labelsFile: labelsFile), range: rule.text,
      notes: traits.notes + found.notes,
      classNames: names.isEmpty ? [] : traits.classNames(for: names), factors: traits.factors)
  }

  func readImages(
    part: Int, indices: [Int]?,
    body: (_ index: Int, _ pixels: Span<UInt8>) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let (array, layout) = (images[part].images, images[part].layout)
    let rows = try array.open()
    let step = max(1, (1 << 20) / max(array.rowSize, 1))
    let last = indices.map { $0.last ?? -1 } ?? layout.count - 1
    var (position, cursor) = (0, 0)
    while position <= last {
      if let indices, indices[cursor] - position >= step {
        try rows.skip(indices[cursor] - position)
        position = indices[cursor]
      }
      let elements = try rows.readElements(upTo: min(step, last + 1 - position))
      let end = position + elements.count / array.rowSize
      guard end > position else { throw .changed(path: array.path) }
      let pixels = layout.interleaved(rule.bytes(of: elements, array.type), over: background)
      let span = pixels.span
      while cursor < (indices?.count ?? layout.count) {
        let index = indices?[cursor] ?? cursor
        guard index < end else { break }
        let start = (index - position) * shape.valueCount
        try body(index, span.extracting(start..<start + shape.valueCount))
        cursor += 1
      }
      position = end
    }
  }

  /// The labels of each part, empty for one without.
  private static func labels(
    _ choice: ArrayChoice, traits: Traits, labelsFile: SourceArray?, path: String
  ) throws(DatasetError) -> (labels: [[Int]], notes: [String]) {
    if let labels = traits.labels { return ([labels], []) }
    var all: [[Int]] = []
    var notes: [String] = []
    let owner = try labelsFile.map { file throws(DatasetError) in
      try part(for: file, of: choice, path: path)
    }
    for (index, part) in choice.parts.enumerated() {
      guard let array = index == owner ? labelsFile : part.labels else {
        all.append([])
        continue
      }
      guard array.count == part.layout.count else {
        throw .source(
          path: path,
          .countsDiffer(images: part.images.key, part.layout.count, labels: array.key, array.count))
      }
      if let labels = try SourceLabels.read(array) {
        all.append(try shifted(labels, by: traits.firstLabel, array))
      } else {
        all.append([])
        notes.append("\(array.key.printable) has several classes for an image, which are not read as labels")
      }
    }
    return (all, notes)
  }

  private static func shifted(
    _ labels: [Int], by first: Int, _ array: SourceArray
  ) throws(DatasetError) -> [Int] {
    guard first > 0 else { return labels }
    if let index = labels.firstIndex(where: { $0 < first }) {
      throw .source(
        path: array.path, .badLabel(array: array.key, index: index, label: String(labels[index])))
    }
    return labels.map { $0 - first }
  }

  /// The index of the only part with as many images as there are labels in a file of their own.
  private static func part(
    for file: SourceArray, of choice: ArrayChoice, path: String
  ) throws(DatasetError) -> Int {
    let fitting = choice.parts.indices.filter { choice.parts[$0].layout.count == file.count }
    guard let index = fitting.first, let first = choice.parts.first else {
      throw .source(
        path: path,
        .countsDiffer(
          images: choice.parts.map(\.images.key).joined(separator: ", "), choice.parts[0].layout.count,
          labels: file.key, file.count))
    }
    guard fitting.count == 1 else {
      throw .source(
        path: path,
        .ambiguous(
          question: "which images have the labels of \(file.key)",
          candidates: fitting.map { choice.parts[$0].images.text },
          answer: "name them by --key images=\(first.images.key)"))
    }
    return index
  }

  private static func entries(
    _ choice: ArrayChoice, collection: ArrayCollection, labelsFile: SourceArray?
  ) -> [SourceDescription.Entry] {
    func entry(_ array: SourceArray, _ use: String) -> SourceDescription.Entry {
      .init(name: array.key, type: array.type.kind.rawValue, shape: array.shape, use: use)
    }
    return choice.parts.flatMap { part in
      let purpose = part.kind == .all ? "" : " (\(part.kind.rawValue))"
      return [entry(part.images, "images\(purpose)")]
        + (part.labels.map { [entry($0, "labels\(purpose)")] } ?? [])
    } + (labelsFile.map { [entry($0, "labels")] } ?? [])
      + choice.unused.map { entry($0, "not read") }
      + collection.refusals.map { .init(name: $0.key, use: "not read: \($0.reason)") }
  }
}

extension ArraySource.Traits {
  /// The class names, where labels alone would be called `numbers`.
  fileprivate func classNames(for numbers: [String]) -> [String] {
    guard let classNames else { return numbers }
    return classNames.count >= numbers.count ? classNames : numbers
  }
}
