/// A measured value with its limit.
public struct Measure: Sendable, Codable {
  /// The name of the measurement.
  public var name: String
  /// The value; nil where the system does not provide it.
  public var value: Double?
  /// The unit, such as `ms`.
  public var unit: String
  /// The maximum; nil for an informative value.
  public var limit: Double?

  /// Creates a measurement.
  public init(_ name: String, _ value: Double?, _ unit: String, limit: Double? = nil) {
    self.name = name
    self.value = value
    self.unit = unit
    self.limit = limit
  }

  /// Returns true or false for within or above the limit; nil where value or limit is missing.
  public var isMet: Bool? {
    guard let value, let limit else { return nil }
    return value <= limit
  }
}
