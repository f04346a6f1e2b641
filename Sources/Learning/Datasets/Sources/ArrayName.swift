/// The use of an array as its name tells it: `x_train`, `test_images`, `emnist-letters-train-labels-idx1-ubyte`.
struct ArrayName: Equatable {
  /// The use of an array.
  enum Role: String {
    case images, labels
  }

  /// The use, where the name tells it.
  var role: Role?
  /// The part, where the name tells it.
  var part: SourcePart.Kind?
  /// The rest of the name: the set, where there are several.
  var family: String

  private static let roles: [String: Role] = [
    "x": .images, "images": .images, "imgs": .images, "data": .images, "image": .images, "img": .images,
    "y": .labels, "labels": .labels, "targets": .labels, "target": .labels, "label": .labels,
  ]
  private static let parts: [String: SourcePart.Kind] = [
    "train": .training, "training": .training, "val": .validation, "valid": .validation,
    "validation": .validation, "test": .test, "testing": .test, "t10k": .test,
  ]
  /// Parts of file names that only tell the format.
  private static let formatWords: Set = [
    "idx1", "idx2", "idx3", "idx4", "ubyte", "int", "gz", "npy", "npz", "idx",
  ]

  /// Reads a key or a file name.
  init(_ name: String) {
    var rest: [String] = []
    for word in name.lowercased().split(whereSeparator: { "-_. ".contains($0) }).map(String.init) {
      if Self.formatWords.contains(word) { continue }
      let (role, part) = Self.meaning(of: word)
      if (role == nil && part == nil) || (role != nil && self.role != nil)
        || (part != nil && self.part != nil)
      {
        rest.append(word)
      } else {
        if let role { self.role = role }
        if let part { self.part = part }
      }
    }
    family = rest.joined(separator: "-")
  }

  /// The meaning of a word, also of two without a space, such as `xtrain`.
  private static func meaning(of word: String) -> (Role?, SourcePart.Kind?) {
    if roles[word] != nil || parts[word] != nil { return (roles[word], parts[word]) }
    for (name, part) in parts {
      if word.hasPrefix(name), let role = roles[String(word.dropFirst(name.count))] { return (role, part) }
      if word.hasSuffix(name), let role = roles[String(word.dropLast(name.count))] { return (role, part) }
    }
    return (nil, nil)
  }
}
