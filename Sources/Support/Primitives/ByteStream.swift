#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A sequential reader of a file, of standard input or of bytes in memory.
public final class ByteStream {
  /// The source's name in error messages.
  public let path: String
  private let descriptor: Int32?
  private let closesDescriptor: Bool
  /// Bytes that precede those left in the descriptor.
  private var pending: ArraySlice<UInt8>

  private static let pieceSize = 1 << 20

  private init(path: String, descriptor: Int32?, closesDescriptor: Bool, pending: [UInt8] = []) {
    self.path = path
    self.descriptor = descriptor
    self.closesDescriptor = closesDescriptor
    self.pending = pending[...]
  }

  /// Opens the file at `path`.
  ///
  /// - Throws: `FileError` where none of the kind `source` exists or it cannot be read.
  public convenience init(
    opening path: String, from source: FileBytes.Source = .regularFile
  ) throws(FileError) {
    let descriptor =
      switch source {
      case .regularFile: try FileBytes.openRegular(path).descriptor
      case .anyStream: try FileBytes.openStream(path)
      }
    self.init(path: path, descriptor: descriptor, closesDescriptor: true)
  }

  /// Reads `bytes` in place of a file at `path`.
  public convenience init(_ bytes: [UInt8], path: String) {
    self.init(path: path, descriptor: nil, closesDescriptor: false, pending: bytes)
  }

  /// A stream of standard input.
  public static func standardInput() -> ByteStream {
    ByteStream(path: "standard input", descriptor: STDIN_FILENO, closesDescriptor: false)
  }

  deinit {
    if closesDescriptor, let descriptor { close(descriptor) }
  }

  /// Reads the next `count` bytes, or fewer at the end. Memory grows with the bytes read, not with `count`.
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

  /// The next `count` bytes, or fewer at the end, without consuming them.
  public func peek(_ count: Int) throws(FileError) -> [UInt8] {
    let bytes = try read(upTo: count)
    pending = (bytes + pending)[...]
    return bytes
  }

  /// Reads all remaining bytes; throws where there are more than `limit`.
  public func readAll(limit: Int) throws(FileError) -> [UInt8] {
    let bytes = try read(upTo: limit)
    let rest = try read(upTo: 1)
    guard rest.isEmpty else { throw .tooLarge(path: path, size: limit + 1, limit: limit) }
    return bytes
  }
}
