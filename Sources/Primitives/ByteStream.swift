#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The bytes of a file, of standard input or of memory, from front to back.
public final class ByteStream {
  /// What a person knows the source by.
  public let path: String
  private let descriptor: Int32?
  private let closesDescriptor: Bool
  /// What comes before the bytes that the descriptor still has.
  private var pending: ArraySlice<UInt8>

  private static let pieceSize = 1 << 20

  private init(path: String, descriptor: Int32?, closesDescriptor: Bool, pending: [UInt8] = []) {
    self.path = path
    self.descriptor = descriptor
    self.closesDescriptor = closesDescriptor
    self.pending = pending[...]
  }

  /// Opens the regular file at `path`; throws when there is none that can be read.
  public convenience init(opening path: String) throws(FileError) {
    let (descriptor, _) = try FileBytes.openRegular(path)
    self.init(path: path, descriptor: descriptor, closesDescriptor: true)
  }

  /// Reads `bytes`, which stand for a file at `path`.
  public convenience init(_ bytes: [UInt8], path: String) {
    self.init(path: path, descriptor: nil, closesDescriptor: false, pending: bytes)
  }

  /// What comes through standard input.
  public static func standardInput() -> ByteStream {
    ByteStream(path: "standard input", descriptor: STDIN_FILENO, closesDescriptor: false)
  }

  deinit {
    if closesDescriptor, let descriptor { close(descriptor) }
  }

  /// The next `count` bytes, or fewer at the end. Memory grows with what there is, not with `count`.
  public func read(upTo count: Int) throws(FileError) -> [UInt8] {
    var bytes = Array(pending.prefix(count))
    pending = pending.dropFirst(bytes.count)
    while let descriptor, bytes.count < count {
      let piece = try FileBytes.readPiece(
        upTo: min(count - bytes.count, Self.pieceSize), from: descriptor, path: path)
      guard !piece.isEmpty else { break }
      bytes += piece
    }
    return bytes
  }

  /// The next `count` bytes, or fewer at the end, which stay to be read.
  public func peek(_ count: Int) throws(FileError) -> [UInt8] {
    let bytes = try read(upTo: count)
    pending = (bytes + pending)[...]
    return bytes
  }

  /// All that is left; throws where it is more than `limit` bytes.
  public func readAll(limit: Int) throws(FileError) -> [UInt8] {
    let bytes = try read(upTo: limit)
    let rest = try read(upTo: 1)
    guard rest.isEmpty else { throw .tooLarge(path: path, size: limit + 1, limit: limit) }
    return bytes
  }
}
