import Essentials
import Networks
import Training

/// The metadata of a file that holds a model, and the keys whose values this program did not write.
///
/// Other programs use the same words: a `recipe` may be a line of prose. Such a value is ignored.
struct ModelMetadata {
  private let texts: [String: String]
  /// The keys of ignored values.
  private(set) var ignoredKeys: Set<String> = []

  init(_ texts: [String: String]) { self.texts = texts }

  /// The value under `key`; nil where there is none, and where `parse` does not accept it.
  mutating func value<Value>(_ key: String, _ parse: (String) -> Value?) -> Value? {
    guard let text = texts[key] else { return nil }
    let value = parse(text)
    if value == nil { ignoredKeys.insert(key) }
    return value
  }

  /// The recipe, if the text is JSON of one that can be.
  mutating func recipe() -> Recipe? {
    value("recipe") { text in
      let recipe = try? JSONDecoder().decode(Recipe.self, from: Data(text.utf8))
      return recipe.flatMap { $0.isPossible ? $0 : nil }
    }
  }

  /// The list of objects under `key`, in JSON; empty where there is none.
  ///
  /// - Parameters:
  ///   - fields: The names by which an object of this program is known.
  ///   - isSound: Whether the numbers of an element are possible.
  /// - Throws: `ModelFault.corruptMetadata` for objects with those names and impossible numbers, among which
  ///   are NaN, Infinity and null.
  mutating func list<Element: Decodable>(
    _ key: String, fields: Set<String>, isSound: (Element) -> Bool
  ) throws(ModelFault) -> [Element] {
    guard let text = texts[key] else { return [] }
    let bytes = Data(text.utf8)
    if let elements = try? JSONDecoder().decode([Element].self, from: bytes) {
      guard elements.allSatisfy(isSound) else { throw .corruptMetadata(key: key) }
      return elements
    }
    // JSON 5 has names for numbers that are not finite, as Python writes them.
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    let objects = (try? decoder.decode([FieldNames].self, from: bytes)) ?? []
    guard !objects.contains(where: { fields.isSubset(of: $0.names) }) else {
      throw .corruptMetadata(key: key)
    }
    ignoredKeys.insert(key)
    return []
  }
}

/// The names of an object's fields, whatever their values are.
private struct FieldNames: Decodable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  let names: Set<String>

  init(from decoder: any Decoder) throws {
    names = Set(try decoder.container(keyedBy: Key.self).allKeys.map(\.stringValue))
  }
}

extension Recipe {
  /// Tells whether a run could have had this recipe.
  fileprivate var isPossible: Bool {
    let rates = [learningRate, weightDecay, jitter?.fraction ?? 0, jitter?.pixels ?? 0]
    return batchSize >= 1 && learningRate > 0 && rates.allSatisfy { $0.isFinite && $0 >= 0 }
  }
}

extension LatentStatistics {
  /// Tells whether latents, which are 32-bit numbers, can be distributed so.
  var isPossible: Bool {
    ([mean, deviation] + percentiles).allSatisfy { Float($0).isFinite } && deviation >= 0
      && percentiles.count == Self.percents.count
      && zip(percentiles, percentiles.dropFirst()).allSatisfy { $0 <= $1 }
  }
}

extension EncoderOutput {
  /// Tells whether an image can have this number and class; an IDX file has a byte for the class.
  var isPossible: Bool {
    index >= 0 && (0...255).contains(label ?? 0) && values.allSatisfy(\.isFinite)
      && latents.allSatisfy(\.isFinite)
  }
}
