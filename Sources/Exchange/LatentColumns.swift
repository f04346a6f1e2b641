import Coordinates
import Networks

/// The columns of a table of latents: a model's coordinates by name, in the units that people see.
///
/// `rotation` is in degrees, `shift-x` and `shift-y` in pixels, `scale` a factor; `z1`, `z2`, … are the free
/// latents. They stand in the schema's order.
public struct LatentColumns: Sendable, Equatable {
  /// What the columns mean.
  public let schema: CoordinateSchema
  /// The name of each column.
  public let names: [String]

  /// The columns of a model with this schema.
  public init(_ schema: CoordinateSchema) {
    self.schema = schema
    names = schema.typed.map(\.meaning.rawValue) + (1...schema.freeCount).map { "z\($0)" }
  }

  /// How many columns there are.
  public var count: Int { names.count }

  /// A reading as a row.
  public func row(of point: LatentPoint) -> [Float] {
    zip(schema.typed, point.values).map { coordinate, value in
      Float(coordinate.meaning == .rotation ? Angle(radians: value).degrees : value)
    } + point.latents
  }

  /// The reading that a row stands for, whose values `accepts`.
  public func latentPoint(of row: ArraySlice<Float>) -> LatentPoint {
    precondition(row.count == count, "\(row.count) numbers for \(count) columns")
    let values = zip(schema.typed, row).map { coordinate, value in
      coordinate.meaning == .rotation ? Angle(degrees: Double(value)).radians : Double(value)
    }
    return LatentPoint(values: values, latents: Array(row.dropFirst(values.count)))
  }

  /// Whether a column can have some value: finite, none beyond 10⁶, and no scale at or below 0.
  public func accepts(_ value: Float, column: Int) -> Bool {
    let isScale = schema.typed.indices.contains(column) && schema.typed[column].meaning == .scale
    return value.isFinite && abs(value) <= 1e6 && (!isScale || value > 0)
  }
}
