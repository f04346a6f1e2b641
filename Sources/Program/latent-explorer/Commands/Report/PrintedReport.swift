import Essentials
import Primitives

/// A report that `inspect` prints, also as JSON.
protocol PrintedReport: Encodable {}

extension PrintedReport {
  /// One JSON object.
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      encoder.keyEncodingStrategy = .convertToSnakeCase
      return String(decoding: try encoder.encode(self), as: UTF8.self).printableJSON
    }
  }
}
