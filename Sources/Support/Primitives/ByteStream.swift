#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A sequential reader of a file, of standard input, of bytes in memory or of what a decoder returns.
public final class ByteStream {
  /// The source's name in error messages.
  public let path: String
  private let descriptor: Int32?
  private let closesDescriptor: Bool
  /// Returns at most so many further bytes, none at the end; nil where all are pending.
  private let nextPiece: ((Int) throws(FileError) -> [UInt8])?
  /// Bytes that precede those of `nextPiece`.
  private var pending: ArraySlice<UInt8>

  private static let pieceSize = 1 << 20

  private init(path: String, descriptor: Int32?, closesDescriptor: Bool, pending: [UInt8] = []) {
    self.path = path
    self.descriptor = descriptor
    self.closesDescriptor = closesDescriptor
    self.pending = pending[...]
    nextPiece =
      if let descriptor {
        { (limit: Int) throws(FileError) -> [UInt8] in
          try FileBytes.readPiece(upTo: limit, from: descriptor, path: path)
        }
      } else {
        nil
      }
  }

  /// Reads the bytes that a decoder returns.
  ///
  /// - Parameter pieces: returns at least one and at most so many further bytes, or none at the end.
  public init(path: String, pieces: @escaping (_ limit: Int) throws(FileError) -> [UInt8]) {
    (self.path, descriptor, closesDescriptor, nextPiece, pending) = (path, nil, false, pieces, [])
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
    while let nextPiece, bytes.count < count {
      let piece = try nextPiece(min(count - bytes.count, Self.pieceSize))
      guard !piece.isEmpty else { break }
      bytes += piece
    }
    return bytes
  }

  /// Passes over the next `count` bytes, or fewer at the end; returns their number.
  @discardableResult
  public func skip(_ count: Int) throws(FileError) -> Int {
    var skipped = 0
    while skipped < count {
      let piece = try read(upTo: min(count - skipped, Self.pieceSize))
      guard !piece.isEmpty else { break }
      skipped += piece.count
    }
    return skipped
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
