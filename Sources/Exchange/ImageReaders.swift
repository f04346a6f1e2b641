import Datasets
import Kernels
import Primitives

/// Images that come a few at a time.
public protocol ImageReader: AnyObject {
  /// How many images there are, at least one.
  var count: Int { get }
  /// The next images, of 784 pixels in [0, 1] each: at most `limit`, and none after the last.
  func read(upTo limit: Int) throws(ExchangeError) -> [Float]
}

/// The images of an IDX file.
public final class IDXImageReader: ImageReader {
  private let stream: IDXImageStream

  /// Reads the header of a file that is gzip or plain.
  public init(_ stream: ByteStream, isCompressed: Bool) throws(ExchangeError) {
    do {
      self.stream = try IDXImageStream(stream, isCompressed: isCompressed)
    } catch { throw .dataset(error) }
  }

  /// How many images there are.
  public var count: Int { stream.count }

  /// The next images, as `ImageReader` has them.
  public func read(upTo limit: Int) throws(ExchangeError) -> [Float] {
    do {
      return try stream.read(upTo: limit).map(intensity)
    } catch { throw .dataset(error) }
  }
}

/// The images of a NumPy array of the shape (count, 28, 28), (count, 784) or (28, 28): bytes, or numbers in
/// [0, 1].
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

  /// How many images there are.
  public var count: Int { rows.count }

  /// The next images, as `ImageReader` has them.
  public func read(upTo limit: Int) throws(ExchangeError) -> [Float] {
    let numbers = try rows.read(upTo: limit)
    defer { imagesRead += numbers.count / ImageShape.pixelCount }
    if rows.header.type.kind == .uint8 { return numbers.map { $0 / 255 } }
    if let wrong = numbers.firstIndex(where: { !(0...1).contains($0) }) {
      let image = imagesRead + wrong / ImageShape.pixelCount
      throw .pixelOutOfRange(path: rows.path, image: image, value: numbers[wrong])
    }
    return numbers
  }
}

/// The one picture of a PNG file.
public final class PNGImageReader: ImageReader {
  private let open: () throws(ExchangeError) -> ByteStream
  private var isRead = false

  /// A file that `open` opens when its turn comes, so that thousands are not open at once.
  public init(_ open: @escaping () throws(ExchangeError) -> ByteStream) {
    self.open = open
  }

  /// How many images there are.
  public let count = 1

  /// The next images, as `ImageReader` has them.
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

/// The images of a file that is open only while it is read, so that thousands are not open at once: once at the
/// beginning, for what its header says, and again when its turn comes.
public final class ReopeningImageReader: ImageReader {
  private let path: String
  private let open: () throws(ExchangeError) -> any ImageReader
  private var reader: (any ImageReader)?
  private var isRead = false
  /// How many images there are.
  public let count: Int

  /// The file at `path`, which `open` opens.
  public init(
    _ path: String, _ open: @escaping () throws(ExchangeError) -> any ImageReader
  ) throws(ExchangeError) {
    (self.path, self.open) = (path, open)
    count = try open().count
  }

  /// The next images, as `ImageReader` has them.
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

/// The images of a data set, which are drawn or found on all threads.
public final class DatasetImageReader: ImageReader {
  private let images: any ImageSource
  private let team: ThreadTeam
  private var imagesRead = 0
  /// How many images there are.
  public let count: Int

  /// The first `count` of `images`.
  public init(_ images: any ImageSource, count: Int, team: ThreadTeam) {
    (self.images, self.count, self.team) = (images, min(count, images.count), team)
  }

  /// The next images, as `ImageReader` has them.
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

/// The images of some readers, one after the other.
public final class JoinedImageReader: ImageReader {
  private var rest: ArraySlice<any ImageReader>
  /// How many images there are.
  public let count: Int

  /// Joins at least one reader.
  public init(_ readers: [any ImageReader]) {
    (rest, count) = (readers[...], readers.reduce(0) { $0 + $1.count })
  }

  /// The next images, as `ImageReader` has them.
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

/// A byte as a number in [0, 1].
private func intensity(_ byte: UInt8) -> Float { Float(byte) / 255 }

/// Throws where there are no images or rows, or more than are read.
func checkCount(_ count: Int, path: String) throws(ExchangeError) {
  guard count > 0 else { throw .empty(path: path) }
  guard count <= IDX.largestCount else {
    throw .tooMany(path: path, count: count, limit: IDX.largestCount)
  }
}
