import Primitives

/// A sequential reader of a plain or gzip file.
struct IDXContents {
  let path: String
  private let gzip: GzipReader?
  private let plain: ByteStream

  /// Tells whether the contents are decompressed.
  var isCompressed: Bool { gzip != nil }

  /// Reads `bytes`, as gzip where the path ends in `.gz`.
  init(_ bytes: [UInt8], path: String) throws(DatasetError) {
    try self.init(ByteStream(bytes, path: path), isCompressed: path.hasSuffix(".gz"))
  }

  /// Reads a stream. A compressed one is kept in memory.
  init(_ stream: ByteStream, isCompressed: Bool) throws(DatasetError) {
    (path, plain) = (stream.path, stream)
    guard isCompressed else {
      gzip = nil
      return
    }
    let bytes: [UInt8]
    do { bytes = try stream.readAll(limit: IDX.sizeLimit) } catch { throw .file(error) }
    do {
      gzip = try GzipReader(bytes)
    } catch .wrongMagic {
      throw .notGzip(path: path, looksLikeHTML: Self.looksLikeHTML(bytes))
    } catch {
      throw .damagedGzip(path: path, error)
    }
  }

  /// Reads the next `count` bytes, or fewer at the end.
  mutating func read(upTo count: Int) throws(DatasetError) -> [UInt8] {
    guard let gzip else {
      do { return try plain.read(upTo: count) } catch { throw .file(error) }
    }
    do { return try gzip.read(upTo: count) } catch { throw .damagedGzip(path: path, error) }
  }

  /// Throws unless the contents end after the `count` elements.
  mutating func requireEnd(after count: Int) throws(DatasetError) {
    guard try read(upTo: 1).isEmpty else { throw .elementsLeftOver(path: path, expected: count) }
  }

  private static func looksLikeHTML(_ bytes: [UInt8]) -> Bool {
    bytes.first { !" \t\r\n\u{FEFF}".utf8.contains($0) } == UInt8(ascii: "<")
  }
}

/// A sequential reader of the images of an IDX file, plain or gzip.
public final class IDXImageStream {
  /// The number of images that the header announces, at least one.
  public let count: Int
  private var contents: IDXContents
  private var imagesRead = 0

  /// Reads the header.
  ///
  /// - Throws: `DatasetError` for the first fault, as all methods.
  public init(_ stream: ByteStream, isCompressed: Bool) throws(DatasetError) {
    contents = try IDXContents(stream, isCompressed: isCompressed)
    count = try IDX.readImageCount(of: &contents)
  }

  /// Reads the pixels of the next images, `[images, 784]`: at most `limit`, none after the last.
  public func read(upTo limit: Int) throws(DatasetError) -> [UInt8] {
    let asked = min(limit, count - imagesRead)
    guard asked > 0 else { return [] }
    let pixels = try contents.read(upTo: asked * ImageShape.pixelCount)
    guard pixels.count == asked * ImageShape.pixelCount else {
      throw .elementsCut(
        path: contents.path, expected: count * ImageShape.pixelCount,
        found: imagesRead * ImageShape.pixelCount + pixels.count)
    }
    imagesRead += asked
    if imagesRead == count { try contents.requireEnd(after: count * ImageShape.pixelCount) }
    return pixels
  }
}
