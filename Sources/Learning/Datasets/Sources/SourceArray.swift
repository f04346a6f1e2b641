import Formats
import Primitives

/// An array in a file: its header is known, its rows are read in a stream.
struct SourceArray: Sendable {
  /// The key in an archive, or the name of the file.
  let key: String
  /// The file.
  let path: String
  /// The element type.
  let type: NumPyType
  /// The extents.
  let shape: [Int]
  /// Opens it at its first row.
  let open: @Sendable () throws(DatasetError) -> any ArrayRows

  /// The number of rows.
  var count: Int { shape.first ?? 1 }

  /// The extents of a row.
  var rowShape: [Int] { Array(shape.dropFirst()) }

  /// The number of bytes of a row.
  var rowSize: Int { rowShape.reduce(1, *) * type.size }

  /// The key, type and shape, for messages.
  var text: String { "\(key) (\(type.kind.rawValue), \(shape.map(String.init).joined(separator: "×")))" }

  /// Calls `body` with the bytes of successive rows, about a megabyte at a time, until it returns false.
  func readPieces(_ body: (_ elements: [UInt8]) throws(DatasetError) -> Bool) throws(DatasetError) {
    let rows = try open()
    let step = max(1, (1 << 20) / max(rowSize, 1))
    while case let piece = try rows.readElements(upTo: step), !piece.isEmpty {
      guard try body(piece) else { return }
    }
  }
}

/// A sequential reader of an array's rows.
protocol ArrayRows: AnyObject {
  /// Reads the bytes of the next rows: at most `limit` rows, none after the last.
  func readElements(upTo limit: Int) throws(DatasetError) -> [UInt8]
  /// Passes over the next rows.
  func skip(_ number: Int) throws(DatasetError)
}

/// The rows of a NumPy array.
final class NumPyArrayRows: ArrayRows {
  private let rows: NumPyRows

  /// Opens the file at `path`.
  init(opening path: String, memory: MemoryBudget) throws(DatasetError) {
    let stream = try ByteStream.dataFile(path)
    do { rows = try NumPyRows(stream, fortranLimit: memory.limit) } catch { throw DatasetError(error) }
  }

  /// Opens a member of an archive.
  init(_ member: NPZArchive.Member, of archive: NPZArchive, memory: MemoryBudget) throws(DatasetError) {
    do {
      rows = try archive.rows(of: member, fortranLimit: memory.limit)
    } catch { throw DatasetError(error) }
  }

  var header: NumPyHeader { rows.header }

  func readElements(upTo limit: Int) throws(DatasetError) -> [UInt8] {
    do { return try rows.readElements(upTo: limit) } catch { throw DatasetError(error) }
  }

  func skip(_ number: Int) throws(DatasetError) {
    do { try rows.skip(number) } catch { throw DatasetError(error) }
  }
}

extension SourceArray {
  /// The array in the NumPy file at `path`.
  static func numPy(_ path: String, key: String, memory: MemoryBudget) throws(DatasetError) -> SourceArray {
    let header = try NumPyArrayRows(opening: path, memory: memory).header
    return SourceArray(
      key: key, path: path, type: header.type, shape: header.shape,
      open: { () throws(DatasetError) -> any ArrayRows in
        try NumPyArrayRows(opening: path, memory: memory)
      })
  }

  /// The array of a member of an archive.
  static func member(
    _ member: NPZArchive.Member, header: NumPyHeader, of archive: NPZArchive, memory: MemoryBudget
  ) -> SourceArray {
    SourceArray(
      key: member.key, path: archive.archive.file.path, type: header.type, shape: header.shape,
      open: { () throws(DatasetError) -> any ArrayRows in
        try NumPyArrayRows(member, of: archive, memory: memory)
      })
  }
}

extension ByteStream {
  /// Opens the file at `path`.
  static func dataFile(_ path: String) throws(DatasetError) -> ByteStream {
    do { return try ByteStream(opening: path) } catch { throw .file(error) }
  }
}
