import Datasets
import Kernels
import Primitives

/// A sequential reader of images.
public protocol ImageReader: AnyObject {
  /// The number of images, at least one.
  var count: Int { get }
  /// Reads the next images of 784 pixels in [0, 1]: at most `limit`, none after the last.
  func read(upTo limit: Int) throws(ExchangeError) -> [Float]
}

/// A reader of the images of an IDX file.
public final class IDXImageReader: ImageReader {
  private let stream: IDXImageStream

  /// Reads the header of a gzip or plain file.
  public init(_ stream: ByteStream, isCompressed: Bool) throws(ExchangeError) {
    do {
      self.stream = try IDXImageStream(stream, isCompressed: isCompressed)
    } catch { throw .dataset(error) }
  }

  /// The number of images.
  public var count: Int { stream.count }

  /// Reads the next images; see `ImageReader`.
  public func read(upTo limit: Int) throws(ExchangeError) -> [Float] {
    do {
      return try stream.read(upTo: limit).map(intensity)
    } catch { throw .dataset(error) }
  }
}

/// A reader of the images in a NumPy array of the shape (count, 28, 28), (count, 784) or (28, 28), of bytes
/// or of numbers in [0, 1].
public final class NumPyImageReader: ImageReader {
  private let rows: NumPyRows
  private var imagesRead = 0

  /// Reads the header.
  public init(_ stream: ByteStream) throws(ExchangeError) {
    rows = try NumPyRows(stream)
    let (height, width) = (ImageShape.height, ImageShape.width)
    if rows.header.shape == [height, width] { rows.treatAsOneRow() }
    guard [[height, width], [ImageShape.pixelCount]].contains(rows.rowShape) else {
      throw rows.fail(
        .wrongShape(rows.header.shape, expected: "(count, 28, 28), (count, 784) or (28, 28)"))
    }
    try checkCount(rows.count, path: rows.path)
  }

  /// The number of images.
  public var count: Int { rows.count }

  /// Reads the next images; see `ImageReader`.
  public func read(upTo limit: Int) throws(ExchangeError) -> [Float] {
    let numbers = try rows.read(upTo: limit)
    defer { imagesRead += numbers.count / ImageShape.pixelCount }
    if rows.header.type.kind == .uint8 { return numbers.map { $0 / 255 } }
    if let wrong = numbers.firstIndex(where: { !Self.intensities.contains($0) }) {
      let image = imagesRead + wrong / ImageShape.pixelCount
      throw .pixelOutOfRange(path: rows.path, image: image, value: numbers[wrong])
    }
    return numbers.map { min(max($0, 0), 1) }
  }

  /// The numbers that are read as intensities: those beyond 0 and 1 by no more than computing leaves are clamped.
  private static let intensities: ClosedRange<Float> = -1e-4...(1 + 1e-4)
}

/// A reader of the image in a PNG file.
public final class PNGImageReader: ImageReader {
  private let open: () throws(ExchangeError) -> ByteStream
  private var isRead = false

  /// Creates a reader that calls `open` when the image is read, so that few files are open at once.
  public init(_ open: @escaping () throws(ExchangeError) -> ByteStream) {
    self.open = open
  }

  /// The number of images.
  public let count = 1

  /// Reads the next images; see `ImageReader`.
  public func read(upTo limit: Int) throws(ExchangeError) -> [Float] {
    guard !isRead, limit > 0 else { return [] }
    isRead = true
    let stream = try open()
    let bytes: [UInt8]
    do { bytes = try stream.readAll(limit: PNGReader.sizeLimit) } catch { throw .file(error) }
    do {
      return try PNGReader.grey(bytes).map(intensity)
    } catch { throw .png(path: stream.path, error) }
  }
}

/// A reader of a file that is open only while its images are read, so that few files are open at once. It is
/// opened once before, for its header.
public final class ReopeningImageReader: ImageReader {
  private let path: String
  private let open: () throws(ExchangeError) -> any ImageReader
  private var reader: (any ImageReader)?
  private var isRead = false
  /// The number of images.
  public let count: Int

  /// Reads the header of the file at `path`, which `open` opens.
  public init(
    _ path: String, _ open: @escaping () throws(ExchangeError) -> any ImageReader
  ) throws(ExchangeError) {
    (self.path, self.open) = (path, open)
    count = try open().count
  }

  /// Reads the next images; see `ImageReader`.
  public func read(upTo limit: Int) throws(ExchangeError) -> [Float] {
    guard !isRead else { return [] }
    let current = if let reader { reader } else { try open() }
    guard current.count == count else { throw .changed(path: path) }
    let pixels = try current.read(upTo: limit)
    isRead = pixels.isEmpty && limit > 0
    reader = isRead ? nil : current
    return pixels
  }
}

/// A reader of a data set's images, on all threads of a team.
public final class DatasetImageReader: ImageReader {
  private let images: any ImageSource
  private let team: ThreadTeam
  private var imagesRead = 0
  /// The number of images.
  public let count: Int

  /// Creates a reader of the first `count` of `images`.
  public init(_ images: any ImageSource, count: Int, team: ThreadTeam) {
    (self.images, self.count, self.team) = (images, min(count, images.count), team)
  }

  /// Reads the next images; see `ImageReader`.
  public func read(upTo limit: Int) throws(ExchangeError) -> [Float] {
    let asked = min(limit, count - imagesRead)
    let first = imagesRead
    imagesRead += asked
    let parts = Locked<[Int: [Float]]>([:])
    team.run(over: asked) { rows in
      var pixels: [Float] = []
      for row in rows {
        images.withPixels(at: first + row) { span in
          for index in span.indices { pixels.append(intensity(span[index])) }
        }
      }
      let finished = pixels
      parts.withLock { $0[rows.lowerBound] = finished }
    }
    return parts.withLock { $0.sorted { $0.key < $1.key }.flatMap(\.value) }
  }
}

/// A concatenation of readers.
public final class JoinedImageReader: ImageReader {
  private var rest: ArraySlice<any ImageReader>
  /// The number of images.
  public let count: Int

  /// Joins at least one reader.
  public init(_ readers: [any ImageReader]) {
    (rest, count) = (readers[...], readers.reduce(0) { $0 + $1.count })
  }

  /// Reads the next images; see `ImageReader`.
  public func read(upTo limit: Int) throws(ExchangeError) -> [Float] {
    var pixels: [Float] = []
    while let reader = rest.first, pixels.count < limit * ImageShape.pixelCount {
      let next = try reader.read(upTo: limit - pixels.count / ImageShape.pixelCount)
      if next.isEmpty { rest.removeFirst() }
      pixels += next
    }
    return pixels
  }
}

/// A byte as an intensity in [0, 1].
private func intensity(_ byte: UInt8) -> Float { Float(byte) / 255 }

/// Throws unless the number of images or rows is between 1 and the limit.
func checkCount(_ count: Int, path: String) throws(ExchangeError) {
  guard count > 0 else { throw .empty(path: path) }
  guard count <= IDX.largestCount else {
    throw .tooMany(path: path, count: count, limit: IDX.largestCount)
  }
}
