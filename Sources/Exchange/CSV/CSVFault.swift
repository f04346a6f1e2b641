import Primitives

/// What is wrong with a table of latents in text.
public enum CSVFault: Error, Sendable, Equatable {
  /// The first line has numbers where names should be.
  case noHeader
  /// A column of this name is none of the model's; these are.
  case unknownColumn(String, known: [String])
  /// Two columns have one name.
  case duplicateColumn(String)
  /// A column is missing.
  case missingColumn(String)
  /// The line has another number of fields than the first one.
  case fieldCount(Int, expected: Int)
  /// A field is no number.
  case notANumber(String, column: String)
  /// A coordinate cannot have this value.
  case valueOutOfRange(String, column: String)
  /// A quoted field has no end on its line, or goes on after it.
  case malformedQuotes
  /// The line is longer than the limit, in bytes.
  case lineTooLong(limit: Int)
}

extension CSVFault: CustomStringConvertible {
  /// The fault in a few words for people.
  public var description: String {
    switch self {
    case .noHeader: "the first line must name the columns, such as rotation,z1,z2"
    case .unknownColumn(let name, let known):
      "the model has no coordinate '\(name.printable)'; it has \(known.joined(separator: ", "))"
        + (name.isEmpty ? " (a column of row numbers is left out by index=False)" : "")
    case .duplicateColumn(let name): "the column \(name.printable) is there twice"
    case .missingColumn(let name): "there is no column \(name)"
    case .fieldCount(let count, let expected): "\(count) fields instead of \(expected)"
    case .notANumber(let text, let column): "'\(text.printable)' is no number, in the column \(column)"
    case .valueOutOfRange(let text, let column): "\(column) cannot be \(text.printable)"
    case .malformedQuotes: "a quoted field does not end"
    case .lineTooLong(let limit): "the line is longer than \(limit) bytes"
    }
  }
}
