import Foundation

/// A measured value with its limit.
struct Measure: Encodable {
  /// The name of the measurement.
  var name: String
  /// The value; nil where the system does not provide it.
  var value: Double?
  /// The unit, such as `ms`.
  var unit: String
  /// The maximum; nil for an informative value.
  var limit: Double?

  init(_ name: String, _ value: Double?, _ unit: String, limit: Double? = nil) {
    self.name = name
    self.value = value
    self.unit = unit
    self.limit = limit
  }

  /// Returns true or false for within or above the limit; nil where value or limit is missing.
  var isMet: Bool? {
    guard let value, let limit else { return nil }
    return value <= limit
  }

  /// The name, the value, its limit and a mark for a value above it, in columns.
  var row: String {
    let amount = (value.map { String(format: "%7.1f ", $0) } ?? "      – ") + unit
    let start = name.padding(toLength: 43, withPad: " ", startingAt: 0)
    guard let limit else { return start + amount }
    let bound = String(format: "at most %g", limit) + (isMet == false ? ", missed" : "")
    return start + amount.padding(toLength: 20, withPad: " ", startingAt: 0) + bound
  }
}
