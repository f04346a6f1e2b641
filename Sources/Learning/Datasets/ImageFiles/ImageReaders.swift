import Formats
import Primitives

/// A sequential reader of images.
public protocol ImageReader: AnyObject {
  /// The number of images, at least one.
  var count: Int { get }
  /// The shape of every image; files of another shape are refused.
  var shape: ImageShape { get }
  /// Reads the next images, plane by plane, as values in [0, 1]: at most `limit` images, none after the last.
  func read(upTo limit: Int) throws(DatasetError) -> [Float]
}

/// A reader of the images of an IDX file, which are grey.
public final class IDXImageReader: ImageReader {
  private let file: IDXReader
  /// The shape of every image.
  public let shape: ImageShape

  /// Reads the header of a gzip or plain file.
  public init(
    _ stream: ByteStream, isCompressed: Bool, shape: ImageShape = .mnist
  ) throws(DatasetError) {
    self.shape = shape
    do {
      file = try IDXReader(
        stream, isCompressed: isCompressed, rowShape: [shape.height, shape.width], limits: IDX.limits)
    } catch { throw DatasetError(error) }
    let grey = ImageShape(width: shape.width, height: shape.height)
    guard shape == grey else { throw .wrongShape(path: stream.path, grey, expected: shape) }
  }

  /// The number of images.
  public var count: Int { file.count }

  /// Reads the next images; see `ImageReader`.
  public func read(upTo limit: Int) throws(DatasetError) -> [Float] {
    do {
      return try file.read(upTo: limit).map(intensity)
    } catch { throw DatasetError(error) }
  }
}

/// A reader of the images in a NumPy array of the shape (count, height, width), with a last dimension of 3 for colours,
/// of rows with as many numbers, or of one image; of bytes or of numbers in [0, 1].
public final class NumPyImageReader: ImageReader {
  private let rows: NumPyRows
  private var imagesRead = 0
  /// The shape of every image.
  public let shape: ImageShape

  /// Reads the header.
  public init(_ stream: ByteStream, shape: ImageShape = .mnist) throws(DatasetError) {
    self.shape = shape
    do { rows = try NumPyRows(stream) } catch { throw DatasetError(error) }
    let extents = shape.arrayExtents
    if rows.header.shape == extents { rows.treatAsOneRow() }
    guard [extents, [shape.valueCount]].contains(rows.rowShape) else {
      let text = extents.map(String.init).joined(separator: ", ")
      throw DatasetError(
        rows.fail(
          .wrongShape(
            rows.header.shape, expected: "(count, \(text)), (count, \(shape.valueCount)) or (\(text))")))
    }
    try checkCount(rows.count, path: rows.path)
  }

  /// The number of images.
  public var count: Int { rows.count }

  /// Reads the next images; see `ImageReader`.
  public func read(upTo limit: Int) throws(DatasetError) -> [Float] {
    let numbers: [Float]
    do { numbers = try rows.read(upTo: limit) } catch { throw DatasetError(error) }
    defer { imagesRead += numbers.count / shape.valueCount }
    if rows.header.type.kind == .uint8 { return shape.planes(of: numbers.map { $0 / 255 }) }
    if let wrong = numbers.firstIndex(where: { !Self.intensities.contains($0) }) {
      let image = imagesRead + wrong / shape.valueCount
      throw .pixelOutOfRange(path: rows.path, image: image, value: numbers[wrong])
    }
    return shape.planes(of: numbers.map { min(max($0, 0), 1) })
  }

  /// The numbers that are read as intensities: those beyond 0 and 1 by no more than computing leaves are clamped.
  private static let intensities: ClosedRange<Float> = -1e-4...(1 + 1e-4)
}

/// A reader of the image in a PNG file.
public final class PNGImageReader: ImageReader {
  private let open: () throws(FileError) -> ByteStream
  private var isRead = false
  /// The shape of the image.
  public let shape: ImageShape
  /// The limit on a file's size, more than an image of any supported shape needs.
  static let sizeLimit = 1 << 24

  /// Creates a reader that calls `open` when the image is read, so that few files are open at once.
  public init(shape: ImageShape = .mnist, _ open: @escaping () throws(FileError) -> ByteStream) {
    (self.shape, self.open) = (shape, open)
  }

  /// The number of images.
  public let count = 1

  /// Reads the next images; see `ImageReader`.
  public func read(upTo limit: Int) throws(DatasetError) -> [Float] {
    guard !isRead, limit > 0 else { return [] }
    isRead = true
    let (stream, bytes): (ByteStream, [UInt8])
    do {
      stream = try open()
      bytes = try stream.readAll(limit: Self.sizeLimit)
    } catch { throw .file(error) }
    do { return try values(of: bytes) } catch { throw .png(path: stream.path, error) }
  }

  private func values(of file: [UInt8]) throws(PNGFault) -> [Float] {
    guard shape.isColour else {
      return try PNGReader.grey(file, width: shape.width, height: shape.height).map(intensity)
    }
    let image = try PNGReader.image(file, pixelLimit: Self.sizeLimit)
    guard image.width == shape.width, image.height == shape.height else {
      throw .wrongSize([image.width, image.height], expected: [shape.width, shape.height])
    }
    return shape.planes(of: image.colored.bytes.map(intensity))
  }
}

/// A reader of a file that is open only while its images are read, so that few files are open at once. It is
/// opened once before, for its header.
public final class ReopeningImageReader: ImageReader {
  private let path: String
  private let open: () throws(DatasetError) -> any ImageReader
  private var reader: (any ImageReader)?
  private var isRead = false
  /// The number of images.
  public let count: Int
  /// The shape of every image.
  public let shape: ImageShape

  /// Reads the header of the file at `path`, which `open` opens.
  public init(
    _ path: String, _ open: @escaping () throws(DatasetError) -> any ImageReader
  ) throws(DatasetError) {
    (self.path, self.open) = (path, open)
    let first = try open()
    (count, shape) = (first.count, first.shape)
  }

  /// Reads the next images; see `ImageReader`.
  public func read(upTo limit: Int) throws(DatasetError) -> [Float] {
    guard !isRead else { return [] }
    let current = if let reader { reader } else { try open() }
    guard current.count == count else { throw .changed(path: path) }
    let pixels = try current.read(upTo: limit)
    isRead = pixels.isEmpty && limit > 0
    reader = isRead ? nil : current
    return pixels
  }
}

/// A concatenation of readers.
public final class JoinedImageReader: ImageReader {
  private var rest: ArraySlice<any ImageReader>
  /// The number of images.
  public let count: Int
  /// The shape of every image.
  public let shape: ImageShape

  /// Joins at least one reader, all for images of `shape`.
  public init(_ readers: [any ImageReader], shape: ImageShape = .mnist) {
    (rest, count) = (readers[...], readers.reduce(0) { $0 + $1.count })
    self.shape = shape
  }

  /// Reads the next images; see `ImageReader`.
  public func read(upTo limit: Int) throws(DatasetError) -> [Float] {
    var pixels: [Float] = []
    while let reader = rest.first, pixels.count < limit * shape.valueCount {
      let next = try reader.read(upTo: limit - pixels.count / shape.valueCount)
      if next.isEmpty { rest.removeFirst() }
      pixels += next
    }
    return pixels
  }
}

/// A byte as an intensity in [0, 1].
private func intensity(_ byte: UInt8) -> Float { Float(byte) / 255 }

/// Throws unless the number of images is between 1 and the limit.
private func checkCount(_ count: Int, path: String) throws(DatasetError) {
  guard count > 0 else { throw .empty(path: path) }
  guard count <= IDX.largestCount else {
    throw .tooMany(path: path, count: count, limit: IDX.largestCount)
  }
}
