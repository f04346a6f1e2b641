import Formats
import Primitives

extension DataSourceKind {
  /// IDX files, plain or gzip, of any names.
  static let idx = DataSourceKind(
    name: "idx", contents: "IDX files or folders of them, also .gz",
    recognizes: { request throws(DatasetError) in
      guard request.isFolder else { return SourceArray.isIDX(try request.beginning()) }
      return try IDXFolder.find(request.path) != nil || IDXFolder.isPublicSet(request.path)
    },
    open: { request throws(DatasetError) in
      guard request.isFolder else { return try IDXFolder.open(file: request) }
      let folder = try IDXFolder.find(request.path) ?? request.path
      return try IDXFolder.open(folder, family: nil, request)
    })
}

extension SourceArray {
  /// The limit on rows.
  static let largestCount = 10_000_000

  /// Tells whether a file begins as an IDX file.
  static func isIDX(_ beginning: [UInt8]) -> Bool {
    beginning.count >= 4 && beginning[0] == 0 && beginning[1] == 0
      && [8, 9, 0xB, 0xC, 0xD, 0xE].contains(beginning[2]) && (1...4).contains(beginning[3])
  }

  /// The array in the IDX file at `path`.
  static func idx(_ path: String, key: String) throws(DatasetError) -> SourceArray {
    let limits = IDXReader.Limits(count: largestCount, fileSize: IDX.sizeLimit)
    let start: [UInt8]
    do { start = try FileBytes.beginning(of: path, count: 1 << 16).bytes } catch { throw .file(error) }
    let isCompressed = start.starts(with: [0x1F, 0x8B]) || path.lowercased().hasSuffix(".gz")
    let header: NumPyHeader
    do {
      header = try IDXReader(
        ByteStream(start, path: path), isCompressed: isCompressed, limits: limits
      ).header
    } catch { throw DatasetError(error) }
    return SourceArray(
      key: key, path: path, type: header.type, shape: header.shape,
      open: { () throws(DatasetError) -> any ArrayRows in
        try IDXArrayRows(opening: path, isCompressed: isCompressed, limits: limits)
      })
  }
}

/// The rows of an IDX file.
private final class IDXArrayRows: ArrayRows {
  private let reader: IDXReader

  init(opening path: String, isCompressed: Bool, limits: IDXReader.Limits) throws(DatasetError) {
    let stream = try ByteStream.dataFile(path)
    do {
      reader = try IDXReader(stream, isCompressed: isCompressed, limits: limits)
    } catch { throw DatasetError(error) }
  }

  func readElements(upTo limit: Int) throws(DatasetError) -> [UInt8] {
    do { return try reader.read(upTo: limit) } catch { throw DatasetError(error) }
  }

  func skip(_ number: Int) throws(DatasetError) {
    do { try reader.skip(number) } catch { throw DatasetError(error) }
  }
}
