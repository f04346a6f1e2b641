#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A regular file, or bytes in its place, that is read at any offset and from any thread.
public final class RandomAccessFile: Sendable {
  /// The source's name in error messages.
  public let path: String
  /// The number of bytes.
  public let size: Int
  private let descriptor: Int32?
  private let bytes: [UInt8]

  /// Opens the file at `path`.
  ///
  /// - Throws: `FileError` where the file does not exist, cannot be read, is a folder or a device.
  public init(opening path: String) throws(FileError) {
    let opened = try FileBytes.openRegular(path)
    (self.path, descriptor, size, bytes) = (path, opened.descriptor, opened.size, [])
  }

  /// Reads `bytes` in place of a file at `path`.
  public init(_ bytes: [UInt8], path: String) {
    (self.path, descriptor, size, self.bytes) = (path, nil, bytes.count, bytes)
  }

  deinit {
    if let descriptor { close(descriptor) }
  }

  /// Reads `count` bytes at `offset`, which are inside the file.
  public func read(_ count: Int, at offset: Int) throws(FileError) -> [UInt8] {
    precondition(
      offset >= 0 && count >= 0 && offset <= size - count,
      "\(count) bytes at \(offset) are not inside a file of \(size)")
    guard let descriptor else { return Array(bytes[offset..<offset + count]) }
    return try Array(capacity: count) { (output: inout OutputSpan<UInt8>) throws(FileError) in
      try output.withUnsafeMutableBufferPointer { (buffer, filled) throws(FileError) in
        while filled < count {
          let rest = UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<count])
          let found = pread(descriptor, rest.baseAddress, min(rest.count, 1 << 30), off_t(offset + filled))
          if found < 0 && errno == EINTR { continue }
          guard found >= 0 else { throw .refused(.read, path: path, code: errno) }
          guard found > 0 else { throw .endedEarly(path: path, expected: count, found: filled) }
          filled += found
        }
      }
    }
  }
}
