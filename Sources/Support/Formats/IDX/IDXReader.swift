import Primitives

/// A sequential reader of an IDX file, the format of MNIST: a big-endian header with the dimensions, then the
/// elements.
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
  public var count: Int { header.shape[0] }
  /// The element type and the dimensions.
  public let header: NumPyHeader
  /// The number of bytes of an image or label.
  private let width: Int
  private let contents: IDXContents
  private var rowsRead = 0

  /// Reads the header of unsigned bytes.
  ///
  /// - Parameters:
  ///   - rowShape: the dimensions after the first, which the file must have.
  ///   - limits: what a sound file does not exceed.
  public init(
    _ stream: ByteStream, isCompressed: Bool, rowShape: [Int], limits: Limits
  ) throws(FormatError<IDXFault>) {
    contents = try IDXContents(stream, isCompressed: isCompressed, sizeLimit: limits.fileSize)
    header = try IDXHeader.read(contents, rowShape: rowShape, limit: limits.count)
    width = rowShape.reduce(1, *)
  }

  /// Reads the header of an array of any type, with 1 to 4 dimensions.
  public init(
    _ stream: ByteStream, isCompressed: Bool, limits: Limits
  ) throws(FormatError<IDXFault>) {
    contents = try IDXContents(stream, isCompressed: isCompressed, sizeLimit: limits.fileSize)
    header = try IDXHeader.read(contents, rowShape: nil, limit: limits.count)
    width = header.shape.dropFirst().reduce(header.type.size, *)
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

  /// Passes over the next `number` images or labels.
  public func skip(_ number: Int) throws(FormatError<IDXFault>) {
    let step = max(1, (1 << 20) / max(width, 1))
    var left = number
    while left > 0, case let skipped = try read(upTo: min(left, step)).count / max(width, 1), skipped > 0 {
      left -= skipped
    }
  }
}
