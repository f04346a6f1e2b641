/// The recognition of images and labels by options, names and shapes.
extension ArrayCollection {
  private static let keyAnswer = "name them by --key images=…,labels=…"

  /// The arrays to read.
  ///
  /// - Parameters:
  ///   - keys: The values of `--key`.
  ///   - hasOwnLabels: A Boolean value that is false where the labels are in another file.
  /// - Throws: `DatasetError` where there are none, or more than one may be meant.
  func choice(keys: [String: String], hasOwnLabels: Bool = true) throws(DatasetError) -> ArrayChoice {
    if let use = keys.keys.sorted().first(where: { ArrayName.Role(rawValue: $0) == nil }) {
      throw .source(path: path, .unknownUse(use))
    }
    var parts: [ArrayChoice.Part]
    if let key = keys["images"] {
      parts = try partsByKey(key, labels: keys["labels"])
    } else if let named = try partsByName() {
      parts = named
    } else {
      parts = [try partByShape()]
    }
    if let key = keys["labels"], keys["images"] == nil || parts[0].labels?.key != key {
      guard parts.count == 1 else {
        throw ambiguous("labels for which images", parts.map(\.images), Self.keyAnswer)
      }
      parts[0].labels = try array(key)
    }
    if !hasOwnLabels { for index in parts.indices { parts[index].labels = nil } }
    let used = Set(parts.flatMap { [$0.images.key, $0.labels?.key] })
    return ArrayChoice(parts: parts, unused: arrays.filter { !used.contains($0.key) })
  }

  private func ambiguous(_ question: String, _ arrays: [SourceArray], _ answer: String) -> DatasetError {
    .source(path: path, .ambiguous(question: question, candidates: arrays.map(\.text), answer: answer))
  }

  /// The parts of the array, or of the set of arrays, that the option names.
  private func partsByKey(_ key: String, labels: String?) throws(DatasetError) -> [ArrayChoice.Part] {
    let isArray = arrays.contains { $0.key == key } || refusals.contains { $0.key == key }
    let family = restricted(to: key.lowercased())
    if !isArray, !family.arrays.isEmpty { return try family.choice(keys: [:]).parts }
    let images = try array(key)
    let layout = try layout(of: images)
    let name = ArrayName(key)
    let matching = arrays.filter {
      let other = ArrayName($0.key)
      return other.role == .labels && other.part == name.part && other.family == name.family
        && $0.count == layout.count
    }
    let chosen = if let labels { try array(labels) } else { matching.count == 1 ? matching[0] : nil }
    return [ArrayChoice.Part(kind: .all, images: images, layout: layout, labels: chosen)]
  }

  /// The parts of arrays whose names tell their use; nil without any.
  private func partsByName() throws(DatasetError) -> [ArrayChoice.Part]? {
    var images = arrays.filter { ArrayName($0.key).role == .images }
    for array in images where ImageLayout.isUnclear(array.shape) { _ = try layout(of: array) }
    images.removeAll { ImageLayout(shape: $0.shape) == nil }
    guard !images.isEmpty else { return nil }
    let families = Set(images.map { ArrayName($0.key).family }).sorted()
    guard families.count == 1 else {
      throw .source(
        path: path,
        .ambiguous(
          question: "which of several sets", candidates: families.map { $0.isEmpty ? "(no name)" : $0 },
          answer: "choose one by --key images=NAME, or name one of its files by --data"))
    }
    if images.contains(where: { ArrayName($0.key).part != nil }) {
      images.removeAll { ArrayName($0.key).part == nil }
    }
    var parts: [ArrayChoice.Part] = []
    for kind in [SourcePart.Kind.training, .validation, .test, .all] {
      let candidates = images.filter { (ArrayName($0.key).part ?? .all) == kind }
      guard candidates.count <= 1 else {
        throw ambiguous("which array has the images", candidates, Self.keyAnswer)
      }
      guard let array = candidates.first else { continue }
      let labels = arrays.filter {
        let name = ArrayName($0.key)
        return name.role == .labels && (name.part ?? .all) == kind && name.family == families[0]
      }
      guard labels.count <= 1 else { throw ambiguous("which array has the labels", labels, Self.keyAnswer) }
      parts.append(
        ArrayChoice.Part(kind: kind, images: array, layout: try layout(of: array), labels: labels.first))
    }
    return parts
  }

  /// The only array with the shape of images, and the only one that fits it as labels.
  private func partByShape() throws(DatasetError) -> ArrayChoice.Part {
    let shaped = arrays.filter {
      ArrayName($0.key).role != .labels
        && (ImageLayout(shape: $0.shape) != nil || ImageLayout.isUnclear($0.shape))
    }
    let deep = shaped.filter { $0.shape.count > 2 }
    let candidates = deep.isEmpty ? shaped : deep
    guard let images = candidates.first else {
      throw .source(path: path, .noImages(candidates: self.candidates))
    }
    guard candidates.count == 1 else {
      throw ambiguous("which array has the images", candidates, Self.keyAnswer)
    }
    let layout = try layout(of: images)
    let fitting = arrays.filter { $0.key != images.key && SourceLabels.fits($0, count: layout.count) }
    let named = fitting.filter { ArrayName($0.key).role == .labels }
    let labels = named.isEmpty ? fitting : named
    guard labels.count <= 1 else { throw ambiguous("which array has the labels", labels, Self.keyAnswer) }
    return ArrayChoice.Part(kind: .all, images: images, layout: layout, labels: labels.first)
  }

  private func layout(of array: SourceArray) throws(DatasetError) -> ImageLayout {
    if let layout = ImageLayout(shape: array.shape) { return layout }
    guard ImageLayout.isUnclear(array.shape) else {
      throw .source(
        path: path, .wrongShape(array.key, shape: array.shape, expected: "that of images"))
    }
    throw ambiguous(
      "which extent counts the images", [array],
      "the first must: numpy.moveaxis and --key images=… settle it")
  }
}
