import Primitives

/// A sequential reader of a plain or gzip file.
struct IDXContents {
  private let path: String
  private let gzip: GzipReader?
  private let plain: ByteStream

  /// Tells whether the contents are decompressed.
  var isCompressed: Bool { gzip != nil }

  /// Reads a stream. A compressed one is kept in memory.
  init(_ stream: ByteStream, isCompressed: Bool, sizeLimit: Int) throws(FormatError<IDXFault>) {
    (path, plain) = (stream.path, stream)
    guard isCompressed else {
      gzip = nil
      return
    }
    let bytes: [UInt8]
    do { bytes = try stream.readAll(limit: sizeLimit) } catch { throw .file(error) }
    do {
      gzip = try GzipReader(bytes)
    } catch .wrongMagic {
      throw .invalid(path: path, .notGzip(looksLikeHTML: Self.looksLikeHTML(bytes)))
    } catch {
      throw .invalid(path: path, .damagedGzip(error))
    }
  }

  /// Reads the next `count` bytes, or fewer at the end.
  func read(upTo count: Int) throws(FormatError<IDXFault>) -> [UInt8] {
    guard let gzip else { return try plain.read(upTo: count, faults: IDXFault.self) }
    do { return try gzip.read(upTo: count) } catch { throw fail(.damagedGzip(error)) }
  }

  func fail(_ fault: IDXFault) -> FormatError<IDXFault> { .invalid(path: path, fault) }

  private static func looksLikeHTML(_ bytes: [UInt8]) -> Bool {
    bytes.first { !" \t\r\n\u{FEFF}".utf8.contains($0) } == UInt8(ascii: "<")
  }
}
