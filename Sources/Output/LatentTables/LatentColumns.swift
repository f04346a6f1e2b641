import Coordinates
import Networks

/// The columns of a table of latents: a model's coordinates by name, in display units.
///
/// `z1`, `z2`, … are the free latents. The order is the schema's.
public struct LatentColumns: Sendable, Equatable {
  /// The schema of the coordinates.
  public let schema: CoordinateSchema
  /// The names of the columns.
  public let names: [String]

  /// Creates the columns of a model with this schema.
  public init(_ schema: CoordinateSchema) {
    self.schema = schema
    names = schema.typed.map(\.meaning.rawValue) + (1...schema.freeCount).map { "z\($0)" }
  }

  /// The names and units of all typed coordinates, for help texts.
  public static let units = Coordinate.Meaning.allCases.compactMap(\.descriptor.columnText)
    .joined(separator: ", ")

  /// The number of columns.
  public var count: Int { names.count }

  /// The row of a latent point.
  public func row(of point: LatentPoint) -> [Float] {
    zip(schema.typed, point.values).map { coordinate, value in
      Float(coordinate.meaning.descriptor.unit.shown(value))
    } + point.latents
  }

  /// The latent point of a row, all of whose values must be accepted.
  public func latentPoint(of row: ArraySlice<Float>) -> LatentPoint {
    precondition(row.count == count, "\(row.count) numbers for \(count) columns")
    let values = zip(schema.typed, row).map { coordinate, value in
      coordinate.meaning.descriptor.unit.value(ofShown: Double(value))
    }
    return LatentPoint(values: values, latents: Array(row.dropFirst(values.count)))
  }

  /// Tells whether a column can have this value: finite, at most 10⁶ in magnitude, scales above 0.
  public func accepts(_ value: Float, column: Int) -> Bool {
    let isPositive = schema.typed.indices.contains(column) && schema.typed[column].isLogarithmic
    return value.isFinite && abs(value) <= 1e6 && (!isPositive || value > 0)
  }
}
