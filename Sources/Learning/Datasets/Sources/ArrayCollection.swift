import Formats

/// The arrays of a data set: those of an archive, or of files in a folder.
struct ArrayCollection: Sendable {
  /// An array that cannot be read.
  struct Refusal: Sendable, Equatable {
    let key: String
    let reason: String
  }

  /// The archive or the folder.
  let path: String
  /// The arrays that can be read.
  let arrays: [SourceArray]
  /// The others.
  let refusals: [Refusal]

  /// The arrays' keys, types and shapes, for messages.
  var candidates: [String] {
    arrays.map(\.text) + refusals.map { "\($0.key) (\($0.reason))" }
  }

  /// The array with a key.
  ///
  /// - Throws: `DatasetError` where it is not there or cannot be read.
  func array(_ key: String) throws(DatasetError) -> SourceArray {
    if let array = arrays.first(where: { $0.key == key }) { return array }
    if let refusal = refusals.first(where: { $0.key == key }) {
      throw .source(path: path, .refusedArray(key, reason: refusal.reason))
    }
    throw .source(path: path, .unknownKey(key, candidates: candidates))
  }

  /// The arrays of one family, or of all.
  func restricted(to family: String) -> ArrayCollection {
    ArrayCollection(
      path: path, arrays: arrays.filter { ArrayName($0.key).family == family },
      refusals: refusals.filter { ArrayName($0.key).family == family })
  }
}

/// The arrays of images and labels that are read.
struct ArrayChoice: Sendable {
  /// The arrays of a part.
  struct Part: Sendable {
    let kind: SourcePart.Kind
    let images: SourceArray
    var layout: ImageLayout
    var labels: SourceArray?
  }

  var parts: [Part]
  /// The arrays that are not read.
  var unused: [SourceArray]
}
