import Primitives

/// A sequential reader of an IDX file, the format of MNIST: a big-endian header with the dimensions, then one
/// byte for each element.
///
///     0, 0, 8 (unsigned bytes), number of dimensions, then 4 bytes for each dimension
///
/// The file is plain or gzip; a compressed one is inflated as far as it is read.
public final class IDXReader {
  /// The limits on what is read; more indicates a damaged file.
  public struct Limits: Sendable {
    /// The limit on the first dimension.
    public var count: Int
    /// The limit on a compressed file's size, in bytes.
    public var fileSize: Int

    /// Creates limits.
    public init(count: Int, fileSize: Int) { (self.count, self.fileSize) = (count, fileSize) }
  }

  /// The first dimension, at least 1: the number of images or labels.
  public let count: Int
  /// The number of bytes of an image or label.
  private let width: Int
  private let contents: IDXContents
  private var rowsRead = 0

  /// Reads the header.
  ///
  /// - Parameters:
  ///   - rowShape: the dimensions after the first, which the file must have.
  ///   - limits: what a sound file does not exceed.
  public init(
    _ stream: ByteStream, isCompressed: Bool, rowShape: [Int], limits: Limits
  ) throws(FormatError<IDXFault>) {
    contents = try IDXContents(stream, isCompressed: isCompressed, sizeLimit: limits.fileSize)
    count = try Self.readCount(contents, rowShape: rowShape, limit: limits.count)
    width = rowShape.reduce(1, *)
  }

  /// Reads the bytes of the next images or labels: at most `limit`, none after the last.
  public func read(upTo limit: Int) throws(FormatError<IDXFault>) -> [UInt8] {
    let asked = min(limit, count - rowsRead)
    guard asked > 0 else { return [] }
    let elements = try contents.read(upTo: asked * width)
    guard elements.count == asked * width else {
      throw contents.fail(.elementsCut(expected: count * width, found: rowsRead * width + elements.count))
    }
    rowsRead += asked
    if rowsRead == count, try !contents.read(upTo: 1).isEmpty {
      throw contents.fail(.elementsLeftOver(expected: count * width))
    }
    return elements
  }

  private static func readCount(
    _ contents: IDXContents, rowShape: [Int], limit: Int
  ) throws(FormatError<IDXFault>) -> Int {
    let dimensionCount = 1 + rowShape.count
    let expected = 4 + 4 * dimensionCount
    let magic = try contents.read(upTo: 4)
    guard magic.count == 4 else { throw contents.fail(.headerCut(expected: expected, found: magic.count)) }
    guard !contents.isCompressed || !magic.starts(with: [0x1F, 0x8B]) else { throw contents.fail(.gzipTwice) }
    guard magic[0] == 0 && magic[1] == 0 else {
      throw contents.fail(.notIDX(firstBytes: Array(magic[..<2])))
    }
    guard magic[2] == IDXHeader.bytesType else { throw contents.fail(.wrongElementType(magic[2])) }
    guard magic[3] == UInt8(dimensionCount) else {
      throw contents.fail(.wrongDimensionCount(expected: dimensionCount, found: Int(magic[3])))
    }
    let extents = try contents.read(upTo: 4 * dimensionCount)
    guard extents.count == 4 * dimensionCount else {
      throw contents.fail(.headerCut(expected: expected, found: 4 + extents.count))
    }
    let dimensions = stride(from: 0, to: extents.count, by: 4).map { BigEndian.number(extents[$0..<$0 + 4]) }
    guard dimensions[0] > 0 else { throw contents.fail(.empty) }
    guard dimensions[0] <= limit else {
      throw contents.fail(.tooMany(count: dimensions[0], limit: limit))
    }
    guard Array(dimensions.dropFirst()) == rowShape else {
      throw contents.fail(.wrongImageSize(Array(dimensions.dropFirst()), expected: rowShape))
    }
    return dimensions[0]
  }
}

/// The header of an IDX file of unsigned bytes.
public enum IDXHeader {
  static let bytesType: UInt8 = 8

  /// The bytes before the elements.
  public static func encode(_ dimensions: [Int]) -> [UInt8] {
    [0, 0, bytesType, UInt8(dimensions.count)] + dimensions.flatMap(BigEndian.bytes)
  }
}

/// A sequential reader of a plain or gzip file.
private struct IDXContents {
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
