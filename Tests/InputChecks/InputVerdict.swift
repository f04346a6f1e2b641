import CZlib
import Checkpoints
import Datasets
import Formats
import Primitives

/// A reader's result for a file, for comparison with other readers of the format.
public struct InputVerdict: Codable, Sendable, Equatable {
  /// The file's name, which says by its end what the file should be.
  public let file: String
  /// Size and CRC-32 of what was read, laid out as `make_reader_corpus.py` does; nil for a refusal.
  public let digest: String?
  /// The reason of a refusal; nil for an accepted file.
  public let reason: String?

  /// The verdict on the file `name` that holds `bytes`.
  ///
  /// The name says which reader to ask: that of safetensors for `.safetensors`, NumPy's for `.npy`, that of data sets for
  /// `.npz`, that of PNG for `.png`, that of PGM and PPM for `.pnm`, that of IDX where it has `images` or `labels` in
  /// it, and gzip's for any other.
  public init(file name: String, bytes: [UInt8]) {
    file = name
    do {
      let contents: [UInt8]
      if name.hasSuffix(".safetensors") {
        contents = Self.layout(of: try SafetensorsFile(bytes: bytes))
      } else if name.hasSuffix(".npy") {
        contents = try Self.layout(of: NumPyRows(ByteStream(bytes, path: name)))
      } else if name.hasSuffix(".npz") {
        let file = RandomAccessFile(bytes, path: name)
        contents = try Self.layout(
          of: try DataSources.archive(file, memory: MemoryBudget(available: 1 << 26)))
      } else if name.hasSuffix(".png") {
        contents = try PNGReader.grey(bytes, width: 28, height: 28)
      } else if name.hasSuffix(".pnm") {
        contents = try Self.layout(of: PNMReader.image(bytes, pixelLimit: 1 << 16))
      } else if name.contains("images") {
        contents = try IDX.images(in: bytes, path: name)
      } else if name.contains("labels") {
        contents = try IDX.labels(in: bytes, path: name, classCount: 10)
      } else {
        contents = try inflate(bytes, limit: 1 << 28, piece: 1 << 20).get()
      }
      (digest, reason) = (Self.digest(of: contents), nil)
    } catch {
      (digest, reason) = (nil, "\(error)")
    }
  }

  /// The verdict on the data set at `path`, a file or a folder.
  public init(dataSet path: String) {
    file = path.split(separator: "/").last.map(String.init) ?? path
    do {
      let request = SourceRequest(path: path, memory: MemoryBudget(available: 1 << 26))
      (digest, reason) = (Self.digest(of: try Self.layout(of: DataSources.open(request))), nil)
    } catch {
      (digest, reason) = (nil, "\(error)")
    }
  }

  private static func digest(of bytes: [UInt8]) -> String {
    let check = bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
    return "\(bytes.count):\(check)"
  }

  /// Metadata by key, then tensors by name: name, shape and values, each text with a zero byte at its end.
  ///
  /// All that is not a number is one NaN, as hardware and libraries keep different bits of it.
  private static func layout(of file: SafetensorsFile) -> [UInt8] {
    var bytes: [UInt8] = []
    func add(_ text: String) { bytes += Array(text.utf8) + [0] }
    for (key, value) in file.metadata.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      add(key)
      add(value)
    }
    for tensor in file.tensors.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      add(tensor.name)
      add(tensor.shape.map(String.init).joined(separator: ","))
      bytes += layout(of: tensor.values)
    }
    return bytes
  }

  /// The shape, with a zero byte at its end, and the numbers, row by row.
  private static func layout(of rows: NumPyRows) throws(FormatError<NumPyFault>) -> [UInt8] {
    Array(rows.header.shape.map(String.init).joined(separator: ",").utf8) + [0]
      + layout(of: try rows.read(upTo: rows.count))
  }

  /// Width, height and channels, with a zero byte at their end, and the pixels.
  private static func layout(of picture: PixelImage) -> [UInt8] {
    let extents = [picture.width, picture.height, picture.colors.bytesPerPixel]
    return Array(extents.map(String.init).joined(separator: ",").utf8) + [0] + picture.bytes
  }

  /// The shape and the class names, then each part's name, count and labels, each with a zero byte at its end, and its
  /// pixels.
  private static func layout(of source: any DataSource) throws(DatasetError) -> [UInt8] {
    let extents = [source.shape.width, source.shape.height, source.shape.channels].map(String.init)
    var bytes: [UInt8] = []
    for text in [extents.joined(separator: ","), source.description.classNames.joined(separator: ",")] {
      bytes += Array(text.utf8) + [0]
    }
    for (index, part) in source.parts.enumerated() {
      let labels = part.labels.map { $0.map(String.init) ?? "" }.joined(separator: ",")
      for text in [part.kind.rawValue, String(part.count), labels] { bytes += Array(text.utf8) + [0] }
      try source.readImages(part: index, indices: nil) { _, pixels throws(DatasetError) in
        for value in pixels.indices { bytes.append(pixels[value]) }
      }
    }
    return bytes
  }

  private static func layout(of numbers: [Float]) -> [UInt8] {
    numbers.map { ($0.isNaN ? Float.nan : $0).bitPattern.littleEndian }.withUnsafeBytes { Array($0) }
  }
}
