/// A figure with what it must not exceed.
public struct Measure: Sendable, Codable {
  /// What was measured.
  public var name: String
  /// How much it is; absent where this system does not tell.
  public var value: Double?
  /// What the value counts, such as `ms`.
  public var unit: String
  /// What the value may reach; absent where it is told beside another one.
  public var limit: Double?

  /// A figure and its limit.
  public init(_ name: String, _ value: Double?, _ unit: String, limit: Double? = nil) {
    self.name = name
    self.value = value
    self.unit = unit
    self.limit = limit
  }

  /// Whether the value is known to be within its limit; absent where one of the two is.
  public var isMet: Bool? {
    guard let value, let limit else { return nil }
    return value <= limit
  }
}
