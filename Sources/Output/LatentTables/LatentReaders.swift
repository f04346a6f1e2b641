import Datasets
import Formats
import Primitives

/// A sequential reader of rows of latents.
public protocol LatentReader: AnyObject {
  /// The number of rows, at least one.
  var count: Int { get }
  /// Reads the next rows, in the order of the model's columns: at most `limit`, none after the last.
  func read(upTo limit: Int) throws(ExchangeError) -> [Float]
}

/// A reader of the rows of a NumPy array of floats: (count, columns), or (columns) for one row.
public final class NumPyLatentReader: LatentReader {
  private let rows: NumPyRows
  private let columns: LatentColumns
  private var rowsRead = 0

  /// Reads the header.
  public init(_ stream: ByteStream, columns: LatentColumns) throws(ExchangeError) {
    do { rows = try NumPyRows(stream) } catch { throw ExchangeError(error) }
    self.columns = columns
    let shape = rows.header.shape
    if shape == [columns.count] { rows.treatAsOneRow() }
    guard rows.rowShape == [columns.count] else {
      throw ExchangeError(
        rows.fail(
          .wrongShape(
            shape, expected: "(count, \(columns.count)): \(columns.names.joined(separator: ", "))")))
    }
    guard rows.header.type.kind.isFloat else {
      throw ExchangeError(rows.fail(.notFloats(rows.header.type.text)))
    }
    try checkCount(rows.count, path: rows.path)
  }

  /// The number of rows.
  public var count: Int { rows.count }

  /// Reads the next rows; see `LatentReader`.
  public func read(upTo limit: Int) throws(ExchangeError) -> [Float] {
    let numbers: [Float]
    do { numbers = try rows.read(upTo: limit) } catch { throw ExchangeError(error) }
    for (index, value) in numbers.enumerated() where !columns.accepts(value, column: index % columns.count) {
      throw .valueOutOfRange(
        path: rows.path, row: rowsRead + index / columns.count, column: columns.names[index % columns.count],
        value: value)
    }
    rowsRead += numbers.count / columns.count
    return numbers
  }
}

/// A reader of comma-separated text: a line with the column names, in any order, and a line for each row.
public final class CSVLatentReader: LatentReader {
  private let path: String
  private let lines: CSVLines
  private let columns: LatentColumns
  /// The index in the model's columns of each field.
  private let places: [Int]
  private var rowsRead = 0
  /// The number of rows.
  public let count: Int

  /// Reads the first line, and counts the others.
  ///
  /// - Parameter open: opens the text from its start; called twice.
  public init(
    columns: LatentColumns, _ open: () throws(FileError) -> ByteStream
  ) throws(ExchangeError) {
    let (stream, counted): (ByteStream, CSVLines)
    do {
      stream = try open()
      counted = CSVLines(try open())
    } catch { throw .file(error) }
    (path, lines, self.columns) = (stream.path, CSVLines(stream), columns)
    guard let first = try lines.nextLine() else { throw .empty(path: path) }
    do {
      places = try Self.places(of: CSVLines.tableFields(of: first), in: columns)
    } catch { throw .csv(path: path, line: lines.number, error) }
    var found = -1
    while try counted.nextLine() != nil { found += 1 }
    try checkCount(max(0, found), path: path)
    count = found
  }

  /// Reads the next rows; see `LatentReader`.
  public func read(upTo limit: Int) throws(ExchangeError) -> [Float] {
    var numbers: [Float] = []
    for _ in 0..<min(limit, count - rowsRead) {
      guard let line = try lines.nextLine() else { throw .changed(path: path) }
      do {
        numbers += try row(CSVLines.tableFields(of: line))
      } catch { throw .csv(path: path, line: lines.number, error) }
      rowsRead += 1
    }
    if rowsRead == count, try lines.nextLine() != nil { throw .changed(path: path) }
    return numbers
  }

  private static func places(
    of names: [String], in columns: LatentColumns
  ) throws(LatentTableFault) -> [Int] {
    guard names.contains(where: { Float($0) == nil }) else { throw .noHeader }
    var places: [Int] = []
    for name in names {
      guard let place = columns.names.firstIndex(of: name) else {
        throw .unknownColumn(name, known: columns.names)
      }
      guard !places.contains(place) else { throw .duplicateColumn(name) }
      places.append(place)
    }
    let missing = columns.names.indices.first { !places.contains($0) }
    if let missing { throw .missingColumn(columns.names[missing]) }
    return places
  }

  private func row(_ fields: [String]) throws(LatentTableFault) -> [Float] {
    guard fields.count == places.count else { throw .fieldCount(fields.count, expected: places.count) }
    var row = [Float](repeating: 0, count: columns.count)
    for (field, place) in zip(fields, places) {
      guard let value = Self.number(field) else {
        throw .notANumber(field, column: columns.names[place])
      }
      guard columns.accepts(value, column: place) else {
        throw .valueOutOfRange(field, column: columns.names[place])
      }
      row[place] = value
    }
    return row
  }

  /// Parses a decimal number; rejects hexadecimal ones, infinity and NaN.
  private static func number(_ text: String) -> Float? {
    text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) } ? Float(text) : nil
  }
}

extension CSVLines {
  /// Returns the next line, with this module's error.
  fileprivate func nextLine() throws(ExchangeError) -> ArraySlice<UInt8>? {
    do { return try next() } catch {
      switch error {
      case .file(let error): throw .file(error)
      case .invalid(let path, let fault): throw .csv(path: path, line: number, .text(fault))
      }
    }
  }

  /// The fields of a line, with this module's fault.
  fileprivate static func tableFields(of line: ArraySlice<UInt8>) throws(LatentTableFault) -> [String] {
    do { return try fields(of: line) } catch { throw .text(error) }
  }
}

/// Throws unless the number of rows is between 1 and the limit.
private func checkCount(_ count: Int, path: String) throws(ExchangeError) {
  guard count > 0 else { throw .empty(path: path) }
  guard count <= IDX.largestCount else {
    throw .tooMany(path: path, count: count, limit: IDX.largestCount)
  }
}
