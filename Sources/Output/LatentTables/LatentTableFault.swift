import Formats
import Primitives

/// A fault of a table of latents as text.
public enum LatentTableFault: Error, Sendable, Equatable {
  /// The first line has numbers instead of names.
  case noHeader
  /// The column is not one of the model's; those are known.
  case unknownColumn(String, known: [String])
  /// Two columns have the same name.
  case duplicateColumn(String)
  /// A column is missing.
  case missingColumn(String)
  /// The line has another number of fields than the first one.
  case fieldCount(Int, expected: Int)
  /// A field is not a number.
  case notANumber(String, column: String)
  /// The value is not valid for its coordinate.
  case valueOutOfRange(String, column: String)
  /// The text is malformed.
  case text(CSVFault)
}

extension LatentTableFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .noHeader: "the first line must name the columns, such as rotation,z1,z2"
    case .unknownColumn(let name, let known):
      "the model has no coordinate '\(name.printable)'; it has \(known.joined(separator: ", "))"
        + (name.isEmpty ? " (a column of row numbers is left out by index=False)" : "")
    case .duplicateColumn(let name): "column \(name.printable) appears twice"
    case .missingColumn(let name): "column \(name) is missing"
    case .fieldCount(let count, let expected): "\(count) fields instead of \(expected)"
    case .notANumber(let text, let column): "'\(text.printable)' in column \(column) is not a number"
    case .valueOutOfRange(let text, let column): "\(column) cannot be \(text.printable)"
    case .text(let fault): fault.description
    }
  }
}
