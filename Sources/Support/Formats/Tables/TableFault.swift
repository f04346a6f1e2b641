import Primitives

/// A fault of a table of numbers in text.
public enum TableFault: Error, Sendable, Equatable {
  /// The file has another compression than gzip.
  case otherCompression(String)
  /// The gzip file is damaged.
  case gzip(GzipFault)
  /// The file holds bytes that no text has.
  case notText
  /// The file has no rows.
  case noRows
  /// The file is one of libsvm: pairs of a column and its value.
  case libsvm
  /// The file is one of Weka.
  case arff
  /// A line is longer than the limit, in bytes.
  case lineTooLong(line: Int, limit: Int)
  /// A line has another number of fields than the first.
  case wrongColumnCount(line: Int, found: Int, expected: Int)
  /// A field is not a number, or is too large for one.
  case notNumber(line: Int, column: Int, field: String)
}

extension TableFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .otherCompression(let name):
      "compressed by \(name), which is not read; unpack it, or compress it by gzip"
    case .gzip(let fault): "damaged gzip: \(fault)"
    case .notText: "no text, but other bytes"
    case .noRows: "the table has no rows"
    case .libsvm: "a table of libsvm (column:value), which is not read"
    case .arff: "a table of Weka (ARFF), which is not read; CSV is"
    case .lineTooLong(let line, let limit): "line \(line) is longer than \(limit) bytes"
    case .wrongColumnCount(let line, let found, let expected):
      "line \(line) has \(found) columns, not \(expected) as the first"
    case .notNumber(let line, let column, ""): "line \(line): column \(column) is empty"
    case .notNumber(let line, let column, let field):
      "line \(line): column \(column) is '\(field.printable)', not a number"
    }
  }
}
