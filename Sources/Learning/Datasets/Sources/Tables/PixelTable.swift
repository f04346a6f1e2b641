import Formats
import Primitives

/// A file of a table with the pixels of an image in each row.
package struct PixelTable: Sendable {
  /// The path of the file.
  package let path: String
  let layout: TableLayout
  /// The number of images.
  package let count: Int
  /// The number in the column of labels, for each image; nil without one.
  package let labels: [Int]?
  /// The range of the pixels.
  package let smallest, largest: Float
  /// True if pixels have fractions.
  let hasFractions: Bool

  /// The number of values of an image.
  package var valueCount: Int { layout.pixels.count }

  private let open: Open

  /// The function that opens the file at its beginning.
  package typealias Open = @Sendable (_ path: String) throws(FileError) -> ByteStream

  /// The limit on a compressed file's size, in bytes.
  private static let sizeLimit = 1 << 30

  /// Reads all rows once, to find out columns, labels and the range of the pixels.
  ///
  /// - Parameter key: the columns of labels, as the user says.
  package init(
    _ path: String, key: String?,
    open: @escaping Open = { path throws(FileError) in try ByteStream(opening: path) }
  ) throws(DatasetError) {
    (self.path, self.open) = (path, open)
    let rows = try Self.rows(path, open)
    var named: Int?
    do throws(TableLayoutFault) {
      if let names = rows.names { named = try TableLayout.labelColumn(in: names, key: key) }
    } catch { throw .tableLayout(path: path, error) }
    let statistics = try Self.scan(rows, frontCount: named == 1 ? 2 : 1)
    do throws(TableLayoutFault) {
      layout = try TableLayout(statistics, names: rows.names, key: key)
      labels = try Self.labels(statistics, layout)
    } catch { throw .tableLayout(path: path, error) }
    (smallest, largest, hasFractions) = statistics.range(of: layout.pixels)
    count = statistics.rowCount
  }

  /// Calls `body` with the pixels of each row in `indices`, which ascend; nil for all.
  package func readPixels(
    _ indices: [Int]?, body: (_ index: Int, _ pixels: ArraySlice<Float>) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let rows = try Self.rows(path, open)
    guard rows.columns == layout.columnCount else { throw .changed(path: path) }
    var (row, index, next): ([Float], Int, Int) = ([], 0, 0)
    while indices.map({ next < $0.count }) ?? (index < count) {
      guard try Self.next(rows, &row) else { throw .changed(path: path) }
      if indices.map({ $0[next] == index }) ?? true {
        try body(index, row[layout.pixels])
        next += 1
      }
      index += 1
    }
  }

  private static func rows(_ path: String, _ open: Open) throws(DatasetError) -> NumberRows {
    let stream: ByteStream
    do { stream = try open(path) } catch { throw .file(error) }
    do { return try NumberRows(stream, sizeLimit: sizeLimit) } catch { throw DatasetError(error) }
  }

  private static func next(_ rows: NumberRows, _ row: inout [Float]) throws(DatasetError) -> Bool {
    do { return try rows.next(&row) } catch { throw DatasetError(error) }
  }

  private static func scan(_ rows: NumberRows, frontCount: Int) throws(DatasetError) -> TableStatistics {
    var statistics = TableStatistics(columnCount: rows.columns, frontCount: frontCount)
    var row: [Float] = []
    while try next(rows, &row) {
      guard statistics.rowCount < IDX.largestCount else {
        throw .tooMany(path: rows.path, count: IDX.largestCount + 1, limit: IDX.largestCount)
      }
      statistics.add(row)
    }
    guard statistics.rowCount > 0 else { throw .table(path: rows.path, .noRows) }
    return statistics
  }

  private static func labels(
    _ statistics: TableStatistics, _ layout: TableLayout
  ) throws(TableLayoutFault) -> [Int]? {
    switch layout.labels {
    case .none: return nil
    case .oneHot(let columns): return statistics.distances.map { columns.count - 1 - $0 }
    case .column(let column):
      let numbers = statistics.numbers(in: column)
      let labels = numbers.compactMap(TableStatistics.label)
      guard labels.count == numbers.count else {
        let row = numbers.firstIndex { TableStatistics.label($0) == nil } ?? 0
        throw .wrongLabel(row: row + 1, value: numbers[row])
      }
      return labels
    }
  }
}

extension DatasetError {
  init(_ error: FormatError<TableFault>) {
    switch error {
    case .file(let error): self = .file(error)
    case .invalid(let path, let fault): self = .table(path: path, fault)
    }
  }
}
