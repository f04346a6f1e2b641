import Primitives

/// The lines of a text, plain or gzip, that are neither blank nor comments.
final class TextLines {
  /// The text around the last line.
  private(set) var bytes: [UInt8] = []
  /// The number of the last line, from 1.
  private(set) var line = 0

  private var position = 0
  private var isAtEnd = false
  private let stream: ByteStream
  private let gzip: GzipReader?

  /// The limit on the length of a line, in bytes: more than the pixels of the largest images need.
  static let longestLine = 1 << 21
  private static let pieceSize = 1 << 20

  /// Opens a text; a compressed one is kept in memory, compressed, up to `sizeLimit`.
  init(_ stream: ByteStream, sizeLimit: Int) throws(FormatError<TableFault>) {
    self.stream = stream
    let start: [UInt8]
    do { start = try stream.peek(6) } catch { throw .file(error) }
    if let name = Self.otherCompression(start) { throw .invalid(path: stream.path, .otherCompression(name)) }
    guard start.starts(with: [0x1F, 0x8B]) else {
      gzip = nil
      return
    }
    let compressed: [UInt8]
    do { compressed = try stream.readAll(limit: sizeLimit) } catch { throw .file(error) }
    do { gzip = try GzipReader(compressed) } catch { throw .invalid(path: stream.path, .gzip(error)) }
  }

  /// The range of the next line in `bytes`, without its end; nil after the last.
  func next() throws(FormatError<TableFault>) -> Range<Int>? {
    while let range = try nextLine() {
      let start = bytes[range].firstIndex { $0 != 0x20 && $0 != 0x09 }
      if let start, bytes[start] != UInt8(ascii: "#") { return start..<range.upperBound }
    }
    return nil
  }

  private func nextLine() throws(FormatError<TableFault>) -> Range<Int>? {
    var searched = position
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        return try range(to: end, next: end + 1)
      }
      guard !isAtEnd else {
        return position < bytes.count ? try range(to: bytes.count, next: bytes.count) : nil
      }
      guard bytes.count - position <= Self.longestLine else { throw tooLong(line + 1) }
      searched = bytes.count - position
      let piece = try read()
      isAtEnd = piece.count < Self.pieceSize
      bytes.removeFirst(position)
      bytes += piece
      position = 0
    }
  }

  private func range(to end: Int, next: Int) throws(FormatError<TableFault>) -> Range<Int> {
    var range = position..<end
    position = next
    line += 1
    guard range.count <= Self.longestLine else { throw tooLong(line) }
    if let last = bytes[range].last, last == UInt8(ascii: "\r") {
      range = range.lowerBound..<range.upperBound - 1
    }
    // A byte order mark, as spreadsheets write.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if line == 1, bytes[range].starts(with: mark) { range = range.lowerBound + mark.count..<range.upperBound }
    return range
  }

  private func read() throws(FormatError<TableFault>) -> [UInt8] {
    guard let gzip else { return try stream.read(upTo: Self.pieceSize, faults: TableFault.self) }
    do {
      return try gzip.read(upTo: Self.pieceSize)
    } catch { throw .invalid(path: stream.path, .gzip(error)) }
  }

  private func tooLong(_ line: Int) -> FormatError<TableFault> {
    .invalid(path: stream.path, .lineTooLong(line: line, limit: Self.longestLine))
  }

  private static func otherCompression(_ start: [UInt8]) -> String? {
    let beginnings: [(String, [UInt8])] = [
      ("bzip2", Array("BZh".utf8)), ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A]),
      ("Zstandard", [0x28, 0xB5, 0x2F, 0xFD]),
      ("zip", [0x50, 0x4B, 3, 4]), ("7-Zip", [0x37, 0x7A, 0xBC, 0xAF]),
    ]
    return beginnings.first { start.starts(with: $0.1) }?.0
  }
}
